package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.change.CampaignChange;
import io.dualbid.simulator.change.CampaignChanges;
import io.dualbid.simulator.play.Summary;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two files of campaigns side by side, in words. */
final class CampaignsDiff {
  private CampaignsDiff() {}

  /** Whether a path names campaigns rather than results. */
  static boolean isMeant(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /**
   * Tells what changes.
   *
   * @param at when the change would be applied, or null for now
   * @return the exit status: not 0 where there is a risk
   */
  static int of(Path old, Path now, EvidenceOptions options, @Nullable Instant at, boolean json)
      throws IOException {
    List<Campaign> before = read(old);
    List<Campaign> after = read(now);
    List<CampaignChange> changes;
    try (KnownEvidence evidence = options.evidence()) {
      changes = CampaignChanges.between(before, after, evidence, now(at));
    }
    if (json) {
      System.out.println(Summary.text(document(changes)));
    } else {
      print(changes);
    }
    return changes.stream().allMatch(change -> change.risks().isEmpty()) ? 0 : Main.FAILED;
  }

  private static List<Campaign> read(Path file) throws IOException {
    return Configurations.campaigns(file.toString(), TextFile.read(file));
  }

  private static long now(@Nullable Instant at) {
    return at == null ? System.currentTimeMillis() : at.toEpochMilli();
  }

  private static void print(List<CampaignChange> changes) {
    for (CampaignChange change : changes) {
      for (String words : change.words()) {
        System.out.println("campaign " + change.campaign() + ": " + words);
      }
      for (String risk : change.risks()) {
        System.out.println("campaign " + change.campaign() + ": RISK: " + risk);
      }
    }
    if (changes.isEmpty()) {
      System.out.println("no campaign changes");
    }
  }

  private static ObjectNode document(List<CampaignChange> changes) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "diff");
    document.put("same", changes.isEmpty());
    var list = document.putArray("campaigns");
    for (CampaignChange change : changes) {
      ObjectNode node = list.addObject();
      node.put("id", change.campaign());
      change.words().forEach(node.putArray("changes")::add);
      change.risks().forEach(node.putArray("risks")::add);
    }
    return document;
  }
}
