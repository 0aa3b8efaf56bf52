package dev.watchpost.poll;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which resource is due, and which is being polled: polls of one resource never overlap. By route
 * id. Thread-safe.
 */
public final class PollSchedule {
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  private record Slot(Instant due, boolean polling) {}

  /**
   * Sets when a route is due.
   *
   * @param due null: at once
   */
  void due(String routeId, Instant due) {
    Instant at = due == null ? Instant.MIN : due;
    slots.compute(routeId, (id, slot) -> new Slot(at, slot != null && slot.polling));
  }

  /** True where the route was due and idle: it is being polled from now on. */
  boolean claim(String routeId, Instant now) {
    return take(routeId, slot -> !now.isBefore(slot.due));
  }

  /** As {@link #claim}, due or not. */
  boolean claimNow(String routeId) {
    return take(routeId, slot -> true);
  }

  private boolean take(String routeId, java.util.function.Predicate<Slot> may) {
    boolean[] taken = {false};
    slots.computeIfPresent(
        routeId,
        (id, slot) -> {
          taken[0] = !slot.polling && may.test(slot);
          return taken[0] ? new Slot(slot.due, true) : slot;
        });
    return taken[0];
  }

  /** The poll has ended. */
  void release(String routeId) {
    slots.computeIfPresent(routeId, (id, slot) -> new Slot(slot.due, false));
  }

  void remove(String routeId) {
    slots.remove(routeId);
  }

  boolean knows(String routeId) {
    return slots.containsKey(routeId);
  }

  boolean polling(String routeId) {
    Slot slot = slots.get(routeId);
    return slot != null && slot.polling;
  }
}
