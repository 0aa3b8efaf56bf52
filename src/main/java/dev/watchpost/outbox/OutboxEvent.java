package dev.watchpost.outbox;

import java.time.Instant;

/**
 * An event as a notification carries it.
 *
 * @param eventId hash of instance, resource, object id and sequence
 * @param date when the change happened as the source tells it
 * @param pollAt when it was read
 * @param raw the whole record as JSON text
 * @param before the record before, as JSON text; null where it is not kept
 * @param changedFields JSON Pointers as a JSON array; null where they are not kept
 */
public record OutboxEvent(
    String eventId,
    EventType type,
    String objectId,
    long sequence,
    Instant date,
    Instant pollAt,
    String raw,
    String before,
    String changedFields) {}
