package io.weir.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.weir.control.ControlPlane;
import io.weir.control.ControlPlaneConfig;
import io.weir.control.ControlPlaneMain;
import io.weir.edge.EdgeConfig;
import io.weir.edge.EdgeMain;
import io.weir.edge.EdgeNode;
import io.weir.origin.OriginAdapter;
import io.weir.origin.OriginAdapterConfig;
import io.weir.origin.OriginAdapterMain;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Which way the arrows point, and in which rooms the libraries live. */
@AnalyzeClasses(packages = "io.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  @ArchTest
  static final ArchRule processesMeetInProtocolOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("protocol")
          .definedBy("io.weir.protocol..")
          .layer("edge")
          .definedBy("io.weir.edge..")
          .layer("origin")
          .definedBy("io.weir.origin..")
          .layer("control")
          .definedBy("io.weir.control..")
          .layer("loadtest")
          .definedBy("io.weir.loadtest..")
          .whereLayer("loadtest")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("edge")
          .mayOnlyBeAccessedByLayers("loadtest")
          .whereLayer("origin")
          .mayOnlyBeAccessedByLayers("loadtest")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("loadtest");

  @ArchTest
  static final ArchRule loadtestKnowsProcessesByTheirEntryClasses =
      noClasses()
          .that()
          .resideInAPackage("io.weir.loadtest..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.weir.edge..", "io.weir.origin..", "io.weir.control..")
                  .and(not(resideInAnyPackage("io.weir.control.cli", "io.weir.control.view")))
                  .and(
                      not(
                          belongToAnyOf(
                              EdgeNode.class,
                              EdgeConfig.class,
                              EdgeMain.class,
                              OriginAdapter.class,
                              OriginAdapterConfig.class,
                              OriginAdapterMain.class,
                              ControlPlane.class,
                              ControlPlaneConfig.class,
                              ControlPlaneMain.class))));

  @ArchTest
  static final ArchRule arrowsInsideTheEdgePointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("root")
          .definedBy("io.weir.edge")
          .layer("http")
          .definedBy("io.weir.edge.http..")
          .layer("peer")
          .definedBy("io.weir.edge.peer..")
          .layer("tracker")
          .definedBy("io.weir.edge.tracker..")
          .layer("admin")
          .definedBy("io.weir.edge.admin..")
          .layer("control")
          .definedBy("io.weir.edge.control..")
          .layer("swarm")
          .definedBy("io.weir.edge.swarm..")
          .layer("cache")
          .definedBy("io.weir.edge.cache..")
          .layer("store")
          .definedBy("io.weir.edge.store..")
          .layer("fill")
          .definedBy("io.weir.edge.fill..")
          .layer("piece")
          .definedBy("io.weir.edge.piece..")
          .whereLayer("root")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("peer")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("tracker")
          .mayOnlyBeAccessedByLayers("root", "http")
          .whereLayer("admin")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("swarm")
          .mayOnlyBeAccessedByLayers("root", "http", "peer", "tracker", "control", "admin")
          .whereLayer("cache")
          .mayOnlyBeAccessedByLayers("root", "http", "peer", "control", "swarm")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("root", "cache")
          .whereLayer("fill")
          .mayOnlyBeAccessedByLayers("root", "cache")
          .whereLayer("piece")
          .mayOnlyBeAccessedByLayers("http", "peer", "cache", "store", "fill");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.weir.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule rocksDbLivesInStore = only("org.rocksdb..", "io.weir.edge.store");

  @ArchTest
  static final ArchRule undertowLivesWhereHttpIsServed =
      only(
          "io.undertow..",
          "io.weir.edge.http",
          "io.weir.edge.admin",
          "io.weir.origin.api",
          "io.weir.control.api");

  /** Fills too: they go from the socket to where they stay, which no HTTP client does. */
  @ArchTest
  static final ArchRule nettyChannelsLiveWhereSocketsAre =
      only(
          "io.netty.channel..",
          "io.weir.edge.fill",
          "io.weir.edge.socket",
          "io.weir.edge.peer",
          "io.weir.edge.tracker",
          "io.weir.loadtest.crowd..",
          "io.weir.loadtest.rig..");

  @ArchTest
  static final ArchRule sqlLivesInDb =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.control.db")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "com.zaxxer..", "org.flywaydb..", "java.sql..");

  @ArchTest
  static final ArchRule originsAreReadInOnePlace = only("org.apache.hc..", "io.weir.origin.source");

  @ArchTest
  static final ArchRule caffeineLivesInTheCache =
      only("com.github.benmanes.caffeine..", "io.weir.edge.cache");

  @ArchTest
  static final ArchRule protocolOpensNoSocket =
      noClasses()
          .that()
          .resideInAPackage("io.weir.protocol..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(Socket|ServerSocket|DatagramSocket|http\\.HttpClient)|java\\.nio\\.channels\\..*Socket.*");

  @ArchTest
  static void everyPackageSaysWhatItIsFor(JavaClasses classes) {
    List<String> silent =
        classes.stream()
            .map(c -> c.getPackage())
            .distinct()
            .filter(p -> p.tryGetPackageInfo().isEmpty() || !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .sorted()
            .toList();
    assertEquals(List.of(), silent, "packages without a null-marked package-info.java");
    assertTrue(classes.size() > 50, "the classes of all modules are looked at");
  }

  private static ArchRule only(String library, String... rooms) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
