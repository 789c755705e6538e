package io.dualbid.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of docs/ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses STREAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dualbid.stream");

  @Test
  void knowsNothingOfTheSimulator() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dualbid.simulator..")
        .check(STREAM);
  }

  @Test
  void hasPackagesWithoutCycles() {
    slices().matching("io.dualbid.stream.(*)..").should().beFreeOfCycles().check(STREAM);
  }

  /** What decides lives in the core; a codec or a topic must not know operators. */
  @Test
  void keepsOperatorsOnTop() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.dualbid.stream.codec..",
            "io.dualbid.stream.record..",
            "io.dualbid.stream.kafka..",
            "io.dualbid.stream.topics..",
            "io.dualbid.stream.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dualbid.stream.bidding..",
            "io.dualbid.stream.pacing..",
            "io.dualbid.stream.placement..")
        .check(STREAM);
  }

  /** The job jar leaves the broker out: only the embedded one may know it. */
  @Test
  void knowsTheBrokerOnlyWhereItIsEmbedded() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dualbid.stream.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
        .check(STREAM);
  }

  /** Java's own form of objects runs code of whoever wrote it. */
  @Test
  void readsNoObjectsInJavasOwnForm() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(STREAM);
  }
}
