package dev.watchpost;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages are the steps of the story: they import one way, and nobody imports the root. */
class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.watchpost");

  @Test
  void packages_are_in_no_cycle() {
    slices().matching("dev.watchpost.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packages_import_one_way() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("root")
        .definedBy("dev.watchpost")
        .layer("api")
        .definedBy("dev.watchpost.api")
        .layer("callback")
        .definedBy("dev.watchpost.callback")
        .layer("change")
        .definedBy("dev.watchpost.change")
        .layer("poll")
        .definedBy("dev.watchpost.poll")
        .layer("source")
        .definedBy("dev.watchpost.source")
        .layer("record")
        .definedBy("dev.watchpost.record")
        .layer("resource")
        .definedBy("dev.watchpost.resource")
        .layer("outbox")
        .definedBy("dev.watchpost.outbox")
        .layer("instance")
        .definedBy("dev.watchpost.instance")
        .layer("oauth")
        .definedBy("dev.watchpost.oauth")
        .layer("file")
        .definedBy("dev.watchpost.file")
        .layer("guide")
        .definedBy("dev.watchpost.guide")
        .layer("element")
        .definedBy("dev.watchpost.element")
        .layer("hub")
        .definedBy("dev.watchpost.hub")
        .layer("store")
        .definedBy("dev.watchpost.store")
        .layer("tenant")
        .definedBy("dev.watchpost.tenant")
        .layer("date")
        .definedBy("dev.watchpost.date")
        .layer("network")
        .definedBy("dev.watchpost.network")
        .layer("webhook")
        .definedBy("dev.watchpost.webhook")
        .layer("operation")
        .definedBy("dev.watchpost.operation")
        .layer("demo")
        .definedBy("dev.watchpost.demo")
        .layer("web")
        .definedBy("dev.watchpost.web")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("operation")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("demo")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("file")
        .mayOnlyBeAccessedByLayers("root", "api")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("guide")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("webhook")
        .mayOnlyBeAccessedByLayers("root", "api")
        .whereLayer("callback")
        .mayOnlyBeAccessedByLayers("operation", "root")
        .whereLayer("change")
        .mayOnlyBeAccessedByLayers("root", "api", "webhook")
        .whereLayer("poll")
        .mayOnlyBeAccessedByLayers("operation", "root", "api", "change", "webhook")
        .whereLayer("outbox")
        .mayOnlyBeAccessedByLayers("operation", "root", "api", "change", "callback", "webhook")
        .whereLayer("instance")
        .mayOnlyBeAccessedByLayers(
            "operation", "root", "api", "file", "change", "callback", "poll", "source", "webhook")
        .whereLayer("source")
        .mayOnlyBeAccessedByLayers("root", "api", "poll")
        .whereLayer("record")
        .mayOnlyBeAccessedByLayers("poll", "source", "change", "webhook")
        .whereLayer("hub")
        .mayOnlyBeAccessedByLayers("root", "api", "source", "resource", "element")
        .whereLayer("tenant")
        .mayOnlyBeAccessedByLayers("root", "api", "instance", "callback")
        .whereLayer("oauth")
        .mayOnlyBeAccessedByLayers("root", "api", "file", "source", "instance")
        .check(CLASSES);
  }
}
