package dev.watchpost.api;

import dev.watchpost.poll.PollReport;
import dev.watchpost.source.ShownRequest;
import java.util.List;

/**
 * What one poll did, or, dry, would do.
 *
 * @param id of the poll in the history; 0: dry, or not told there
 * @param error null where it succeeded
 * @param waitsUntil when it is tried again, where it did not fail but has to wait
 * @param sample of a dry poll: the first records read
 */
record ReportJson(
    long id,
    long instanceId,
    String resource,
    boolean dryRun,
    String startedDate,
    long millis,
    String windowStart,
    String error,
    String waitsUntil,
    List<ShownRequest> requests,
    List<Token> tokens,
    int pages,
    long records,
    long created,
    long updated,
    long deleted,
    long quarantined,
    List<Event> events,
    List<Object> sample,
    List<PollReport.Quarantined> quarantine) {

  /** A token of the url, its headers or its body, and what it became. */
  record Token(String token, String value, String zone, String instant) {}

  /** An event that would be sent. */
  record Event(String eventType, String objectId, String date) {}

  static ReportJson of(PollReport report) {
    return new ReportJson(
        report.id(),
        report.instanceId(),
        report.resource(),
        report.dryRun(),
        PollJson.text(report.startedAt()),
        report.took().toMillis(),
        PollJson.text(report.windowStart()),
        report.error(),
        PollJson.text(report.waitsUntil()),
        report.requests(),
        report.tokens().stream()
            .map(t -> new Token(t.token(), t.value(), t.zone(), PollJson.text(t.instant())))
            .toList(),
        report.pages(),
        report.records(),
        report.created(),
        report.updated(),
        report.deleted(),
        report.quarantined(),
        report.events().stream()
            .map(e -> new Event(e.eventType(), e.objectId(), PollJson.text(e.date())))
            .toList(),
        report.sample().stream().map(Json::stored).toList(),
        report.quarantine());
  }
}
