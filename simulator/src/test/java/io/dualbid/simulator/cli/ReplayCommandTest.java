package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data", "ipinyou");
  private static final Path LOG = DATA.resolve("2997-first-100000.txt.gz");
  private static final Path INFO = DATA.resolve("campaigns-info.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Path smallLog() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      int click = i % 10 == 0 ? 1 : 0;
      text.append(click).append(' ').append(10 + i * 37 % 90).append(" 0.00");
      text.append(1 + i % 7).append('\n');
    }
    return Files.writeString(folder.resolve("log.txt"), text);
  }

  private static JsonNode runs(String... args) throws IOException {
    Captured run = Captured.run(args);
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode document = JSON.readTree(run.out());
    assertThat(document.path("schema").asInt()).isEqualTo(1);
    assertThat(document.path("command").asText()).isEqualTo("replay");
    return document.path("runs");
  }

  @Test
  void comparesPoliciesAndBudgetsAndDoesSoTheSameTwice() throws IOException {
    String[] args = {
      "replay",
      "--log",
      smallLog().toString(),
      "--format",
      "ipinyou",
      "--json",
      "--policy",
      "dmd,dmd:mirror=euclidean,step=0.000001,pid,throttling,fixed",
      "--budget-fraction",
      "1/2,1/8"
    };
    JsonNode runs = runs(args);
    assertThat(runs).hasSize(10);
    for (JsonNode run : runs) {
      assertThat(run.path("auctions").asInt()).isEqualTo(2_000);
      assertThat(run.path("spend").asDouble())
          .as("%s", run)
          .isPositive()
          .isLessThanOrEqualTo(run.path("budget").asDouble());
      assertThat(run.path("ratio").asDouble()).isBetween(0.0, 1.0);
      assertThat(run.path("regret").asDouble())
          .isEqualTo(run.path("hindsight_value").asDouble() - run.path("value").asDouble());
    }
    JsonNode again = runs(args);
    for (int i = 0; i < runs.size(); i++) {
      assertThat(again.get(i).path("value")).isEqualTo(runs.get(i).path("value"));
      assertThat(again.get(i).path("spend")).isEqualTo(runs.get(i).path("spend"));
    }
  }

  @Test
  void tellsWhatIsWrongWithTheCommandLine() throws IOException {
    String log = smallLog().toString();
    Captured policy =
        Captured.run(
            "replay", "--log", log, "--format", "ipinyou", "--policy", "dmt", "--budget", "9");
    assertThat(policy.status()).isEqualTo(2);
    assertThat(policy.err()).contains("found the policy 'dmt'").contains("accepted: dmd, ros");
    Captured calibrated =
        Captured.run(
            "replay",
            "--log",
            log,
            "--format",
            "ipinyou",
            "--policy",
            "ros:calibrate",
            "--budget",
            "9");
    assertThat(calibrated.status()).isEqualTo(2);
    assertThat(calibrated.err()).contains("a log doesn't tell when values came; accepted:");
    Captured budget = Captured.run("replay", "--log", log, "--format", "ipinyou");
    assertThat(budget.status()).isEqualTo(2);
    assertThat(budget.err()).contains("found no budget; accepted: --budget X");
    Captured auction =
        Captured.run(
            "replay", "--log", log, "--format", "ipinyou", "--budget", "9", "--auction", "third");
    assertThat(auction.status()).isEqualTo(2);
    assertThat(auction.err()).contains("accepted: second-price or first-price");
  }

  /**
   * At first price, shading makes each unit of spend buy more; the bid unshaded is what it pays.
   */
  @Test
  void paysItsBidsAtFirstPriceAndShadesThem() throws IOException {
    JsonNode runs =
        runs(
            "replay",
            "--log",
            smallLog().toString(),
            "--format",
            "ipinyou",
            "--json",
            "--budget",
            "200000",
            "--value-per-click",
            "30000",
            "--auction",
            "first-price",
            "--policy",
            "dmd:start=1,dmd:start=1,auction=second-price");
    JsonNode shaded = runs.get(0);
    JsonNode plain = runs.get(1);
    assertThat(shaded.path("spend").asDouble()).isPositive().isLessThanOrEqualTo(200_000);
    assertThat(shaded.path("ros").asDouble()).isGreaterThan(1.03 * plain.path("ros").asDouble());
  }

  /**
   * A return on spend of 1 on real auctions, with the defaults and a start from training. The
   * values of a click are a quarter, half and all of what a click cost in training.
   */
  @ParameterizedTest
  @CsvSource({
    "3551.4199, , 565053, 0.982",
    "7102.8398, , 1796944, 0.982",
    "14205.6797, , 5232553, 0.954",
    "3551.4199, 1575443, 565053, 0.982",
    "7102.8398, 1575443, 1702062, 0.982",
    "14205.6797, 1575443, 3404123, 0.982",
    "3551.4199, 393860, 491014, 0.982",
    "7102.8398, 393860, 982028, 0.982",
    "14205.6797, 393860, 1964057, 0.982",
  })
  void keepsAReturnOnRealAuctions(String value, String budget, double optimum, double floor)
      throws IOException {
    Assumptions.assumeTrue(Files.exists(LOG), "skipped: real auctions are not at " + LOG);
    String policy = budget == null ? "ros,ros:strict" : "both,both:strict";
    JsonNode runs =
        budget == null
            ? runs(
                "replay",
                "--log",
                LOG.toString(),
                "--format",
                "ipinyou",
                "--campaign-info",
                INFO.toString(),
                "--campaign",
                "2997",
                "--json",
                "--value-per-click",
                value,
                "--policy",
                policy)
            : runs(
                "replay",
                "--log",
                LOG.toString(),
                "--format",
                "ipinyou",
                "--campaign-info",
                INFO.toString(),
                "--campaign",
                "2997",
                "--json",
                "--value-per-click",
                value,
                "--policy",
                policy,
                "--budget",
                budget);
    for (JsonNode run : runs) {
      assertThat(run.path("value").asDouble() / optimum).as("%s", run).isGreaterThan(floor);
      assertThat(run.path("violation").asDouble())
          .isLessThanOrEqualTo(0.001 * run.path("spend").asDouble());
    }
    assertThat(runs.get(1).path("lowest_slack").asDouble()).isZero();
  }

  private static JsonNode episodes(String rows, String fractions, String policies)
      throws IOException {
    Assumptions.assumeTrue(Files.exists(LOG), "skipped: real auctions are not at " + LOG);
    return runs(
        "replay",
        "--log",
        LOG.toString(),
        "--format",
        "ipinyou",
        "--rows",
        rows,
        "--protocol",
        "rlb",
        "--budget-fraction",
        fractions,
        "--policy",
        policies,
        "--campaign-info",
        INFO.toString(),
        "--campaign",
        "2997",
        "--json");
  }

  private static void same(JsonNode run, String policy, long clicks, long wins, long spend) {
    assertThat(run.path("policy").asText()).isEqualTo(policy);
    assertThat(run.path("clicks").asLong()).as("%s", run).isEqualTo(clicks);
    assertThat(run.path("wins").asLong()).as("%s", run).isEqualTo(wins);
    assertThat(run.path("spend").asDouble()).as("%s", run).isEqualTo((double) spend);
  }

  /** The counts of the code published with RLB. */
  @Test
  void repeatsPublishedCounts() throws IOException {
    JsonNode runs = episodes("1..100000", "1/32,1/16", "ss-mdp,mcpc,lin,rlb");
    assertThat(runs).hasSize(8);
    same(runs.get(0), "ss-mdp", 37, 25_300, 196_356);
    same(runs.get(1), "mcpc", 27, 9_835, 196_754);
    same(runs.get(2), "lin", 33, 18_590, 116_678);
    same(runs.get(3), "rlb", 39, 24_341, 194_331);
    same(runs.get(4), "ss-mdp", 58, 36_725, 393_119);
    same(runs.get(5), "mcpc", 45, 19_267, 393_626);
    same(runs.get(6), "lin", 36, 22_857, 156_710);
    same(runs.get(7), "rlb", 60, 35_000, 389_713);
    assertThat(runs.get(3).path("value").asDouble()).isBetween(94.926, 94.928);
    assertThat(runs.get(3).path("hindsight_value").asDouble()).isBetween(99.772, 99.774);
    assertThat(runs.get(7).path("value").asDouble()).isBetween(130.914, 130.916);
  }

  /** A shifted part of the log, so that it isn't the boundaries of episodes that decide. */
  @Test
  void learnsToBuyMoreThanRlb() throws IOException {
    JsonNode runs = episodes("501..30000", "1/32,1/4", "rlb,joint,joint:prices=won");
    for (int i = 0; i < 6; i += 3) {
      double rlb = runs.get(i).path("value").asDouble();
      for (int learned = i + 1; learned <= i + 2; learned++) {
        assertThat(runs.get(learned).path("value").asDouble()).isGreaterThan(1.01 * rlb);
        assertThat(runs.get(learned).path("spend").asDouble())
            .isLessThanOrEqualTo(runs.get(learned).path("budget").asDouble());
      }
    }
  }

  @Test
  void setsTheBudgetOfTheEnginesPoliciesBackToo() throws IOException {
    JsonNode runs = episodes("1..20500", "1/4,1/16", "dmd,pid");
    for (JsonNode run : runs) {
      assertThat(run.path("auctions").asInt()).isEqualTo(20_500);
      assertThat(run.path("spend").asDouble())
          .isLessThanOrEqualTo(run.path("budget").asDouble())
          .isGreaterThan(0.8 * run.path("budget").asDouble());
      assertThat(run.path("ratio").asDouble()).isBetween(0.8, 1.0);
    }
  }

  @Test
  void tunesLinOnEarlierRowsAndTakesItsBaseBidAsGiven() throws IOException {
    JsonNode runs =
        episodes("20001..40000", "1/16,0.1", "lin:b0=15,lin:tune=1..20000,lin,rlb:n=500");
    assertThat(runs).hasSize(8);
    assertThat(runs.get(2).path("wins")).isEqualTo(runs.get(0).path("wins"));
    assertThat(runs.get(1).path("value").asDouble())
        .isGreaterThan(runs.get(0).path("value").asDouble());
    assertThat(runs.get(3).path("ratio").asDouble()).isGreaterThan(0.9);
  }

  /** Without the protocol a rule has one budget for all, here a hundred times its table. */
  @Test
  void playsRlbWithOneBudgetForTheWholeLog() throws IOException {
    Assumptions.assumeTrue(Files.exists(LOG), "skipped: real auctions are not at " + LOG);
    JsonNode runs =
        runs(
            "replay",
            "--log",
            LOG.toString(),
            "--format",
            "ipinyou",
            "--budget-fraction",
            "1/32",
            "--policy",
            "rlb,ss-mdp,rlb:map=marginal,n=500",
            "--campaign-info",
            INFO.toString(),
            "--campaign",
            "2997",
            "--json");
    assertThat(runs).hasSize(3);
    same(runs.get(0), "rlb", 46, 25_961, 196_930);
    for (JsonNode run : runs) {
      assertThat(run.path("ratio").asDouble()).isBetween(0.9, 1.0);
    }
  }

  @Test
  void tellsWhatIsWrongWithRulesForEpisodes() throws IOException {
    String log = smallLog().toString();
    String[] common = {"replay", "--log", log, "--format", "ipinyou", "--budget", "900"};
    assertThat(wrong(common, "--policy", "rlb")).contains("--campaign-info: found nothing for rlb");
    assertThat(wrong(common, "--policy", "rlb:m=3")).contains("found 'm=3'", "accepted: n=, map=");
    assertThat(wrong(common, "--policy", "mcpc:x")).contains("accepted: no option");
    assertThat(wrong(common, "--policy", "rbl")).contains("'rbl'; accepted: dmd", "joint");
    assertThat(wrong(common, "--protocol", "x")).contains("--protocol: found 'x'; accepted: rlb");
    assertThat(wrong(common, "--protocol", "rlb", "--policy", "ros"))
        .contains("episodes under a return on spend");
    assertThat(wrong(common, "--policy", "rlb", "--auction", "first-price"))
        .contains("accepted: second price");
  }

  private static String wrong(String[] common, String... more) {
    List<String> args = new ArrayList<>(List.of(common));
    args.addAll(List.of(more));
    Captured run = Captured.run(args.toArray(String[]::new));
    assertThat(run.status()).isEqualTo(2);
    return run.err();
  }
}
