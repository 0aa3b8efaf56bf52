package dev.watchpost.poll;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wide line a poll. */
final class PollLog {
  static final Logger LOG = LoggerFactory.getLogger("watchpost.poll");

  private PollLog() {}

  static void write(PollReport report) {
    String line =
        "poll instance=%d resource=%s started=%s window=%s pages=%d records=%d created=%d updated=%d deleted=%d quarantined=%d ms=%d dry=%s outcome=%s"
            .formatted(
                report.instanceId(),
                report.resource(),
                report.startedAt(),
                report.windowStart(),
                report.pages(),
                report.records(),
                report.created(),
                report.updated(),
                report.deleted(),
                report.quarantined(),
                report.took().toMillis(),
                report.dryRun(),
                outcome(report));
    if (report.error() == null) {
      LOG.info(line);
    } else {
      LOG.warn(
          "{} error=\"{}\"",
          line,
          new String(JsonStringEncoder.getInstance().quoteAsString(report.error())));
    }
  }

  private static String outcome(PollReport report) {
    if (report.error() == null) {
      return "success";
    }
    return report.waitsUntil() == null ? "failed" : "waiting";
  }
}
