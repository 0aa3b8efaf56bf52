package dev.watchpost.outbox;

import java.time.Instant;

/**
 * Which events; null in any place: all.
 *
 * @param organization whose instances
 * @param from first poll time, inclusive
 * @param to last poll time, exclusive
 */
public record EventFilter(
    Long organization,
    Long instanceId,
    String objectType,
    EventType eventType,
    EventStatus status,
    Instant from,
    Instant to) {

  /** Whose instance it is has been looked at. */
  public EventFilter(
      Long instanceId,
      String objectType,
      EventType eventType,
      EventStatus status,
      Instant from,
      Instant to) {
    this(null, instanceId, objectType, eventType, status, from, to);
  }

  /** Every event of an instance; of all instances where it is null. */
  public static EventFilter of(Long instanceId) {
    return new EventFilter(instanceId, null, null, null, null, null);
  }
}
