package io.dualbid.stream.codec;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PacingUpdate;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records whose key is the id of the campaign that they are about: definitions and pacing updates.
 * A key that can be no id, or names another campaign than the value, makes a record unreadable, for
 * whoever reads it.
 */
public final class CampaignRecords {
  private static final int LONGEST = 100;

  /** As the schema of definitions has it. */
  static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}");

  private CampaignRecords() {}

  /**
   * The campaign that a key names.
   *
   * @throws UnreadableRecord if it can be no id
   */
  public static String id(byte @Nullable [] key) throws UnreadableRecord {
    String id = key == null || key.length > LONGEST ? "" : new String(key, StandardCharsets.UTF_8);
    if (!ID.matcher(id).matches()) {
      throw new UnreadableRecord("found no usable key; accepted: the id of the campaign");
    }
    return id;
  }

  /**
   * Reads a definition.
   *
   * @param id what the key names
   * @throws UnreadableRecord if it is none, or another campaign's
   */
  public static Campaign definition(String id, byte[] value) throws UnreadableRecord {
    Campaign campaign;
    try {
      campaign = Configurations.campaign("campaign " + id, value);
    } catch (ConfigurationException e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
    requireSame(id, campaign.id());
    return campaign;
  }

  /**
   * Reads a pacing update.
   *
   * @param id what the key names
   * @throws UnreadableRecord if it is none, or another campaign's
   */
  public static PacingUpdate update(String id, byte @Nullable [] value) throws UnreadableRecord {
    PacingUpdate update = PacingUpdateCodec.decode(value);
    requireSame(id, update.campaign());
    return update;
  }

  private static void requireSame(String key, String id) throws UnreadableRecord {
    if (!id.equals(key)) {
      throw new UnreadableRecord("found the id " + id + "; accepted: the key, " + key);
    }
  }
}
