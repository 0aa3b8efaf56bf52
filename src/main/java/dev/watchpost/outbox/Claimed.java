package dev.watchpost.outbox;

import java.time.Instant;
import java.util.List;

/**
 * A notification that is ours to send until its claim lapses.
 *
 * @param id its number
 * @param messageId {@code webhook-id}: the same at every attempt
 * @param enteredAt when its events were committed
 * @param attempts made so far
 * @param tries made so far that count against the retry schedule
 * @param claim fencing number: settling needs it to be the latest
 * @param events at least one, at most one of an object, in their order
 */
public record Claimed(
    long id,
    String messageId,
    long instanceId,
    long resourceId,
    String objectType,
    Instant pollAt,
    Instant enteredAt,
    int attempts,
    int tries,
    long claim,
    List<OutboxEvent> events) {

  /** One of its events as a notification of its own, whose message id is the event's. */
  public Claimed alone(OutboxEvent event) {
    return new Claimed(
        id,
        event.eventId(),
        instanceId,
        resourceId,
        objectType,
        pollAt,
        enteredAt,
        attempts,
        tries,
        claim,
        List.of(event));
  }
}
