package io.dualbid.simulator.console;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.stream.codec.CampaignRecords;
import io.dualbid.stream.codec.UnreadableRecord;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one campaign. Records are kept as they come, the newest only, and decoded when
 * somebody is about to look; thread safe.
 */
final class CampaignView {
  private final String id;
  private final Course course = new Course();
  private final Sightings sightings = new Sightings();

  // As they came, until they are decoded.
  private byte @Nullable [] newUpdate;
  private byte @Nullable [] newDefinition;
  private long newEpoch;
  private int stateSeen;
  private boolean urgent;

  private @Nullable Campaign definition;
  private @Nullable PacingUpdate before;
  private @Nullable PacingUpdate update;
  private Condition condition = Condition.SILENT;

  CampaignView(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /**
   * Takes a pacing record.
   *
   * @param past whether it is one of many that are read again to learn how things went: then it is
   *     decoded where the course needs it
   */
  synchronized void pacing(byte[] record, boolean past) {
    long epoch = UpdatePeek.epoch(record);
    if (epoch < newEpoch) {
      return;
    }
    if (update == null) {
      // Of a campaign that is not known yet the next record may be of no use.
      decodeUpdate();
    }
    newEpoch = epoch;
    newUpdate = record;
    int state = UpdatePeek.state(record);
    if (state != stateSeen) {
      stateSeen = state;
      urgent = true;
    }
    if (past && epoch >= course.nextMillis()) {
      decodeUpdate();
    }
  }

  /** Takes a definition; the last one stays where the campaign is withdrawn. */
  synchronized void defined(byte @Nullable [] record) {
    // Definitions are few, and the next may be of no use.
    decodeDefinition();
    newDefinition = record;
    urgent = true;
  }

  /** Whether it should be decoded at once, since its state may have changed. */
  synchronized boolean isUrgent() {
    return urgent;
  }

  /** Decodes what is new, and says how the campaign fares. */
  synchronized Condition look(long nowMillis) {
    urgent = false;
    decodeDefinition();
    decodeUpdate();
    condition = Condition.of(update, before, definition, course, nowMillis);
    return condition;
  }

  private void decodeDefinition() {
    byte[] record = newDefinition;
    if (record != null) {
      newDefinition = null;
      try {
        definition = CampaignRecords.definition(id, record);
      } catch (UnreadableRecord e) {
        // The engine refuses it too, has told so in the dead letters, and goes by the one before.
        return;
      }
    }
  }

  private void decodeUpdate() {
    byte[] record = newUpdate;
    if (record != null) {
      newUpdate = null;
      try {
        PacingUpdate next = CampaignRecords.update(id, record);
        before = update;
        update = next;
        course.add(next);
      } catch (UnreadableRecord e) {
        // A record that nobody can read changes nothing, and stands in no other's way; the audit
        // tells of it.
        newEpoch = update == null ? 0 : update.epoch();
        return;
      }
    }
  }

  /** Whether a record was readable: else there is no such campaign for the engine either. */
  synchronized boolean isKnown() {
    return definition != null || update != null;
  }

  /** Whether nothing is known of it, and nothing waits to be decoded. */
  synchronized boolean isEmpty() {
    return !isKnown() && newDefinition == null && newUpdate == null;
  }

  /** How it fared when it was looked at last. */
  synchronized Condition condition() {
    return condition;
  }

  /** The last word of pacing when it was looked at last, or null. */
  synchronized @Nullable PacingUpdate update() {
    return update;
  }

  /** Takes in what the campaign made of a sampled request. */
  synchronized void sighted(Sightings.Sighting sighting) {
    sightings.add(sighting);
  }

  /** Everything as it stands. */
  synchronized Snapshot snapshot() {
    return new Snapshot(id, condition, update, definition, course.size(), sightings.summary());
  }

  /** Shows the course, which must not be kept. */
  synchronized void course(Consumer<Course> reader) {
    reader.accept(course);
  }

  /**
   * A campaign at one moment.
   *
   * @param update the last word of pacing, or null
   * @param definition its definition, or null
   * @param samples length of its course
   * @param sightings what it made of sampled requests
   */
  record Snapshot(
      String id,
      Condition condition,
      @Nullable PacingUpdate update,
      @Nullable Campaign definition,
      int samples,
      Sightings.Summary sightings) {}
}
