package dev.watchpost.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchpost.outbox.Attempt;
import dev.watchpost.outbox.OutboxEvent;
import dev.watchpost.outbox.StoredEvent;
import java.time.Instant;
import java.util.List;

/**
 * An event with the state of its delivery; what is null is left out.
 *
 * @param notificationId message id of its notification, {@code webhook-id}
 * @param nextAttempt while PENDING
 * @param raw of one event only, as before, changedFields and attempts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventJson(
    String eventId,
    long instanceId,
    String eventType,
    String objectId,
    String objectType,
    String date,
    String pollDate,
    String status,
    String notificationId,
    long sequence,
    int attemptCount,
    String nextAttempt,
    String settledDate,
    Object raw,
    Object before,
    Object changedFields,
    List<AttemptJson> attempts) {

  /** One POST of its notification; status is null where no answer came. */
  record AttemptJson(
      int number, String date, Integer status, String outcome, String error, long millis) {

    static AttemptJson of(Attempt attempt) {
      return new AttemptJson(
          attempt.number(),
          attempt.startedAt().toString(),
          attempt.status(),
          attempt.outcome(),
          attempt.error(),
          attempt.took().toMillis());
    }
  }

  /** As listed. */
  static EventJson listed(StoredEvent stored) {
    return of(stored, null, null, null, null);
  }

  /** With its record and its attempts. */
  static EventJson whole(StoredEvent stored) {
    OutboxEvent event = stored.event();
    return of(
        stored,
        Json.stored(event.raw()),
        Json.stored(event.before()),
        Json.stored(event.changedFields()),
        stored.deliveries().stream().map(AttemptJson::of).toList());
  }

  private static EventJson of(
      StoredEvent stored,
      Object raw,
      Object before,
      Object changedFields,
      List<AttemptJson> attempts) {
    OutboxEvent event = stored.event();
    return new EventJson(
        event.eventId(),
        stored.instanceId(),
        event.type().name(),
        event.objectId(),
        stored.objectType(),
        text(event.date()),
        text(event.pollAt()),
        stored.status().name(),
        stored.messageId(),
        event.sequence(),
        stored.attempts(),
        text(stored.nextAttemptAt()),
        text(stored.settledAt()),
        raw,
        before,
        changedFields,
        attempts);
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
