package dev.watchpost.outbox;

import java.time.Instant;
import java.util.List;

/**
 * An event with the state of its delivery.
 *
 * @param notificationId number of the notification that carries it
 * @param messageId {@code webhook-id} of that notification
 * @param nextAttemptAt null unless PENDING
 * @param settledAt when it was delivered or given up; null while PENDING
 * @param attempts made so far
 * @param deliveries those attempts, oldest first; empty in lists
 */
public record StoredEvent(
    OutboxEvent event,
    long instanceId,
    String objectType,
    long notificationId,
    String messageId,
    EventStatus status,
    Instant nextAttemptAt,
    Instant settledAt,
    int attempts,
    List<Attempt> deliveries) {}
