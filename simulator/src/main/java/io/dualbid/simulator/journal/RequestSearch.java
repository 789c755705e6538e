package io.dualbid.simulator.journal;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.codec.RequestId;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds requests of a journal by their id. */
public final class RequestSearch {
  private RequestSearch() {}

  /** The places of all requests with an id, in the order of the topic's partitions. */
  public static List<RequestPlace> find(Journal journal, String id) {
    List<RequestPlace> places = new ArrayList<>();
    for (RawRecord raw : journal.records(journal.engine().kafka().topics().bidRequests())) {
      if (id.equals(id(raw))) {
        places.add(new RequestPlace(raw.partition(), raw.offset()));
      }
    }
    return places;
  }

  private static @Nullable String id(RawRecord raw) {
    try {
      return RequestId.of(raw.value());
    } catch (UnreadableRecord e) {
      return null;
    }
  }

  /** The dead letter of a request, as text, or null where it has none. */
  public static @Nullable String deadLetter(Journal journal, RequestPlace place) {
    Topics topics = journal.engine().kafka().topics();
    String key = topics.bidRequests() + "/" + place.partition() + "/" + place.offset();
    for (RawRecord raw : journal.records(topics.deadLetters())) {
      byte[] own = raw.key();
      byte[] value = raw.value();
      if (own != null && value != null && key.equals(new String(own, StandardCharsets.UTF_8))) {
        return new String(value, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
