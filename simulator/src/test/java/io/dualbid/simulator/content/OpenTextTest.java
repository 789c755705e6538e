package io.dualbid.simulator.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.simulator.content.OpenText.Ad;
import io.dualbid.stream.codec.PlacementCodec.PlacedAd;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.record.JournalRecord.Issued;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTextTest {
  private static final long SINCE = 1_000_000;
  private static final long DEADLINE = SINCE + 500;
  private static final long PAST_ALL = SINCE + 10_000;

  private final OpenText text = new OpenText(new ContentWorld(1, List.of("a", "b")).text(0), SINCE);

  private static Bid bid(String impression, String campaign) {
    BidId id = BidId.of("text", impression);
    return new Bid(
        id, "text", impression, campaign, "x", 10, 1, 1, 0, DEADLINE, SINCE, 1, 1, 0, 1, null);
  }

  private static Issued appended(Bid bid, long millis) {
    return new Issued(bid, 0, millis);
  }

  private static Placement naming(Bid... bids) {
    List<PlacedAd> ads =
        List.of(bids).stream()
            .map(bid -> new PlacedAd(bid.campaign(), "x", bid.campaign().charAt(0), bid.id()))
            .toList();
    return new Placement("text", ads, null, new RequestPlace(0, 0));
  }

  @Test
  void showsAnAdWhoseBidWasAppendedByItsDeadline() {
    Bid bid = bid("0", "a");
    text.place(naming(bid));
    assertThat(text.isDecided(DEADLINE)).isFalse();
    text.take(appended(bid, DEADLINE));
    assertThat(text.isDecided(DEADLINE)).isTrue();
    assertThat(text.show()).containsExactly(new Ad('a', bid, false));
    assertThat(text.isShown()).isTrue();
  }

  @Test
  void neitherShowsNorForgetsAnAdWhoseBidCameLate() {
    Bid bid = bid("0", "a");
    Bid other = bid("1", "b");
    text.take(appended(bid, DEADLINE + 1));
    text.take(appended(other, DEADLINE));
    text.place(naming(bid, other));
    assertThat(text.isDecided(DEADLINE + 1)).isFalse();
    assertThat(text.isDecided(PAST_ALL)).isTrue();
    assertThat(text.show()).containsExactly(new Ad('a', null, true), new Ad('b', other, false));
  }

  @Test
  void saysOfAnAdWhoseBidIsNotInTheJournalThatItIsNotLateEither() {
    text.place(naming(bid("0", "a")));
    assertThat(text.isDecided(PAST_ALL)).isTrue();
    assertThat(text.show()).containsExactly(new Ad('a', null, false));
  }

  @Test
  void takesTheFirstPlacementAndTheFirstBidOfAnId() {
    Bid first = bid("0", "a");
    Bid again = bid("0", "b");
    assertThat(text.place(naming(first))).isTrue();
    assertThat(text.place(naming())).isFalse();
    text.take(appended(first, DEADLINE));
    text.take(appended(again, DEADLINE));
    assertThat(text.show()).containsExactly(new Ad('a', first, false));
    assertThatThrownBy(text::show).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void knowsWhatTheJournalHasPassedByItsSlowestPartition() {
    JournalTime time = new JournalTime(2);
    time.read(0, 7);
    assertThat(time.millis()).isEqualTo(Long.MIN_VALUE);
    time.read(1, 9);
    time.read(1, 5);
    assertThat(time.millis()).isEqualTo(7);
  }
}
