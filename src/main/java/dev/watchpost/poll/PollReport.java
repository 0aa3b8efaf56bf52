package dev.watchpost.poll;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.source.ShownRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one poll did, or, dry, would do.
 *
 * @param id of the poll in the history; 0: dry, or not told there
 * @param error one line; null where it succeeded
 * @param waitsUntil when it is tried again, where it did not fail but has to wait; else null
 * @param requests in the order sent, credentials masked
 * @param tokens as resolved
 * @param events of a dry poll: what it would enter; of a real one empty, they are under events
 * @param sample of a dry poll: the first records read, as JSON text, at most 10
 */
public record PollReport(
    long id,
    long instanceId,
    String resource,
    boolean dryRun,
    Instant startedAt,
    Duration took,
    Instant windowStart,
    String error,
    Instant waitsUntil,
    List<ShownRequest> requests,
    List<TokenTemplate.Token> tokens,
    int pages,
    long records,
    long created,
    long updated,
    long deleted,
    long quarantined,
    List<Event> events,
    List<String> sample,
    List<Quarantined> quarantine) {

  PollReport withId(long number) {
    return new PollReport(
        number,
        instanceId,
        resource,
        dryRun,
        startedAt,
        took,
        windowStart,
        error,
        waitsUntil,
        requests,
        tokens,
        pages,
        records,
        created,
        updated,
        deleted,
        quarantined,
        events,
        sample,
        quarantine);
  }

  /** An event that would be entered; type CREATED, UPDATED or DELETED. */
  public record Event(String eventType, String objectId, Instant date) {}

  /** A record that cannot be entered, and why. */
  public record Quarantined(String objectId, String reason, String excerpt) {}
}
