package io.dualbid.simulator.operate;

import org.jspecify.annotations.Nullable;

/** Somebody else has published in the meantime; nothing was written. */
public final class VersionConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VersionConflict(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A campaign that is not at the version which a change was made from. */
  static VersionConflict of(int expected, @Nullable CampaignVersion found, String campaign) {
    return new VersionConflict(
        "campaign "
            + campaign
            + ": found "
            + (found == null ? "no version" : "version " + found.number() + " by " + found.author())
            + ", the change was made from version "
            + expected
            + "; look at it again and repeat the change",
        null);
  }
}
