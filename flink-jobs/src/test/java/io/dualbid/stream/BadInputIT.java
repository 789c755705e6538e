package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;

/** Poison on every topic that others write: told in dead letters, and nothing else is harmed. */
class BadInputIT {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String outcome(String id, String campaign, String bid, String price) {
    return "{\"id\":\""
        + id
        + "\",\"type\":\"win\",\"bid\":\""
        + bid
        + "\",\"campaign\":\""
        + campaign
        + "\",\"time\":5,\"price\":"
        + price
        + "}";
  }

  private static List<DeadLetter> letters(EngineHarness harness) {
    List<DeadLetter> letters = new ArrayList<>();
    harness
        .deadLetters()
        .forEach(
            raw -> {
              try {
                letters.add(DeadLetterCodec.decode(raw.value()));
              } catch (UnreadableRecord e) {
                throw new AssertionError(e);
              }
            });
    return letters;
  }

  @Test
  void poisonOnEveryTopicEndsInDeadLettersAndBiddingGoesOn() {
    try (EngineHarness harness = new EngineHarness("poison")) {
      JobID pacing = harness.startPacing();
      JobID bidding = harness.startBidding();
      harness.publish(EngineHarness.campaign("a", Status.ACTIVE, 500));
      harness.await(
          "wins are settled", true, () -> harness.update("a") != null && spent(harness) > 0);

      Topics topics = harness.engine().kafka().topics();
      byte[] spaces = new byte[900_000];
      Arrays.fill(spaces, (byte) ' ');
      byte[] notUtf8 = utf8("{\"id\":\"x\"}");
      notUtf8[7] = (byte) 0xFF;
      String deep = "[".repeat(100_000) + "]".repeat(100_000);
      List<byte[]> poison =
          List.of(
              new byte[0],
              spaces,
              notUtf8,
              utf8("{\"id\":" + deep + "}"),
              utf8("{\"id\":\"" + "x".repeat(900_000) + "\"}"),
              utf8("{\"id\":\"x\",\"price\":NaN}"),
              utf8("\"text\""));
      List<String> poisoned = List.of(topics.bidRequests(), topics.bids(), topics.outcomes());
      for (String topic : poisoned) {
        poison.forEach(value -> harness.send(topic, "a", value));
      }
      String unknown = "00000000000000000000000000000001";
      Bid known = harness.bids().get(0);
      for (String price : List.of("-1", "1e400", "1e999999999", "\"NaN\"")) {
        harness.send(topics.outcomes(), "a", utf8(outcome("p", "a", known.id().toString(), price)));
      }
      // Outcomes that can be read, of bids and campaigns that nobody knows; the same twice.
      harness.send(topics.outcomes(), "a", utf8(outcome("u", "a", unknown, "1")));
      harness.send(topics.outcomes(), "nobody", utf8(outcome("n", "nobody", unknown, "1")));
      String twice = outcome(known.id() + "-w", "a", known.id().toString(), "1");
      harness.send(topics.outcomes(), "a", utf8(twice));
      harness.send(topics.outcomes(), "a", utf8(twice));
      // Definitions: no JSON, another campaign's id, and none.
      harness.send(topics.campaigns(), "b", utf8("{"));
      harness.send(topics.campaigns(), "c", utf8("{\"id\":\"a\"}"));
      harness.send(topics.campaigns(), "nobody", null);

      int unread = poisoned.size() * poison.size() + 4;
      harness.await("all poison is told", true, () -> harness.deadLetters().size() >= unread);
      for (String topic : poisoned) {
        assertThat(letters(harness).stream().filter(letter -> letter.topic().equals(topic)))
            .as(topic)
            .hasSizeGreaterThanOrEqualTo(poison.size())
            .allSatisfy(letter -> assertThat(letter.reason()).contains("accepted: "));
      }

      int before = harness.bids().size();
      double spentBefore = spent(harness);
      harness.await(
          "bidding and settling go on",
          true,
          () -> harness.bids().size() > before + 20 && spent(harness) > spentBefore);
      PacingUpdate update = Objects.requireNonNull(harness.update("a"));
      assertThat(update.problem()).isNull();
      assertThat(update.ledger().committedNanos())
          .isLessThanOrEqualTo(update.ledger().ceilingNanos());
      assertThat(harness.flink().status(bidding)).isEqualTo(JobStatus.RUNNING);
      assertThat(harness.flink().status(pacing)).isEqualTo(JobStatus.RUNNING);
    }
  }

  private static double spent(EngineHarness harness) {
    PacingUpdate update = harness.update("a");
    return update == null ? 0 : update.ledger().spentNanos();
  }
}
