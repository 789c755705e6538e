package io.dualbid.stream.access;

import java.util.Locale;

/** Who has to do with the topics, each with a principal of its own. */
public enum Role {
  /** The job that answers bid requests. */
  BIDDING,
  /** The job that owns the money. */
  PACING,
  /** The job that places ads in texts. */
  PLACEMENT,
  /** Whoever writes requests and outcomes, and reads answers. */
  EXCHANGE,
  /** Whoever publishes campaigns and watches them: {@code apply}, {@code history}, the console. */
  OPERATOR,
  /** Whoever only reads: the audit, and {@code journal}. */
  AUDITOR;

  /** Its name in commands, and the end of its principal's. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
