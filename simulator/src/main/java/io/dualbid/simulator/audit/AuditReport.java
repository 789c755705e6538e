package io.dualbid.simulator.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an audit has found.
 *
 * @param records records read
 * @param accounting requests and their answers
 * @param content texts and their answers; a bid is at least one ad
 * @param campaigns what the journal says of each campaign, by id
 * @param breaches rules broken, in words
 * @param openBids valid bids whose outcome may still come in time
 * @param unmatched outcomes without a bid
 * @param duplicates repeated bids and outcomes, which have no effect
 * @param lateWins wins that came after their window
 * @param lateClicks clicks that came after their attribution window, and are not charged
 * @param differences where published ledgers differ from the journal, in words
 */
public record AuditReport(
    long records,
    Accounting accounting,
    Accounting content,
    Map<String, CampaignFold> campaigns,
    List<String> breaches,
    long openBids,
    long unmatched,
    long duplicates,
    long lateWins,
    long lateClicks,
    List<String> differences) {
  public AuditReport {
    campaigns = new TreeMap<>(campaigns);
    breaches = List.copyOf(breaches);
    differences = List.copyOf(differences);
  }

  /** Clicks beyond budgets, which were charged nothing. */
  public long freeClicks() {
    return campaigns.values().stream().mapToLong(CampaignFold::freeClicks).sum();
  }

  /**
   * What was under way where the journal was cut: requests and texts that the engine was not done
   * with, and bids whose outcome may still come in time.
   */
  public long inFlight() {
    return accounting.inFlight() + content.inFlight() + openBids;
  }

  /** Whether no rule is broken, every outcome has its bid, and every ledger tells the truth. */
  public boolean isOk() {
    return breaches.isEmpty() && differences.isEmpty() && unmatched == 0;
  }

  /**
   * Requests and their answers.
   *
   * @param requests requests in the topic
   * @param bids requests answered with at least one bid
   * @param noBids requests answered without a bid, by reason
   * @param deadLetters requests that can't be read
   * @param inFlight requests without an answer that the engine was not done with
   * @param unanswered requests without an answer though the engine was done with them
   * @param answeredAgain answers beyond the first, as after a restart
   */
  public record Accounting(
      long requests,
      long bids,
      Map<String, Long> noBids,
      long deadLetters,
      long inFlight,
      long unanswered,
      long answeredAgain) {
    public Accounting {
      noBids = new TreeMap<>(noBids);
    }

    /** Requests without an answer, whether or not one may still come. */
    public long withoutAnswer() {
      return inFlight + unanswered;
    }
  }
}
