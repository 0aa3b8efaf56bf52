package dev.watchpost.file;

import java.time.Instant;
import java.util.List;

/**
 * How a file fares.
 *
 * @param file with its folder: {@code routes/a.instance.yaml}
 * @param instanceId of an instance file; null: there is none yet, or it is another kind of file
 * @param routes ids of the Camel routes that run of a {@code *.camel.yaml}
 * @param errors why it is broken; empty: it is not
 * @param warnings what is only suspicious
 * @param since when it came to be so
 */
public record FileReport(
    String file,
    Kind kind,
    State state,
    Long instanceId,
    List<String> routes,
    List<Note> errors,
    List<Note> warnings,
    Instant since) {

  /** What a file is for. */
  public enum Kind {
    INSTANCE,
    ROUTES,
    ELEMENT
  }

  /** Whether what runs is what the file says. */
  public enum State {
    /** It is in use. */
    USED,
    /** Its last good version is in use instead. */
    BROKEN_LAST_GOOD_USED,
    /** It cannot be used, and no earlier version is. */
    BROKEN,
    /** The file is gone: its instance neither polls nor delivers, and keeps its state. */
    REMOVED
  }

  public FileReport {
    routes = List.copyOf(routes);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }
}
