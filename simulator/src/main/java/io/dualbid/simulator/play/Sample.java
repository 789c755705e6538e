package io.dualbid.simulator.play;

/**
 * How a play stands at one moment. Money in account currency, over all campaigns.
 *
 * @param seconds since the first request
 * @param requests requests offered
 * @param bids valid bids taken
 * @param wins auctions won
 * @param clicks clicks
 * @param spent what is settled
 * @param planned what the plans meant to be spent
 * @param reserved highest prices of open bids
 * @param leased made out and not bid yet
 * @param budget all budgets
 * @param value expected value of the wins
 * @param feedbackAgeMillis age of feedback, mean over campaigns that run
 * @param lag requests without an answer; negative where it is not known
 * @param multiplier mean multiplier of campaigns that run
 */
public record Sample(
    double seconds,
    long requests,
    long bids,
    long wins,
    long clicks,
    double spent,
    double planned,
    double reserved,
    double leased,
    double budget,
    double value,
    double feedbackAgeMillis,
    long lag,
    double multiplier) {}
