package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides how much money each bidding subtask should hold, from where the bids of the last seconds
 * were made.
 *
 * <p>A lease must cover the bids, not the spend: most bids lose, and until their loss is known each
 * ties up its full amount. So a subtask is given what it bid per second times the time to cover.
 * Where it used up what it had, demand was held back by the lease and isn't known; then its share
 * doubles until it no longer runs dry.
 *
 * <p>Never less than the plan wants is given: {@value #BIDS_PER_SPEND} times the planned spend, and
 * {@value #FEW_BIDS} bids. A lease caps the bid, and of the campaigns of one engine the low bids
 * are outranked; with demand as the only guide, a campaign that has been outranked for a while
 * would hold crumbs, bid crumbs and never be shown again, however far behind its plan it falls.
 *
 * <p>Where the money doesn't reach for all needs it is split in proportion to them; where that
 * would be less than a bid for each, one subtask at a time gets all of it, in turn. A bid comes out
 * of one lease, so what is less than a bid waits for more to come back: leases of crumbs would cap
 * the bids of the last moments.
 *
 * <p>O(subtasks); not thread safe.
 */
final class LeaseAllotment {
  /** Bids made for each unit spent, where demand does not say more. */
  static final int BIDS_PER_SPEND = 10;

  /** The least that a subtask holds, in its mean bids. */
  static final int FEW_BIDS = 4;

  private static final double MEMORY_MILLIS = 1_000;
  private static final double MOST_BOOST = 16;
  private static final double DRY = 0.1;
  private static final double REFILL_BELOW = 0.8;

  private final TreeMap<Integer, Demand> demands = new TreeMap<>();
  private double meanBid;
  private int turn;

  /** One living bidding subtask. */
  record Holder(int subtask, long incarnation, long heldNanos) {}

  /** What a subtask bids. */
  private static final class Demand {
    double nanosPerMilli;
    double boost = 1;
    long sinceLast;
    boolean everBid;
  }

  /** A bid of {@code amount} nanos was made by {@code subtask}. */
  void bid(int subtask, long amount) {
    Demand demand = demand(subtask);
    demand.sinceLast += amount;
    demand.everBid = true;
    meanBid += meanBid == 0 ? amount : 0.01 * (amount - meanBid);
  }

  /** Time passes; the demand of the last moment enters the average. */
  void elapsed(long millis) {
    double weight = Math.min(1, millis / MEMORY_MILLIS);
    for (Demand demand : demands.values()) {
      demand.nanosPerMilli += weight * ((double) demand.sinceLast / millis - demand.nanosPerMilli);
      demand.sinceLast = 0;
    }
  }

  /**
   * The amounts to lease now.
   *
   * @param holders the living subtasks with what each holds
   * @param available nanos that may be leased in all
   * @param coverMillis how many milliseconds of bids each should hold
   * @param plannedNanos planned spend of that time
   * @param largestDrawNanos the most that a bid of the campaign takes out of a lease
   * @return nanos for each holder, in order; 0 where it needs nothing
   */
  long[] amounts(
      List<Holder> holders,
      long available,
      long coverMillis,
      double plannedNanos,
      long largestDrawNanos) {
    long[] amounts = new long[holders.size()];
    double needs = 0;
    double[] need = new double[holders.size()];
    for (int i = 0; i < need.length; i++) {
      Holder holder = holders.get(i);
      double target = target(holder, need.length, coverMillis, plannedNanos, largestDrawNanos);
      need[i] = holder.heldNanos < REFILL_BELOW * target ? target - holder.heldNanos : 0;
      needs += need[i];
    }
    if (needs == 0 || available <= 0) {
      return amounts;
    }
    double share = Math.min(1, available / needs);
    double leastUseful = Math.min((double) largestDrawNanos, Math.max(1, 2 * meanBid));
    if (available < leastUseful && holders.stream().anyMatch(holder -> holder.heldNanos > 0)) {
      return amounts;
    }
    if (share < 1 && available < leastUseful * need.length) {
      amounts[nextInTurn(holders, need)] = available;
      return amounts;
    }
    long left = available;
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.min(left, (long) (share * need[i]));
      left -= amounts[i];
    }
    return amounts;
  }

  private double target(
      Holder holder, int holders, long coverMillis, double plannedNanos, long largestDrawNanos) {
    Demand demand = demand(holder.subtask);
    double planned = BIDS_PER_SPEND * plannedNanos / holders;
    if (!demand.everBid) {
      return Math.max(planned, 2.0 * largestDrawNanos);
    }
    double wanted = Math.max(demand.nanosPerMilli * coverMillis, 2 * meanBid);
    boolean dry = holder.heldNanos < DRY * wanted * demand.boost;
    demand.boost = dry ? Math.min(MOST_BOOST, demand.boost * 2) : Math.max(1, demand.boost * 0.9);
    double fewBids = Math.min(FEW_BIDS * meanBid, 2.0 * largestDrawNanos);
    return Math.max(wanted * demand.boost, Math.max(planned, fewBids));
  }

  private int nextInTurn(List<Holder> holders, double[] need) {
    for (int tried = 0; tried < need.length; tried++) {
      int i = turn++ % need.length;
      if (turn < 0) {
        turn = 0;
      }
      if (need[i] > 0) {
        return i;
      }
    }
    throw new IllegalStateException("no subtask of " + holders + " needs a lease");
  }

  private Demand demand(int subtask) {
    return demands.computeIfAbsent(subtask, s -> new Demand());
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(meanBid);
    out.writeInt(turn);
    out.writeInt(demands.size());
    for (Map.Entry<Integer, Demand> entry : demands.entrySet()) {
      Demand demand = entry.getValue();
      out.writeInt(entry.getKey());
      out.writeDouble(demand.nanosPerMilli);
      out.writeDouble(demand.boost);
      out.writeLong(demand.sinceLast);
      out.writeBoolean(demand.everBid);
    }
  }

  static LeaseAllotment read(DataInput in) throws IOException {
    LeaseAllotment allotment = new LeaseAllotment();
    allotment.meanBid = in.readDouble();
    allotment.turn = in.readInt();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Demand demand = allotment.demand(in.readInt());
      demand.nanosPerMilli = in.readDouble();
      demand.boost = in.readDouble();
      demand.sinceLast = in.readLong();
      demand.everBid = in.readBoolean();
    }
    return allotment;
  }
}
