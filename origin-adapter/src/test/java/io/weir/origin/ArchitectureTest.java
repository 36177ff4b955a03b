package io.weir.origin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The direction of the arrows: api → {fill → ingest} → {content → source, spool} → metrics. */
final class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.origin");

  @Test
  void httpServerIsKnownToTheApiOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..api")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.undertow..", "org.xnio..")
        .check(classes);
  }

  @Test
  void httpClientIsKnownToTheSourceOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..source")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(classes);
  }

  @Test
  void arrowsPointDownwards() {
    never("io.weir.origin.metrics", "api", "fill", "ingest", "content", "source", "spool");
    never("io.weir.origin.spool", "api", "fill", "ingest", "content", "source");
    never("io.weir.origin.source", "api", "fill", "ingest", "content", "spool");
    never("io.weir.origin.content", "api", "fill", "ingest", "spool");
    never("io.weir.origin.ingest", "api", "fill");
    never("io.weir.origin.fill", "api");
    slices().matching("io.weir.(origin.*)").should().beFreeOfCycles().check(classes);
  }

  private void never(String from, String... to) {
    for (String target : to) {
      noClasses()
          .that()
          .resideInAPackage(from)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.weir.origin." + target)
          .check(classes);
    }
  }
}
