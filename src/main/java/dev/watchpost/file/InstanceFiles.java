package dev.watchpost.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.file.FileReport.Kind;
import dev.watchpost.file.FileReport.State;
import dev.watchpost.instance.FileInstances;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.instance.Saved;
import dev.watchpost.oauth.OAuthFailure;
import dev.watchpost.resource.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code routes/*.instance.yaml|json}: each is the body of a POST /instances. */
final class InstanceFiles {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceFiles.class);
  private static final String FOLDER = "routes/";

  /**
   * What failed without the file's fault, such as an OAuth2 server that is down, is tried again.
   */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final FileInstances instances;
  private final Supplier<Placeholders> placeholders;
  private final Reports reports;
  private final Map<String, FileText> applied = new HashMap<>();
  private final Map<String, Instant> retries = new HashMap<>();

  InstanceFiles(FileInstances instances, Supplier<Placeholders> placeholders, Reports reports) {
    this.instances = instances;
    this.placeholders = placeholders;
    this.reports = reports;
  }

  static boolean isOne(String name) {
    return FileInstances.isOne(name);
  }

  /** Something is to be tried again, though no file has changed. */
  boolean isDue() {
    Instant now = reports.now();
    return retries.values().stream().anyMatch(at -> !now.isBefore(at));
  }

  /** The catalogue has changed: what did not work may do now, and the other way round. */
  void forgetWhatWasApplied() {
    applied.clear();
  }

  /** Makes the instances what {@code files}, all there are, say. */
  void apply(Map<String, FileText> files) {
    SortedMap<String, List<FileText>> byIdentity = new TreeMap<>();
    files
        .values()
        .forEach(
            file ->
                byIdentity
                    .computeIfAbsent(FileInstances.identity(file.name()), id -> new ArrayList<>())
                    .add(file));
    Map<String, Instance> known = new HashMap<>();
    instances.all().forEach(of -> known.put(FileInstances.identity(of.file().name()), of));
    byIdentity.forEach((identity, all) -> apply(all, known.get(identity)));
    known.forEach(
        (identity, instance) -> {
          if (!byIdentity.containsKey(identity)) {
            gone(instance);
          }
        });
    forgetAllBut(files.keySet(), known.values());
  }

  /** Of several files with one identity the one that the instance came from is used. */
  private void apply(List<FileText> files, Instance known) {
    FileText used =
        files.stream()
            .filter(file -> known != null && file.name().equals(known.file().name()))
            .findFirst()
            .orElse(files.get(0));
    for (FileText other : files) {
      if (other != used) {
        broken(
            other,
            null,
            List.of(
                new Note(
                    1,
                    "",
                    "describes the same instance as %s%s; remove one, or give it another name"
                        .formatted(FOLDER, used.name()))));
      }
    }
    boolean removed = known != null && known.file().removed();
    if (removed || !used.equals(applied.get(used.name())) || due(used.name())) {
      save(used, known);
    }
  }

  private boolean due(String name) {
    Instant at = retries.get(name);
    return at != null && !reports.now().isBefore(at);
  }

  private void save(FileText file, Instance known) {
    retries.remove(file.name());
    if (file.problem() != null) {
      broken(file, known, List.of(file.problem()));
    } else {
      try {
        save(file, TreeReader.read(file.name(), file.text()), known);
      } catch (Unusable e) {
        broken(file, known, List.of(e.problem()));
      } catch (RuntimeException e) {
        LOG.debug("{}{} cannot be stored", FOLDER, file.name(), e);
        String reason = "cannot be stored now (%s)".formatted(e.getClass().getSimpleName());
        broken(file, known, List.of(new Note(1, "", reason)));
        retries.put(file.name(), reports.now().plus(RETRY));
      }
    }
    applied.put(file.name(), file);
  }

  private void save(FileText file, LocatedTree tree, Instance known) {
    Placeholders values = placeholders.get();
    JsonNode resolved = values.resolve(tree.root());
    if (!values.unresolved().isEmpty()) {
      broken(file, known, notes(values.unresolved(), tree, values));
      return;
    }
    try {
      Saved saved = instances.save(file.name(), known, tree.root(), resolved, values.byName());
      reports.put(
          report(
              file.name(),
              State.USED,
              saved.instance(),
              List.of(),
              notes(saved.warnings(), tree, values)));
    } catch (InvalidInstance e) {
      broken(file, known, notes(e.problems(), tree, values));
    } catch (OAuthFailure e) {
      String path = "providerData";
      broken(file, known, notes(List.of(new Problem(path, e.getMessage())), tree, values));
      if (!e.refused()) {
        retries.put(file.name(), reports.now().plus(RETRY));
      }
    }
  }

  private static List<Note> notes(
      List<Problem> problems, LocatedTree tree, Placeholders placeholders) {
    return problems.stream()
        .map(
            problem ->
                new Note(
                    tree.line(problem.path()),
                    problem.path(),
                    placeholders.hide(problem.message())))
        .toList();
  }

  /** An instance that was stopped because its file had gone is not brought back by a broken one. */
  private void broken(FileText file, Instance known, List<Note> errors) {
    boolean lastGood = known != null && !known.file().removed();
    reports.put(report(file.name(), Reports.broken(lastGood), known, errors, List.of()));
  }

  private void gone(Instance instance) {
    Instance removed = instance.file().removed() ? instance : instances.removed(instance);
    reports.put(report(removed.file().name(), State.REMOVED, removed, List.of(), List.of()));
  }

  private FileReport report(
      String name, State state, Instance instance, List<Note> errors, List<Note> warnings) {
    return new FileReport(
        FOLDER + name,
        Kind.INSTANCE,
        state,
        instance == null ? null : instance.id(),
        List.of(),
        errors,
        warnings,
        reports.now());
  }

  private void forgetAllBut(Collection<String> present, Collection<Instance> known) {
    applied.keySet().retainAll(present);
    retries.keySet().retainAll(present);
    for (FileReport report : reports.all()) {
      String name = report.file().substring(FOLDER.length());
      boolean ofInstance =
          report.state() == State.REMOVED
              && known.stream().anyMatch(instance -> instance.file().name().equals(name));
      if (report.kind() == Kind.INSTANCE && !present.contains(name) && !ofInstance) {
        reports.forget(report.file());
      }
    }
  }
}
