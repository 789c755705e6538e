package io.dualbid.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of docs/ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses SIMULATOR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dualbid.simulator");

  @Test
  void hasPackagesWithoutCycles() {
    slices().matching("io.dualbid.simulator.(*)..").should().beFreeOfCycles().check(SIMULATOR);
  }

  /** The audit is worth something only as long as it shares no code with what it audits. */
  @Test
  void auditsWithoutTheEnginesLedgers() {
    noClasses()
        .that()
        .resideInAPackage("io.dualbid.simulator.audit..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.dualbid\\.core\\.(engine\\..*|pacing\\.(Ledger|Settlement|SpendCap|Lease|Reserv).*)")
        .check(SIMULATOR);
  }

  /** Java's own form of objects runs code of whoever wrote it. */
  @Test
  void readsNoObjectsInJavasOwnForm() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(SIMULATOR);
  }
}
