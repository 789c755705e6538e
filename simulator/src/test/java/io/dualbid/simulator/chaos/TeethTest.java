package io.dualbid.simulator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether the simulation would notice: each deliberate bug breaks one rule of the protocol, and
 * must be caught within a thousand seeds. That every seed passes without it is {@link
 * ChaosRunTest}'s.
 */
class TeethTest {
  private static final int SEEDS = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A rule broken. */
  enum Bug {
    LEASE_USED_BY_ANOTHER_INCARNATION {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          Lease received(Lease lease, long incarnation) {
            return madeOut(lease, incarnation, lease.amountNanos());
          }
        };
      }
    },
    DEADLINE_BEYOND_THE_LEASE {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          byte[] issued(byte[] bid) {
            return patched(bid, own -> own.put("deadline", own.get("deadline").asLong() + 1_500));
          }
        };
      }
    },
    BID_COUNTED_AFTER_ITS_DEADLINE {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          JournalRecord folded(JournalRecord record) {
            return record instanceof Issued issued && !issued.bid().validAt(issued.appendMillis())
                ? new Issued(issued.bid(), issued.offset(), issued.bid().deadlineMillis())
                : record;
          }
        };
      }
    },
    EXCHANGE_TAKES_A_LATE_BID {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          boolean accepts(Bid bid, long appendMillis) {
            return true;
          }
        };
      }
    },
    TIME_DRIVEN_BY_BIDS_ALONE {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          long eventMillis(long bidsMillis, long outcomesMillis, long clockMillis) {
            return bidsMillis;
          }
        };
      }
    },
    LEASE_RELEASED_BY_THE_CLOCK {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          long eventMillis(long bidsMillis, long outcomesMillis, long clockMillis) {
            return clockMillis;
          }
        };
      }
    },
    TIME_DRIVEN_BY_A_BROKER_CLOCK_ALONE {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          long partitionMillis(long reachedMillis, long stampedMillis) {
            return stampedMillis;
          }
        };
      }
    },
    LEASE_RELEASED_BEFORE_ITS_EXPIRY {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          long eventMillis(long bidsMillis, long outcomesMillis, long clockMillis) {
            return super.eventMillis(bidsMillis, outcomesMillis, clockMillis) + 500;
          }
        };
      }
    },
    LEASE_SEEN_BEFORE_ITS_CHECKPOINT {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          boolean leasesLeaveAtOnce() {
            return true;
          }
        };
      }
    },
    LEASE_AMOUNT_THROUGH_A_FLOAT {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          Lease written(Lease lease) {
            return madeOut(
                lease, lease.incarnation(), (long) Math.nextUp((float) lease.amountNanos()));
          }
        };
      }
    },
    REPEATED_WIN_CHARGED_TWICE {
      @Override
      Protocol protocol() {
        return new Protocol() {
          private final Set<BidId> bids = new HashSet<>();

          @Override
          JournalRecord folded(JournalRecord record) {
            // The second time a bid or a win passes by, it is taken for another one.
            if (record instanceof Issued issued && !bids.add(issued.bid().id())) {
              Bid b = issued.bid();
              Bid other =
                  new Bid(
                      other(b.id()),
                      b.requestId(),
                      b.impressionId(),
                      b.campaign(),
                      b.creative(),
                      b.amountNanos(),
                      b.leaseId(),
                      b.day(),
                      b.subtask(),
                      b.deadlineMillis(),
                      b.decidedMillis(),
                      b.epoch(),
                      b.value(),
                      b.creditNanos(),
                      b.multiplier(),
                      b.userKey(),
                      b.click());
              return new Issued(other, issued.offset(), issued.appendMillis());
            }
            return record;
          }

          private BidId other(BidId id) {
            return new BidId(~id.high(), ~id.low());
          }
        };
      }
    },
    LOSS_IS_NOT_RELEASED {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          @Nullable JournalRecord folded(JournalRecord record) {
            return record instanceof Learned learned
                    && learned.outcome().kind() == Outcome.Kind.LOSS
                ? null
                : record;
          }

          @Override
          PacingConfig pacing(PacingConfig s) {
            return new PacingConfig(
                s.periodMillis(),
                s.adaptiveStep(),
                s.returnStep(),
                s.ageCap(),
                s.leaseIntervalMillis(),
                s.leaseLifetimeMillis(),
                s.leaseCoverageMillis(),
                s.clockSkewMillis(),
                3_600_000,
                3_600_000,
                s.livenessMillis());
          }
        };
      }
    },
    LOST_STATE_FORGETS_ITS_LEASES {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          long recoverUntil(long millis) {
            return 0;
          }
        };
      }
    },
    RECORDS_SKIPPED_ON_RESTORE {
      @Override
      Protocol protocol() {
        return new Protocol() {
          @Override
          long resumeAt(long savedOffset, long readOffset) {
            return readOffset;
          }
        };
      }
    },
    ANSWER_REPEATED_UNDER_ANOTHER_ID {
      @Override
      Protocol protocol() {
        return new Protocol() {
          private long number;

          @Override
          byte[] issued(byte[] bid) {
            return renamed(bid, new BidId(1, ++number).toString());
          }
        };
      }
    };

    abstract Protocol protocol();
  }

  private static Lease madeOut(Lease lease, long incarnation, long amountNanos) {
    return new Lease(
        lease.id(),
        lease.campaign(),
        incarnation,
        lease.subtask(),
        amountNanos,
        lease.slackNanos(),
        lease.day(),
        lease.expiryMillis(),
        lease.perClick());
  }

  private interface Patch {
    void apply(ObjectNode own);
  }

  private static byte[] patched(byte[] bid, Patch patch) {
    try {
      ObjectNode response = (ObjectNode) JSON.readTree(bid);
      patch.apply((ObjectNode) response.at("/seatbid/0/bid/0/ext/dualbid"));
      return JSON.writeValueAsBytes(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] renamed(byte[] bid, String id) {
    try {
      ObjectNode response = (ObjectNode) JSON.readTree(bid);
      ((ObjectNode) response.at("/seatbid/0/bid/0")).put("id", id);
      return JSON.writeValueAsBytes(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void catches(Bug bug) {
    long caught = 0;
    for (long seed = 1; seed <= SEEDS && caught == 0; seed++) {
      caught = ChaosRun.of(seed, bug.protocol()).isOk() ? 0 : seed;
    }
    assertThat(caught).as("the first seed that catches it, 0 for none").isPositive();
  }
}
