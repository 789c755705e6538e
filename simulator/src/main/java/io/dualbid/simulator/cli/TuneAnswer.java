package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.dualbid.simulator.simulation.Interval;
import io.dualbid.simulator.tune.Candidate;
import io.dualbid.simulator.tune.CrossValidation.Answer;
import io.dualbid.simulator.tune.CrossValidation.Fold;
import io.dualbid.simulator.tune.PolicyCandidate;
import io.dualbid.simulator.tune.TuneSpace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a search found and how sure it is: as a document, a table, the YAML to adopt, and rows. */
final class TuneAnswer {
  private final TuneSpace space;
  private final TuneReplay replay;
  private final Answer answer;
  private final int plays;

  /**
   * An answer.
   *
   * @param plays how often a candidate was played on a block, in all
   */
  TuneAnswer(TuneSpace space, TuneReplay replay, Answer answer, int plays) {
    this.space = space;
    this.replay = replay;
    this.answer = answer;
    this.plays = plays;
  }

  private Candidate standard() {
    return space.search().standard();
  }

  /** What to adopt: the best found if it is surely better, else the default. */
  private Candidate adopted() {
    return answer.beatsStandard() ? answer.best() : standard();
  }

  /** How sure it is, in a sentence. */
  String verdict() {
    Interval gain = answer.gain();
    String interval =
        String.format(
            Locale.ROOT,
            "%+.4f ± %.4f (95 %%, %d folds)",
            gain.mean(),
            gain.halfWidth(),
            answer.folds().size());
    if (answer.best().equals(standard())) {
      return "Nothing scored better than the default on the whole log; on later blocks what was"
          + " found before gained "
          + interval
          + ".";
    }
    if (answer.beatsStandard()) {
      return "On later blocks what was found before beat the default by " + interval + ".";
    }
    return "The default is not beaten significantly: on later blocks what was found before gained "
        + interval
        + ", an interval that reaches 0.";
  }

  /** The keys to adopt. */
  String yaml() {
    return yaml(adopted());
  }

  private String yaml(Candidate candidate) {
    List<Double> starts = new ArrayList<>();
    for (int i = 0; i < space.budgetFractions().size(); i++) {
      starts.add(replay.start(candidate, i));
    }
    return AdoptedYaml.of(
        new PolicyCandidate(candidate).policy(starts.get(0)),
        replay.campaign(),
        space.budgetFractions(),
        starts,
        List.of(
            new PolicyCandidate(candidate).label()
                + (candidate.equals(standard()) ? ", the default" : "")));
  }

  ObjectNode json(long skippedRows) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "tune");
    json.put("title", space.title());
    json.put("seed", space.search().seed());
    json.put("blocks", space.validation().blocks());
    json.put("plays", plays);
    json.set("default", json(standard(), answer.standardScore()));
    json.set("best", json(answer.best(), answer.score()));
    Interval gain = answer.gain();
    json.putObject("improvement")
        .put("mean", gain.mean())
        .put("low", gain.mean() - gain.halfWidth())
        .put("high", gain.mean() + gain.halfWidth())
        .put("confidence", 0.95);
    json.put("beats_default", answer.beatsStandard());
    json.put("verdict", verdict());
    json.set(
        "adopt",
        json(adopted(), adopted().equals(standard()) ? answer.standardScore() : answer.score()));
    ArrayNode folds = json.putArray("folds");
    for (Fold fold : answer.folds()) {
      folds
          .addObject()
          .put("block", fold.block())
          .put("first_row", replay.firstRow(fold.block()) + 1)
          .put("last_row", replay.firstRow(fold.block() + 1))
          .put("chosen", new PolicyCandidate(fold.chosen()).label())
          .put("score", fold.score())
          .put("default_score", fold.standardScore())
          .put("improvement", fold.gain());
    }
    ArrayNode budgets = json.putArray("budgets");
    for (String fraction : space.budgetFractions()) {
      budgets
          .addObject()
          .put("budget_fraction", fraction)
          .put("ratio", ratio(answer.best(), fraction))
          .put("default_ratio", ratio(standard(), fraction));
    }
    json.put("skipped_rows", skippedRows);
    return json;
  }

  private ObjectNode json(Candidate candidate, double score) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    PolicyCandidate policy = new PolicyCandidate(candidate);
    json.put("policy", policy.text());
    json.put("start_factor", policy.startFactor());
    json.put("score", score);
    json.put("yaml", yaml(candidate));
    return json;
  }

  /** Mean share of the optimum over all blocks. */
  private double ratio(Candidate candidate, String fraction) {
    return replay.plays().stream()
        .filter(p -> p.candidate().equals(candidate) && p.fraction().equals(fraction))
        .mapToDouble(play -> play.run().ratio())
        .average()
        .orElseThrow();
  }

  /** For a terminal. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d plays of a candidate on a block, %d blocks, budgets %s%n%n",
            space.title(),
            plays,
            space.validation().blocks(),
            String.join(", ", space.budgetFractions())));
    text.append(
        String.format(
            Locale.ROOT,
            "%-19s %8s %8s %8s  %s%n",
            "rows",
            "default",
            "tuned",
            "gain",
            "found on the rows before"));
    for (Fold fold : answer.folds()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%9d-%-9d %8.4f %8.4f %+8.4f  %s%n",
              replay.firstRow(fold.block()) + 1,
              replay.firstRow(fold.block() + 1),
              fold.standardScore(),
              fold.score(),
              fold.gain(),
              new PolicyCandidate(fold.chosen()).label()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-19s %8s %8s %8s  %s%n",
            "all rows, budget",
            "default",
            "best",
            "",
            new PolicyCandidate(answer.best()).label()));
    for (String fraction : space.budgetFractions()) {
      double standard = ratio(standard(), fraction);
      double best = ratio(answer.best(), fraction);
      text.append(
          String.format(
              Locale.ROOT,
              "%-19s %8.4f %8.4f %+8.4f  (chosen by these: look at the rows above)%n",
              fraction,
              standard,
              best,
              best - standard));
    }
    text.append(String.format("%n%s%n", verdict()));
    if (!adopted().equals(answer.best())) {
      text.append(String.format("The best, for all that:%n%n%s", yaml(answer.best())));
    }
    return text.append(String.format("%nTo adopt, for each campaign:%n%n%s", yaml())).toString();
  }

  /** All plays, a row each. */
  String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "policy",
          "start_factor",
          "block",
          "budget_fraction",
          "budget",
          "spend",
          "value",
          "hindsight_value",
          "ratio",
          "violation_share",
          "score");
      for (TuneReplay.Play play : replay.plays()) {
        PolicyCandidate policy = new PolicyCandidate(play.candidate());
        csv.writeRecord(
            policy.text(),
            Double.toString(policy.startFactor()),
            Integer.toString(play.block()),
            play.fraction(),
            Double.toString(play.run().budget()),
            Double.toString(play.run().spend()),
            Double.toString(play.run().value()),
            Double.toString(play.run().best()),
            Double.toString(play.run().ratio()),
            Double.toString(play.missing()),
            Double.toString(space.score(play.run().ratio(), play.missing())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
