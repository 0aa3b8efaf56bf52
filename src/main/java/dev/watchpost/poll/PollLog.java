package dev.watchpost.poll;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wide line a poll. */
final class PollLog {
  static final Logger LOG = LoggerFactory.getLogger("watchpost.poll");

  private PollLog() {}

  static void write(PollReport report) {
    String line =
        "poll instance={} resource={} started={} window={} pages={} records={} created={} updated={} deleted={} quarantined={} ms={} dry={} outcome={}";
    Object[] values = {
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
      outcome(report),
      report.error()
    };
    if (report.error() == null) {
      LOG.info(line, values);
    } else {
      LOG.warn(line + " error=\"{}\"", values);
    }
  }

  private static String outcome(PollReport report) {
    if (report.error() == null) {
      return "success";
    }
    return report.waitsUntil() == null ? "failed" : "waiting";
  }
}
