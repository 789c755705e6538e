package io.dualbid.simulator.content;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.simulator.content.ContentWorld.Text;
import io.dualbid.stream.codec.PlacementCodec.PlacedAd;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.record.JournalRecord.Issued;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text that waits for its ads: collects the placement and its bids, and decides what is shown.
 *
 * <p>Of several placements the first counts. An ad is shown if its bid was appended by its
 * deadline, the first with its id: the test that ledgers apply. A placement may name an ad whose
 * bid came too late; that ad is neither shown nor charged. Which ads are shown does not depend on
 * how fast records are read: a bid that is missing is waited for until the journal has passed every
 * deadline that it could have.
 */
final class OpenText {
  private final Text text;
  private final long sinceMillis;
  private final Map<BidId, Bid> paid = new HashMap<>();
  private final Set<BidId> late = new HashSet<>();
  private @Nullable Placement placement;
  private boolean shown;

  /**
   * An ad that a placement names.
   *
   * @param position index of its position
   * @param bid what pays for it; null if nothing does, so that it is not shown
   * @param late whether its bid is in the journal, appended after its deadline
   */
  record Ad(int position, @Nullable Bid bid, boolean late) {}

  /**
   * A text that has just been offered.
   *
   * @param sinceMillis when
   */
  OpenText(Text text, long sinceMillis) {
    this.text = text;
    this.sinceMillis = sinceMillis;
  }

  Text text() {
    return text;
  }

  long sinceMillis() {
    return sinceMillis;
  }

  /** Takes a placement; returns whether it is the first. */
  boolean place(Placement first) {
    if (placement != null) {
      return false;
    }
    placement = first;
    return true;
  }

  /** Takes a bid for this text. */
  void take(Issued issued) {
    Bid bid = issued.bid();
    if (issued.bid().validAt(issued.appendMillis())) {
      paid.putIfAbsent(bid.id(), bid);
    } else {
      late.add(bid.id());
    }
  }

  /**
   * Whether it is known which ads are shown.
   *
   * @param journalMillis the append time up to which bids have been read
   */
  boolean isDecided(long journalMillis) {
    Placement named = placement;
    return named != null
        && (journalMillis > sinceMillis + ContentWorld.TMAX_MILLIS + ContentWorld.CLOCK_SKEW_MILLIS
            || named.ads().stream().allMatch(ad -> paid.containsKey(ad.bid())));
  }

  boolean isShown() {
    return shown;
  }

  /**
   * Shows the text; returns the ads that its placement names.
   *
   * @throws IllegalStateException if there is no placement or the text has been shown
   */
  List<Ad> show() {
    Placement named = placement;
    if (named == null || shown) {
      throw new IllegalStateException("text " + text.id() + " can't be shown");
    }
    shown = true;
    List<Ad> ads = new ArrayList<>();
    for (PlacedAd ad : named.ads()) {
      Bid bid = paid.get(ad.bid());
      ads.add(new Ad(ad.position(), bid, bid == null && late.contains(ad.bid())));
    }
    return ads;
  }
}
