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

  /**
   * @param parked a poll under way that goes on when it is due; null: none
   * @param outdated the one being polled goes by settings that have changed
   */
  private record Slot(Instant due, boolean polling, PollRun parked, boolean outdated) {
    static final Slot NONE = new Slot(Instant.MIN, false, null, false);

    Slot due(Instant at) {
      return new Slot(at, polling, parked, outdated);
    }

    Slot polling(boolean now) {
      return new Slot(due, now, parked, false);
    }

    Slot parked(PollRun run) {
      return new Slot(due, polling, outdated ? null : run, outdated);
    }

    Slot edited() {
      return new Slot(due, polling, null, polling);
    }
  }

  /**
   * Sets when a route is due.
   *
   * @param due null: at once
   */
  void due(String routeId, Instant due) {
    Instant at = due == null ? Instant.MIN : due;
    slots.compute(routeId, (id, slot) -> (slot == null ? Slot.NONE : slot).due(at));
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
          return taken[0] ? slot.polling(true) : slot;
        });
    return taken[0];
  }

  /** The poll has ended. */
  void release(String routeId) {
    slots.computeIfPresent(routeId, (id, slot) -> slot.polling(false));
  }

  /** Keeps a poll under way until it is due to go on; not one that is {@link #edited} meanwhile. */
  void park(String routeId, PollRun run, Instant due) {
    slots.computeIfPresent(routeId, (id, slot) -> slot.parked(run).due(due));
  }

  /** Takes the poll that was parked; null: none was. */
  PollRun unpark(String routeId) {
    PollRun[] parked = {null};
    slots.computeIfPresent(
        routeId,
        (id, slot) -> {
          parked[0] = slot.parked;
          return slot.parked(null);
        });
    return parked[0];
  }

  /** A poll under way that is put off asks by the settings before: another begins in its place. */
  void edited(String routeId) {
    slots.computeIfPresent(routeId, (id, slot) -> slot.edited());
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
