package io.dualbid.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of docs/ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dualbid.core");

  @Test
  void knowsNoKafkaNoFlinkAndNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "org.apache.flink..",
            "io.dualbid.stream..",
            "io.dualbid.simulator..")
        .check(CORE);
  }

  @Test
  void doesNoInputOrOutputOfItsOwn() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
        .check(CORE);
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CORE);
  }

  @Test
  void startsNoThreadAndReadsNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..")
        .check(CORE);
  }

  @Test
  void drawsNoRandomNumbersOfItsOwn() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.util.random.RandomGenerator.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(CORE);
  }

  @Test
  void hasPackagesWithoutCycles() {
    slices().matching("io.dualbid.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void keepsTheModelBelowAllElse() {
    noClasses()
        .that()
        .resideInAPackage("io.dualbid.core.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dualbid.core.dual..",
            "io.dualbid.core.allocation..",
            "io.dualbid.core.landscape..",
            "io.dualbid.core.pacing..",
            "io.dualbid.core.bidding..",
            "io.dualbid.core.targeting..",
            "io.dualbid.core.engine..",
            "io.dualbid.core.configuration..")
        .check(CORE);
  }

  @Test
  void keepsThePriceLandscapeFreeOfCampaignsAndMoney() {
    noClasses()
        .that()
        .resideInAPackage("io.dualbid.core.landscape..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dualbid.core.dual..",
            "io.dualbid.core.pacing..",
            "io.dualbid.core.bidding..",
            "io.dualbid.core.targeting..",
            "io.dualbid.core.engine..",
            "io.dualbid.core.configuration..")
        .check(CORE);
  }

  /** Allocation is the general form; campaigns and money are one use of its parts. */
  @Test
  void buildsAllocationOnDualsAndTheModelAlone() {
    classes()
        .that()
        .resideInAPackage("io.dualbid.core.allocation..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.dualbid.core.allocation..",
            "io.dualbid.core.dual..",
            "io.dualbid.core.model..",
            "java..",
            "org.jspecify..")
        .check(CORE);
  }

  /** Matching is decided on numbers; campaigns, money and prices of others are the host's. */
  @Test
  void buildsMatchingOnTheModelAlone() {
    classes()
        .that()
        .resideInAPackage("io.dualbid.core.matching..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.dualbid.core.matching..", "io.dualbid.core.model..", "java..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void letsOnlyTheFacadesKnowEverything() {
    classes()
        .that()
        .resideInAPackage("io.dualbid.core.engine..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage("io.dualbid.core.engine..")
        .check(CORE);
  }

  /** Java's own form of objects runs code of whoever wrote it. */
  @Test
  void readsNoObjectsInJavasOwnForm() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(CORE);
  }
}
