package io.dualbid.simulator.cli;

import java.util.function.LongConsumer;

/** Adds up the auctions that several threads play, and tells how far they are. Thread safe. */
final class PlayedAuctions implements LongConsumer {
  private final WorkProgress progress;
  private long played;
  private long all;

  PlayedAuctions(WorkProgress progress) {
    this.progress = progress;
  }

  /** So many more are to be played. */
  synchronized void expect(long more) {
    all += more;
  }

  @Override
  public synchronized void accept(long more) {
    played += more;
    progress.at(played, all);
  }
}
