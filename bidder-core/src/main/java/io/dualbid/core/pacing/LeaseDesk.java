package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands out leases for one campaign: how much to whom, and until when.
 *
 * <p>A lease ends with its lifetime, with the day whose budget it belongs to, or with the flight,
 * whichever comes first. None is granted while leases of an earlier life of this state, which was
 * lost, might still be spent. Not thread safe.
 */
public final class LeaseDesk {
  private static final long IDS_PER_MILLI = 1_000;

  /** Slack is leased anew once what is free exceeds this part of what is leased. */
  private static final long SLACK_PIECES = 10;

  private static final long BIDS_WITH_SLACK = 20;

  /** The shortest lease lives for this part of the lifetime; it must outlast its own way. */
  private static final long SHORTEST_PART = 6;

  private final PacingConfig config;
  private final long closedUntilMillis;
  private LeaseAllotment allotment = new LeaseAllotment();
  private long nextId;
  private int slackTurn;
  private long lastGrantMillis = Long.MIN_VALUE;
  private long lastElapsedMillis = Long.MIN_VALUE;

  /**
   * A desk that has granted nothing.
   *
   * @param bornMillis start of this life; ids rise from it, so they differ from those of earlier
   *     ones
   * @param closedUntilMillis event time before which nothing is granted
   */
  public LeaseDesk(PacingConfig config, long bornMillis, long closedUntilMillis) {
    this.config = config;
    this.closedUntilMillis = closedUntilMillis;
    this.nextId = bornMillis * IDS_PER_MILLI;
  }

  /** A bid of {@code amountNanos} was drawn by {@code subtask}. */
  public void drawn(int subtask, long amountNanos) {
    allotment.bid(subtask, amountNanos);
  }

  /** Whether the next leases may be granted at {@code nowMillis}. */
  public boolean isDue(long nowMillis) {
    return nowMillis >= closedUntilMillis
        && (lastGrantMillis == Long.MIN_VALUE
            || nowMillis - lastGrantMillis >= config.leaseIntervalMillis());
  }

  /**
   * Grants what is needed and commits it in the ledger.
   *
   * @param nowMillis event time
   * @param living the bidding subtasks that live
   * @return the leases, to be told to their holders once they are durable
   */
  public List<Lease> grant(
      long nowMillis,
      Campaign campaign,
      List<Heartbeat> living,
      Settlement settlement,
      PacingLoop loop) {
    if (lastElapsedMillis != Long.MIN_VALUE && nowMillis > lastElapsedMillis) {
      allotment.elapsed(nowMillis - lastElapsedMillis);
    }
    lastElapsedMillis = nowMillis;
    lastGrantMillis = nowMillis;
    if (living.isEmpty()) {
      return List.of();
    }
    long day = loop.target().day(nowMillis);
    long end = loop.target().endOfDay(nowMillis);
    long life = life(end - nowMillis);
    long expiry = Math.min(nowMillis + life, end - 1);
    // What ends soon is no longer counted as held, so that its successor arrives in time; with the
    // day or flight nearly over there is none.
    long soon = Math.min(nowMillis + life / 3, expiry - 1);
    List<LeaseAllotment.Holder> holders = new ArrayList<>(living.size());
    for (Heartbeat heartbeat : living) {
      holders.add(
          new LeaseAllotment.Holder(
              heartbeat.subtask(),
              heartbeat.incarnation(),
              settlement.leftOf(heartbeat.incarnation(), soon)));
    }
    long from = Math.max(nowMillis, campaign.flight().startMillis());
    long cover = Math.max(1, Math.min(config.leaseCoverageMillis(), expiry - from));
    double plannedNanos = 1e9 * loop.plannedSpend(from, from + cover, settlement.ledger());
    long[] amounts =
        allotment.amounts(
            holders,
            settlement.ledger().available(day),
            cover,
            plannedNanos,
            campaign.largestDrawNanos());
    long slack = Lease.ANY_SLACK;
    if (campaign.strategy().strict()) {
      slack = slackWorthALease(settlement);
      if (slack > 0) {
        carry(amounts, slack, settlement.ledger().available(day), campaign.largestDrawNanos());
      }
    }
    long[] slacks = slacks(amounts, slack);
    List<Lease> granted = new ArrayList<>(amounts.length);
    for (int i = 0; i < amounts.length; i++) {
      if (amounts[i] > 0) {
        LeaseAllotment.Holder holder = holders.get(i);
        Lease lease =
            new Lease(
                nextId++,
                campaign.id(),
                holder.incarnation(),
                holder.subtask(),
                amounts[i],
                slacks[i],
                day,
                expiry,
                campaign.perClick() != null);
        settlement.grant(lease);
        granted.add(lease);
      }
    }
    return granted;
  }

  /**
   * A bid takes its risk out of one lease, so slack is leased in large pieces: once a good part of
   * it is free, all that is free.
   */
  private static long slackWorthALease(Settlement settlement) {
    long free = settlement.availableSlack();
    return free > settlement.leasedSlack() / SLACK_PIECES ? free : 0;
  }

  /**
   * Slack travels with money, and is of no use once that is bid: one holder gets enough of it to
   * carry the slack, beside what others need.
   */
  private void carry(long[] amounts, long slack, long available, long largestDrawNanos) {
    long others = 0;
    slackTurn = (slackTurn + 1) % amounts.length;
    for (int i = 0; i < amounts.length; i++) {
      others += i == slackTurn ? 0 : amounts[i];
    }
    double enough = 2.0 * slack + (double) BIDS_WITH_SLACK * largestDrawNanos;
    long spare = Math.max(0, available - others);
    amounts[slackTurn] = Math.max(amounts[slackTurn], (long) Math.min(enough, spare / 4.0));
  }

  /** Splits slack in proportion to the amounts that it comes with. */
  private static long[] slacks(long[] amounts, long slack) {
    long[] slacks = new long[amounts.length];
    double sum = 0;
    for (long amount : amounts) {
      sum += amount;
    }
    long left = slack;
    for (int i = 0; i < amounts.length; i++) {
      if (slack == Lease.ANY_SLACK) {
        slacks[i] = slack;
      } else if (amounts[i] > 0) {
        slacks[i] = Math.min(left, (long) (slack * (amounts[i] / sum)));
        left -= slacks[i];
      }
    }
    return slacks;
  }

  /**
   * How long a lease lives. Towards the end of day or flight they grow shorter: what is left over
   * of each comes back while it can still be spent.
   */
  private long life(long leftMillis) {
    long full = config.leaseLifetimeMillis();
    return Math.max(full / SHORTEST_PART, Math.min(full, leftMillis / 2));
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(closedUntilMillis);
    out.writeLong(nextId);
    out.writeInt(slackTurn);
    out.writeLong(lastGrantMillis);
    out.writeLong(lastElapsedMillis);
    allotment.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static LeaseDesk read(PacingConfig config, DataInput in) throws IOException {
    LeaseDesk desk = new LeaseDesk(config, 0, in.readLong());
    desk.nextId = in.readLong();
    desk.slackTurn = in.readInt();
    desk.lastGrantMillis = in.readLong();
    desk.lastElapsedMillis = in.readLong();
    desk.allotment = LeaseAllotment.read(in);
    return desk;
  }
}
