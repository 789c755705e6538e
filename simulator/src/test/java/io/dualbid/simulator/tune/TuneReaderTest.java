package io.dualbid.simulator.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuneReaderTest {
  private static List<String> problems(String text) {
    return TuneReader.problems(Path.of("t.yaml"), text, name -> null).stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void readsTheExample() throws IOException {
    Path example = Path.of("../config/tune/dmd.yaml");
    TuneSpace space = TuneReader.read(example, Files.readString(example));
    assertThat(space.search().space().parameters().stream().map(Parameter::name))
        .containsExactly("policy", "mirror", "step-kind", "step-size", "plan", "start-factor");
    assertThat(space.budgetFractions()).containsExactly("1/4", "1/16");
    assertThat(space.validation()).isEqualTo(new CrossValidation(12, 8));
    assertThat(new PolicyCandidate(space.search().standard()).label()).isEqualTo("dmd");
  }

  @Test
  void hasTheDefaultsOfTheSchema() {
    TuneSpace space =
        TuneReader.read(
            Path.of("t.yaml"), "policy: [ros, both]\nparameters: {strict: [true, false]}");
    assertThat(space.search().plays()).isEqualTo(200);
    assertThat(space.search().rounds()).isEqualTo(2);
    assertThat(space.search().keep()).isEqualTo(3);
    assertThat(space.search().seed()).isEqualTo(1);
    assertThat(space.search().space().count()).isEqualTo(4);
    assertThat(space.targetRos()).isEqualTo(1);
    assertThat(space.score(0.9, 0.001)).isEqualTo(0.9);
    assertThat(space.score(0.9, 0.011)).isBetween(0.7999, 0.8001);
  }

  @Test
  void tellsEveryProblemWithItsPlace() {
    assertThat(
            problems(
                """
                policy: dmt
                parameters:
                  mirror: [entropy, concave]
                  step: { kind: adaptive, size: log-range 1..x }
                  plam: even
                search: { keep: 1 }
                """))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("t.yaml:1:9: found 'dmt'; accepted: dmd, ros, both"),
            p -> assertThat(p).startsWith("t.yaml:3:21: found 'concave'; accepted: entropy,"),
            p -> assertThat(p).contains("t.yaml:4:", "found 'log-range 1..x'", "log-range 0.05..1"),
            p -> assertThat(p).contains("t.yaml:5:3: found the unknown key 'plam'", "'plan'"),
            p -> assertThat(p).contains("t.yaml:6:", "found 1", "2 to 10"));
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThat(problems("policy: dmd\nparameters: {strict: [true, false]}").toString())
        .contains("t.yaml:2:22: found a return to keep strictly for the policy 'dmd'");
    assertThat(problems("policy: dmd\nparameters: {plan: even}").toString())
        .contains("found nothing to choose from");
    assertThat(problems("policy: dmd\nparameters: {step: {kind: constant}}").toString())
        .contains("found a step without a size to try");
    assertThat(problems("policy: dmd\nparameters: {start-factor: range 2..1}").toString())
        .contains("found the range 'range 2..1'");
    assertThat(
            problems("policy: [dmd, pid]\nparameters: {}\nvalidation: {blocks: 4, folds: 4}")
                .toString())
        .contains("folds 4 of blocks 4");
    assertThat(problems("policy: [dmd, pid]\nparameters: {}\nsearch: {evaluations: 71}").toString())
        .contains("'evaluations' must be at least 3 x blocks x rounds: 71 for 12 blocks");
  }

  @Test
  void leavesOtherFilesToTheirReaders() throws IOException {
    for (String file : List.of("campaigns.yaml", "engine.yaml", "scenarios/pacing-iid.yaml")) {
      Path path = Path.of("../config").resolve(file);
      assertThat(TuneReader.problems(path, Files.readString(path), name -> "x")).as(file).isEmpty();
    }
  }
}
