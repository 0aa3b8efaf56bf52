package dev.watchpost.change;

import dev.watchpost.outbox.EventType;
import java.time.Instant;

/**
 * A change as a webhook tells it.
 *
 * @param objectType the resource's name
 * @param objectId 1 to 1,000 characters, the same as a poll finds
 * @param date when it happened; null: it does not say
 * @param record the whole record as UTF-8 JSON text of one object; null: it does not show it
 */
public record ToldEvent(
    String objectType, String objectId, EventType type, Instant date, byte[] record) {}
