package io.dualbid.simulator.allocation;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.AllocationCampaigns;
import io.dualbid.simulator.matching.LoadTrace;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A replay of an allocation log as rows: the same bytes for the same replay. */
public final class AllocationRows {
  private AllocationRows() {}

  /** Some two hundred moments of each policy's run of the first seed, for up to eight campaigns. */
  public static void timeseries(AllocationResult result, Writer to) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(to)) {
      csv.writeRecord(
          "policy", "seed", "arrivals", "value", "campaign", "load", "consumed", "reserved");
      List<String> ids = result.campaigns().ids();
      for (AllocationPlay.Played played : result.first()) {
        LoadTrace trace = played.trace();
        if (trace == null) {
          continue;
        }
        for (LoadTrace.Sample sample : trace.samples()) {
          for (int k = 0; k < trace.vertices().size(); k++) {
            csv.writeRecord(
                played.run().policy(),
                Long.toString(played.run().seed()),
                Integer.toString(sample.arrivals()),
                Double.toString(sample.value()),
                ids.get(trace.vertices().get(k)),
                Double.toString(sample.loads().get(k)),
                Double.toString(Money.units(sample.consumed().get(k))),
                Double.toString(Money.units(sample.reserved().get(k))));
          }
        }
      }
    }
  }

  /** Every campaign in each policy's run of the first seed. */
  public static void campaigns(AllocationResult result, Writer to) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(to)) {
      csv.writeRecord("policy", "seed", "campaign", "capacity", "consumed", "successes", "load");
      long[] capacities = result.campaigns().capacities();
      for (AllocationPlay.Played played : result.first()) {
        for (int v = 0; v < capacities.length; v++) {
          boolean limited = capacities[v] < AllocationCampaigns.UNLIMITED;
          csv.writeRecord(
              played.run().policy(),
              Long.toString(played.run().seed()),
              result.campaigns().ids().get(v),
              limited ? Double.toString(Money.units(capacities[v])) : "",
              Double.toString(Money.units(played.consumed()[v])),
              Integer.toString(played.successes()[v]),
              limited ? Double.toString(played.load()[v]) : "");
        }
      }
    }
  }
}
