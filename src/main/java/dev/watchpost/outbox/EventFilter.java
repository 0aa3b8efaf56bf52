package dev.watchpost.outbox;

import java.time.Instant;

/**
 * Which events; null in any place: all.
 *
 * @param from first poll time, inclusive
 * @param to last poll time, exclusive
 */
public record EventFilter(
    Long instanceId,
    String objectType,
    EventType eventType,
    EventStatus status,
    Instant from,
    Instant to) {

  /** Every event of an instance; of all instances where it is null. */
  public static EventFilter of(Long instanceId) {
    return new EventFilter(instanceId, null, null, null, null, null);
  }
}
