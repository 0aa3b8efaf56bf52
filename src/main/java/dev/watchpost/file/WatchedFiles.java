package dev.watchpost.file;

import dev.watchpost.element.Catalogue;
import dev.watchpost.file.FileReport.State;
import dev.watchpost.instance.FileInstances;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files in {@code routes/} and {@code elements/}: what runs is made what they say, at the start
 * and at every {@link #look}. A broken file keeps its last good version running. Thread-safe.
 */
public final class WatchedFiles {
  private static final Logger LOG = LoggerFactory.getLogger("watchpost.files");

  private final Reports reports;
  private final Folder elements;
  private final Folder routes;
  private final ElementFiles elementFiles;
  private final InstanceFiles instanceFiles;
  private final CamelFiles camelFiles;
  private final FileInstances instances;
  private final CamelContext context;
  private final Runnable elementsChanged;
  private boolean routesMayRun;
  private boolean unfinished;
  private String failure = "";

  /**
   * @param context its properties fill in <code>{{property}}</code>
   * @param elementsChanged told after the catalogue has changed
   */
  public WatchedFiles(
      Path routesDirectory,
      Path elementsDirectory,
      CamelContext context,
      Catalogue catalogue,
      FileInstances instances,
      Runnable elementsChanged,
      Clock clock) {
    this.reports = new Reports(clock);
    this.elements = new Folder(elementsDirectory, ElementFiles::isOne);
    this.routes =
        new Folder(routesDirectory, name -> InstanceFiles.isOne(name) || CamelFiles.isOne(name));
    this.elementFiles = new ElementFiles(catalogue, reports);
    this.instances = instances;
    this.instanceFiles =
        new InstanceFiles(
            instances,
            () -> new Placeholders(System.getenv()::get, name -> property(context, name)),
            reports);
    this.camelFiles = new CamelFiles(context, reports);
    this.context = context;
    this.elementsChanged = elementsChanged;
  }

  private static String property(CamelContext context, String name) {
    try {
      return context.resolvePropertyPlaceholders("{{" + name + "}}");
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Reads all there are; before the context starts. */
  public void readAll() {
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    if (health != null) {
      health.register(new FilesHealth(reports::all));
    }
    look(true);
  }

  /**
   * Starts the Camel routes there are files of; once the context has started. One that cannot run
   * would keep the context from starting, were it added before.
   */
  public synchronized void startRoutes() {
    routesMayRun = true;
    unfinished = true;
    look(false);
  }

  /** Looks whether files came, changed or went, and acts on it. To be called every second. */
  public void look() {
    look(false);
  }

  private synchronized void look(boolean first) {
    try {
      if (elements.look(first) && elementFiles.apply(elements.files())) {
        unfinished = true;
        instanceFiles.forgetWhatWasApplied();
        elementsChanged.run();
      }
      if (routes.look(first) || first || unfinished || instanceFiles.isDue()) {
        unfinished = true;
        instanceFiles.apply(files(InstanceFiles::isOne));
        if (routesMayRun && context.isStarted()) {
          camelFiles.apply(files(CamelFiles::isOne));
        }
        unfinished = false;
      }
      failure = "";
    } catch (UncheckedIOException e) {
      warnOnce(e.getMessage() + ": " + e.getCause());
    } catch (RuntimeException e) {
      LOG.debug("files not acted on", e);
      warnOnce("files cannot be acted on now (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Map<String, FileText> files(Predicate<String> wanted) {
    Map<String, FileText> files = new TreeMap<>(routes.files());
    files.keySet().removeIf(wanted.negate());
    return files;
  }

  private void warnOnce(String message) {
    if (!message.equals(failure)) {
      failure = message;
      LOG.warn("{}; what runs stays as it is, and it is tried again", message);
    }
  }

  /** How every file fares, by name; those that are gone while their instance is kept included. */
  public List<FileReport> reports() {
    Set<Long> kept =
        instances.all().stream()
            .filter(instance -> instance.file().removed())
            .map(instance -> instance.id())
            .collect(Collectors.toSet());
    return reports.all().stream()
        .filter(report -> report.state() != State.REMOVED || kept.contains(report.instanceId()))
        .toList();
  }
}
