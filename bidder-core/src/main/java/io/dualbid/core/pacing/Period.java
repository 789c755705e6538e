package io.dualbid.core.pacing;

/**
 * What became known within one period of the control loop. Money in account currency.
 *
 * @param nowMillis its end, in event time
 * @param elapsedMillis its length, above 0
 * @param planned planned spend of the period
 * @param plannedSoFar what the plan would have spent since the start of the flight
 * @param spentSoFar what was spent since then
 * @param budget the lifetime budget
 * @param auctions number of outcomes
 * @param spent settled spend
 * @param spentSquares sum of the squares of the prices settled
 * @param gained what wins earned towards the return on spend, less their prices
 * @param gainedSquares sum of the squares of these differences
 * @param ageMillis age of the feedback
 * @param leftMillis time left in the flight
 */
record Period(
    long nowMillis,
    long elapsedMillis,
    double planned,
    double plannedSoFar,
    double spentSoFar,
    double budget,
    long auctions,
    double spent,
    double spentSquares,
    double gained,
    double gainedSquares,
    double ageMillis,
    double leftMillis) {}
