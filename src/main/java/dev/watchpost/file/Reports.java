package dev.watchpost.file;

import dev.watchpost.file.FileReport.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be told of the files; each thing is logged once. Thread-safe. */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger("watchpost.files");

  private final Clock clock;
  private final Map<String, FileReport> byFile = new TreeMap<>();

  Reports(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  synchronized List<FileReport> all() {
    return List.copyOf(byFile.values());
  }

  /** Takes the place of the last report on that file; nothing happens where it says the same. */
  synchronized void put(FileReport report) {
    FileReport last = byFile.get(report.file());
    if (last == null || !same(last, report)) {
      byFile.put(report.file(), report);
      log(report);
    }
  }

  private static boolean same(FileReport a, FileReport b) {
    return a.state() == b.state()
        && a.errors().equals(b.errors())
        && a.warnings().equals(b.warnings())
        && a.routes().equals(b.routes())
        && java.util.Objects.equals(a.instanceId(), b.instanceId());
  }

  synchronized void forget(String file) {
    if (byFile.remove(file) != null) {
      LOG.info("{} is gone", file);
    }
  }

  private static void log(FileReport report) {
    report.warnings().forEach(note -> LOG.warn("{}, {}", report.file(), note));
    if (report.errors().isEmpty()) {
      LOG.info("{} {}", report.file(), text(report));
    } else {
      LOG.warn("{} {}; {}", report.file(), text(report), lines(report.errors()));
    }
  }

  private static String text(FileReport report) {
    String of = report.instanceId() == null ? "" : " (instance %d)".formatted(report.instanceId());
    return switch (report.state()) {
      case USED -> "is in use" + of;
      case BROKEN_LAST_GOOD_USED -> "is broken, its last good version stays in use" + of;
      case BROKEN -> "is broken";
      case REMOVED -> "is gone: its instance stops and keeps its state" + of;
    };
  }

  private static String lines(List<Note> notes) {
    return notes.stream().map(Note::toString).collect(Collectors.joining("; "));
  }

  /** Of a file that is broken. */
  static State broken(boolean lastGood) {
    return lastGood ? State.BROKEN_LAST_GOOD_USED : State.BROKEN;
  }
}
