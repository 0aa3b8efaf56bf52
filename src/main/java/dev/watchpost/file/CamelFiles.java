package dev.watchpost.file;

import dev.watchpost.file.FileReport.Kind;
import dev.watchpost.file.FileReport.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code routes/*.camel.yaml}: ordinary Camel routes, which come, change and go with their files.
 */
final class CamelFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CamelFiles.class);
  private static final String FOLDER = "routes/";

  private final CamelContext context;
  private final Reports reports;
  private final Map<String, FileText> applied = new HashMap<>();
  private final Map<String, CamelFile> running = new HashMap<>();

  CamelFiles(CamelContext context, Reports reports) {
    this.context = context;
    this.reports = reports;
  }

  static boolean isOne(String name) {
    return CamelFile.isOne(name);
  }

  /** Makes the routes what {@code files}, all there are, say; the context has started. */
  void apply(Map<String, FileText> files) {
    List.copyOf(applied.keySet()).stream()
        .filter(name -> !files.containsKey(name))
        .forEach(this::remove);
    files.values().stream()
        .filter(file -> !file.equals(applied.get(file.name())))
        .forEach(this::load);
  }

  /** What another file had taken may be free now. */
  private void remove(String name) {
    CamelFile last = running.remove(name);
    if (last != null) {
      take(last, null);
      applied.keySet().retainAll(running.keySet());
    }
    applied.remove(name);
    reports.forget(FOLDER + name);
  }

  private void load(FileText file) {
    CamelFile last = running.get(file.name());
    applied.put(file.name(), file);
    try {
      if (file.problem() != null) {
        broken(file, last, file.problem());
        return;
      }
      replace(file, last);
    } catch (Unusable e) {
      broken(file, running.get(file.name()), e.problem());
    }
  }

  private void replace(FileText file, CamelFile last) throws Unusable {
    CamelFile next = CamelFile.read(context, file, last);
    if (last != null) {
      take(last, next);
    }
    try {
      next.add();
      running.put(file.name(), next);
      reports.put(report(file, State.USED, next, List.of()));
    } catch (Unusable e) {
      take(next, null);
      running.remove(file.name());
      bringBack(last);
      throw e;
    }
  }

  /** Read again: what has run cannot be added once more. */
  private void bringBack(CamelFile last) throws Unusable {
    if (last != null) {
      CamelFile again = CamelFile.read(context, last.file(), null);
      again.add();
      running.put(last.file().name(), again);
    }
  }

  private static void take(CamelFile file, CamelFile next) {
    try {
      file.remove(next);
    } catch (Exception e) {
      LOG.error("{}{} does not stop", FOLDER, file.file().name(), e);
    }
  }

  private void broken(FileText file, CamelFile last, Note problem) {
    reports.put(report(file, Reports.broken(last != null), last, List.of(problem)));
  }

  private FileReport report(FileText file, State state, CamelFile routes, List<Note> errors) {
    return new FileReport(
        FOLDER + file.name(),
        Kind.ROUTES,
        state,
        null,
        routes == null ? List.of() : routes.routeIds(),
        errors,
        List.of(),
        reports.now());
  }
}
