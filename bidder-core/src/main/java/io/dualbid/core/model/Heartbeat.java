package io.dualbid.core.model;

/**
 * A sign of life of a bidding subtask, written to every partition of the journal. It tells the
 * pacing job whom to lease to, and moves event time where nothing else is written.
 *
 * @param incarnation the run of the subtask, new at every start
 * @param subtask its index
 * @param timeMillis its clock
 */
public record Heartbeat(long incarnation, int subtask, long timeMillis) {}
