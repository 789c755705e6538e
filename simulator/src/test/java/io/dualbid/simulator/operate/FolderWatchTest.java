package io.dualbid.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
  @TempDir private Path folder = Path.of("");

  private final List<String> told = new ArrayList<>();
  private final List<String> published = new ArrayList<>();
  private boolean reachable = true;

  private FolderWatch watch() {
    return new FolderWatch(folder, this::publish, told::add);
  }

  private List<CampaignVersion> publish(Path file, List<Campaign> campaigns) {
    if (!reachable) {
      throw new IllegalStateException("no answer");
    }
    List<CampaignVersion> versions = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      published.add(campaign.id() + " " + Money.units(campaign.budgetNanos()));
      versions.add(
          new CampaignVersion(campaign.id(), published.size(), 0, "anna", "", 0, campaign));
    }
    return versions;
  }

  private Path save(String name, String... campaigns) throws IOException {
    return Files.writeString(folder.resolve(name), "campaigns:\n" + String.join("", campaigns));
  }

  private static String campaign(String id, String budget) {
    return """
          - id: %s
            advertiser: shoes.example
            budget: %s
            flight: { start: 2026-03-01T00:00:00Z, end: 2099-03-02T00:00:00Z }
            value-per-click: 1
            click-rate: 0.001
            max-bid-cpm: 10
            creatives: [{ id: square, type: banner, size: 300x250 }]
        """
        .formatted(id, budget);
  }

  private void look(FolderWatch watch) throws IOException {
    watch.look();
    watch.look();
  }

  @Test
  void publishesWhatIsThereAndWhatIsSaved() throws IOException {
    FolderWatch watch = watch();
    Path file = save("spring.yaml", campaign("a", "5"), campaign("b", "7"));
    watch.look();
    assertThat(published).as("perhaps it is only half there").isEmpty();
    watch.look();
    assertThat(published).containsExactly("a 5.0", "b 7.0");
    look(watch);
    assertThat(published).hasSize(2);
    save("spring.yaml", campaign("a", "5"), campaign("b", "8"));
    look(watch);
    assertThat(published).as("what the file says nothing new of").endsWith("b 8.0").hasSize(3);
    assertThat(told)
        .containsExactly(
            file + ": a is version 1", file + ": b is version 2", file + ": b is version 3");
  }

  @Test
  void tellsTheLineOfAWrongFileOnceAndGoesOn() throws IOException {
    FolderWatch watch = watch();
    Path file = save("spring.yaml", campaign("a", "5"));
    save("summer.yaml", campaign("c", "1"));
    look(watch);
    save("spring.yaml", campaign("a", "five"));
    save("summer.yaml", campaign("c", "2"));
    look(watch);
    look(watch);
    assertThat(published).containsExactly("a 5.0", "c 1.0", "c 2.0");
    assertThat(told.get(2)).startsWith(file + ":4:").contains("five");
    assertThat(told.get(3)).isEqualTo(file + ": not applied; what it said before goes on");
    assertThat(told).hasSize(5);
    save("spring.yaml", campaign("a", "6"));
    look(watch);
    assertThat(published).endsWith("a 6.0");
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    Files.writeString(folder.resolve("engine.yaml"), "kafka: { bootstrap: 'localhost:9092' }");
    Files.writeString(folder.resolve("notes.txt"), "campaigns: []");
    Files.createDirectory(folder.resolve("more.yaml"));
    look(watch());
    assertThat(published).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void refusesACampaignInTwoFiles() throws IOException {
    FolderWatch watch = watch();
    Path one = save("one.yaml", campaign("a", "5"));
    look(watch);
    Path two = save("two.yaml", campaign("b", "5"), campaign("a", "6"));
    look(watch);
    assertThat(published).containsExactly("a 5.0");
    assertThat(told.get(1)).contains(two + ": found the campaign a", one.toString());
  }

  @Test
  void triesAgainWhereNobodyAnswers() throws IOException {
    FolderWatch watch = watch();
    reachable = false;
    Path file = save("spring.yaml", campaign("a", "5"));
    look(watch);
    assertThat(told).containsExactly(file + ": not applied yet, to be tried again: no answer");
    reachable = true;
    watch.look();
    assertThat(published).containsExactly("a 5.0");
  }

  @Test
  void withdrawsNothing() throws IOException {
    FolderWatch watch = watch();
    Path file = save("spring.yaml", campaign("a", "5"), campaign("b", "7"));
    look(watch);
    save("spring.yaml", campaign("a", "5"));
    look(watch);
    assertThat(told)
        .endsWith(file + ": nothing new", file + ": no longer in it, and as they were: b");
    Files.delete(file);
    look(watch);
    look(watch);
    assertThat(told).endsWith(file + ": gone; its campaigns stay as they are: a").hasSize(5);
    assertThat(published).hasSize(2);
  }
}
