package io.dualbid.simulator.chaos;

import io.dualbid.core.model.Lease;
import java.util.List;
import java.util.Map;

/**
 * What a restart of pacing has to go by.
 *
 * @param pacers state of each pacer
 * @param definitions definition of each campaign
 * @param positions where reading goes on
 * @param leases what is written once this is durable
 * @param bornMillis when the life of the state began
 * @param recoverUntilMillis until when it only recovers
 */
record Checkpoint(
    Map<String, byte[]> pacers,
    Map<String, byte[]> definitions,
    Map<PacingProcess.Source, Long> positions,
    List<Lease> leases,
    long bornMillis,
    long recoverUntilMillis) {}
