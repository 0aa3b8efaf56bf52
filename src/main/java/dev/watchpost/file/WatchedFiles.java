package dev.watchpost.file;

import dev.watchpost.element.Catalogue;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
  private final ElementFiles elementFiles;
  private final Runnable elementsChanged;
  private String failure = "";

  /**
   * @param elementsChanged told after the catalogue has changed
   */
  public WatchedFiles(
      Path elementsDirectory, Catalogue catalogue, Runnable elementsChanged, Clock clock) {
    this.reports = new Reports(clock);
    this.elements = new Folder(elementsDirectory, ElementFiles::isOne);
    this.elementFiles = new ElementFiles(catalogue, reports);
    this.elementsChanged = elementsChanged;
  }

  /** Reads all there are; before the context starts. */
  public void readAll() {
    look(true);
  }

  /** Looks whether files came, changed or went, and acts on it. To be called every second. */
  public void look() {
    look(false);
  }

  private synchronized void look(boolean first) {
    try {
      if (elements.look(first) && elementFiles.apply(elements.files())) {
        elementsChanged.run();
      }
      failure = "";
    } catch (UncheckedIOException e) {
      warnOnce(e.getMessage() + ": " + e.getCause());
    }
  }

  private void warnOnce(String message) {
    if (!message.equals(failure)) {
      failure = message;
      LOG.warn("{}; what runs stays as it is", message);
    }
  }

  /** How every file fares, by name. */
  public List<FileReport> reports() {
    return reports.all();
  }
}
