package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.fit.Answer;
import io.dualbid.simulator.fit.Calibration;
import io.dualbid.simulator.fit.Calibrator;
import io.dualbid.simulator.fit.ClickDraws;
import io.dualbid.simulator.fit.ClickLog;
import io.dualbid.simulator.fit.ClickModels;
import io.dualbid.simulator.fit.Estimate;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Click weights from logs of clicks. */
@Command(
    name = "fit",
    description = {
      "Learns from a click log how fit and position become clicks, by maximum likelihood under each"
          + " user model, with standard errors, and tells which model explains the log better"
          + " (Akaike). A line of the log is one answer that was shown:",
      "  {\"shown\": [{\"position\": 0, \"cosine\": 0.41}, ...], \"clicked\": 0}",
      "with the position that was clicked, or none. --draw makes up such a log of known users.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid fit clicks.jsonl.gz --out weights.yaml",
      "  dualbid fit clicks.jsonl --model cascade --hold continuation=1 --json",
      "  dualbid fit --draw 20000 --model mnl --truth alpha=-2,beta=3,decay=0.9 clicks.jsonl.gz",
    })
final class FitCommand implements Callable<Integer> {
  private static final int MOST_DRAWS = 10_000_000;

  @Parameters(
      paramLabel = "LOG",
      description = "The click log (JSON lines, also .gz); with --draw where it is written.")
  private Path log = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "mnl or cascade (default: both, the better one first).")
  private @Nullable String model;

  @Option(
      names = "--hold",
      split = ",",
      paramLabel = "NAME=VALUE",
      description = "Parameters that are known, such as decay=0.85 or continuation=1.")
  private Map<String, Double> hold = new TreeMap<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the better model's values as YAML, which place takes as --weights.")
  private @Nullable Path out;

  @Option(
      names = "--draw",
      paramLabel = "N",
      description = "Make up N answers of users with the parameters of --truth, and write LOG.")
  private @Nullable Integer draw;

  @Option(
      names = "--truth",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "Parameters of the users to draw (default: alpha=-2,beta=2.5,decay=0.9, for the cascade"
              + " continuation=0.9).")
  private Map<String, Double> truth = new TreeMap<>();

  @Option(names = "--seed", paramLabel = "S", description = "Seed of --draw (default: 1).")
  private long seed = 1;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try {
      if (draw != null) {
        drawn(draw);
        return 0;
      }
      List<Calibration> learned = learned(ClickLog.read(log));
      System.out.print(json ? Summary.text(document(learned)) + "\n" : table(learned));
      System.out.flush();
      Path file = out;
      if (file != null) {
        Files.writeString(file, yaml(learned.get(0)));
      }
      return 0;
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
  }

  private void drawn(int count) throws IOException {
    if (count < 1 || count > MOST_DRAWS) {
      throw new WrongInput("--draw: found " + count + "; accepted: 1 to " + MOST_DRAWS);
    }
    Map<String, Double> users =
        new TreeMap<>(Map.of("alpha", -2.0, "beta", 2.5, "decay", 0.9, "continuation", 0.9));
    String usersModel = model == null ? "mnl" : model;
    requireNames("--truth", truth, List.of(usersModel));
    users.putAll(truth);
    ClickLog.write(log, ClickDraws.draw(usersModel, users, count, seed));
  }

  private List<Calibration> learned(List<Answer> answers) {
    List<String> models = model == null ? ClickModels.names() : List.of(model);
    requireNames("--hold", hold, models);
    List<Calibration> learned = new ArrayList<>();
    for (String each : models) {
      learned.add(Calibrator.learn(each, answers, hold));
    }
    learned.sort(Comparator.comparingDouble(Calibration::akaike));
    return learned;
  }

  private static void requireNames(String option, Map<String, Double> values, List<String> models) {
    List<String> names =
        models.stream().flatMap(m -> ClickModels.parameters(m).stream()).distinct().toList();
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new WrongInput(
            option + ": found '" + name + "'; accepted: " + String.join(", ", names));
      }
    }
  }

  private static ObjectNode document(List<Calibration> learned) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "fit");
    document.put("answers", learned.get(0).answers());
    document.put("clicks", learned.get(0).clicks());
    document.put("better", learned.get(0).model());
    ArrayNode models = document.putArray("models");
    for (Calibration calibration : learned) {
      ObjectNode node = models.addObject();
      node.put("model", calibration.model());
      node.put("log_likelihood", calibration.logLikelihood());
      node.put("akaike", calibration.akaike());
      ObjectNode parameters = node.putObject("parameters");
      for (Estimate estimate : calibration.estimates()) {
        ObjectNode parameter = parameters.putObject(estimate.name());
        parameter.put("value", estimate.value());
        if (estimate.state() == Estimate.State.LEARNED) {
          parameter.put("standard_error", estimate.standardError());
          parameter.putArray("interval_95").add(estimate.low()).add(estimate.high());
        }
        parameter.put("state", estimate.state().label());
      }
    }
    return document;
  }

  private static String table(List<Calibration> learned) {
    StringBuilder table = new StringBuilder();
    Calibration better = learned.get(0);
    table.append(
        String.format(Locale.ROOT, "%d answers, %d clicks%n", better.answers(), better.clicks()));
    for (Calibration calibration : learned) {
      table.append(
          String.format(
              Locale.ROOT,
              "%n%s  log likelihood %.2f  Akaike %.2f%n%-14s %10s %14s  %s%n",
              calibration.model(),
              calibration.logLikelihood(),
              calibration.akaike(),
              "parameter",
              "value",
              "standard error",
              "95 % interval"));
      for (Estimate estimate : calibration.estimates()) {
        table.append(row(estimate));
      }
    }
    if (learned.size() > 1) {
      table.append(
          String.format(
              Locale.ROOT,
              "%n%s explains the log better, by %.1f of Akaike's criterion%n",
              better.model(),
              learned.get(1).akaike() - better.akaike()));
    }
    return table.toString();
  }

  private static String row(Estimate estimate) {
    String name = String.format(Locale.ROOT, "%-14s %10.4f ", estimate.name(), estimate.value());
    return switch (estimate.state()) {
      case LEARNED ->
          String.format(
              Locale.ROOT,
              "%s%14.4f  %.4f to %.4f%n",
              name,
              estimate.standardError(),
              estimate.low(),
              estimate.high());
      case AT_BOUND -> name + String.format("%14s  at the end of its range%n", "-");
      case HELD -> name + String.format("%14s  held%n", "-");
    };
  }

  private static String yaml(Calibration calibration) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("# Learned from ")
        .append(calibration.answers())
        .append(" answers with ")
        .append(calibration.clicks())
        .append(" clicks.\nmodel: ")
        .append(calibration.model())
        .append('\n');
    for (Estimate estimate : calibration.estimates()) {
      yaml.append(estimate.name()).append(": ").append(estimate.value()).append('\n');
    }
    return yaml.toString();
  }
}
