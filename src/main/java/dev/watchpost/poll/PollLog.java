package dev.watchpost.poll;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wide line a poll. */
final class PollLog {
  static final Logger LOG = LoggerFactory.getLogger("watchpost.poll");

  private PollLog() {}

  static void write(PollReport report, String outcome) {
    String line =
        "poll instance={} resource={} window={} pages={} records={} created={} updated={} deleted={} quarantined={} ms={} dry={} {}";
    List<Object> values =
        List.of(
            report.instanceId(),
            report.resource(),
            report.windowStart(),
            report.pages(),
            report.records(),
            report.created(),
            report.updated(),
            report.deleted(),
            report.quarantined(),
            report.took().toMillis(),
            report.dryRun(),
            outcome);
    if (report.error() == null) {
      LOG.info(line, values.toArray());
    } else {
      LOG.warn(line, values.toArray());
    }
  }
}
