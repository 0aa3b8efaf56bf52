package dev.watchpost.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.OutboxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a history's events must be, told from what the source showed, poll by poll, and not from how
 * it is worked out.
 */
final class Oracle {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  private final boolean sweeps;
  private final Set<Version> due = new HashSet<>();
  private final Set<String> may = new HashSet<>();
  private final Set<String> remembered = new HashSet<>();
  private final Map<String, Integer> missed = new HashMap<>();
  private final Set<String> everShown = new TreeSet<>();
  private final Set<String> known = new TreeSet<>();
  private final Set<String> silent = new HashSet<>();
  private final Set<String> uncertain = new HashSet<>();
  private final Map<String, List<OutboxEvent>> entered = new HashMap<>();
  private final Set<String> mayBeDeleted = new HashSet<>();

  Oracle(Plan plan) {
    sweeps = plan.listing() == Plan.Listing.ALL;
  }

  /**
   * A poll has ended.
   *
   * @param shown what the source showed in it
   * @param events what it entered, oldest first
   */
  void polled(boolean complete, Instant startFrom, List<Version> shown, List<OutboxEvent> events) {
    for (Version version : shown) {
      boolean old = !version.updated().plusSeconds(1).isAfter(startFrom);
      boolean unseen = !known.contains(version.id());
      String name = name(version.id(), version.number());
      if (old && unseen) {
        remembered.add(name);
      } else if (!remembered.contains(name)) {
        may.add(name);
      }
      if (complete) {
        known.add(version.id());
        if (old && unseen) {
          silent.add(version.id());
        }
      } else if (old && unseen) {
        // its page may have been entered or not
        uncertain.add(version.id());
      }
    }
    if (sweeps) {
      sweep(complete, shown);
    }
    events.forEach(event -> enter(event, shown, startFrom));
    if (complete) {
      shown.stream().filter(this::mustBeTold).forEach(due::add);
    }
    Set<String> told = names();
    due.forEach(
        version ->
            assertThat(told).as("never lost").contains(name(version.id(), version.number())));
  }

  /** Deleted is told once: deleted, restored and deleted again unseen is still deleted. */
  private boolean mustBeTold(Version version) {
    boolean stillDeleted =
        version.deleted()
            && lastIsDeleted(
                entered.getOrDefault(version.id(), List.of()).stream()
                    .filter(event -> number(event) <= version.number())
                    .toList());
    return !stillDeleted && !remembered.contains(name(version.id(), version.number()));
  }

  private void sweep(boolean complete, List<Version> shown) {
    Set<String> ids = new HashSet<>();
    shown.forEach(version -> ids.add(version.id()));
    mayBeDeleted.clear();
    everShown.addAll(ids);
    if (!complete) {
      // its pages may have been entered or not, and it is no sweep
      return;
    }
    for (String id : everShown) {
      if (ids.contains(id)) {
        missed.remove(id);
      } else if (missed.merge(id, 1, Integer::sum) >= 2) {
        mayBeDeleted.add(id);
      }
    }
  }

  private void enter(OutboxEvent event, List<Version> shown, Instant startFrom) {
    String id = event.objectId();
    List<OutboxEvent> before = entered.computeIfAbsent(id, none -> new ArrayList<>());
    if (sweeps && event.type() == EventType.DELETED) {
      assertThat(mayBeDeleted).as("deleted after two sweeps without it").contains(id);
    } else {
      assertThat(may).as("nothing is invented").contains(name(id, number(event)));
      assertThat(numbers(before)).as("entered once").doesNotContain(number(event));
      assertThat(numbers(before)).as("in order").allMatch(number -> number < number(event));
      Version version =
          shown.stream()
              .filter(each -> each.id().equals(id) && each.number() == number(event))
              .findFirst()
              .orElseThrow(() -> new AssertionError("entered in another poll than it was shown"));
      if (!uncertain.contains(id)) {
        assertThat(event.type())
            .as("type of %s", version)
            .isEqualTo(type(version, before, startFrom));
      }
    }
    before.add(event);
  }

  private EventType type(Version version, List<OutboxEvent> before, Instant startFrom) {
    if (version.deleted()) {
      return EventType.DELETED;
    }
    if (!before.isEmpty()) {
      boolean gone = before.get(before.size() - 1).type() == EventType.DELETED;
      return gone ? EventType.CREATED : EventType.UPDATED;
    }
    boolean createdOld = !version.created().plusSeconds(1).isAfter(startFrom);
    boolean edited =
        Duration.between(version.created(), version.updated()).compareTo(TOLERANCE) > 0;
    return silent.contains(version.id()) || (createdOld && edited)
        ? EventType.UPDATED
        : EventType.CREATED;
  }

  /** The story is over and quiet polls have followed: what stayed visible has been told. */
  void settled(ModelSource source, Instant startFrom, boolean marked) {
    for (String id : source.ids()) {
      Version last = source.current(id).orElseThrow();
      List<OutboxEvent> events = entered.getOrDefault(id, List.of());
      if (last.deleted() && sweeps) {
        assertThat(!known.contains(id) || lastIsDeleted(events)).as("%s is told", last).isTrue();
      } else if (!last.deleted() || marked) {
        boolean old = !last.updated().plusSeconds(1).isAfter(startFrom);
        boolean stillDeleted = last.deleted() && lastIsDeleted(events);
        assertThat(old || stillDeleted || names().contains(name(id, last.number())))
            .as("%s stayed visible and is told", last)
            .isTrue();
      }
    }
  }

  private static boolean lastIsDeleted(List<OutboxEvent> events) {
    return !events.isEmpty() && events.get(events.size() - 1).type() == EventType.DELETED;
  }

  /** What was received is what was entered, in the order of each object. */
  void received(ModelCallback callback) {
    assertThat(callback.faults()).isEmpty();
    Map<String, List<String>> ids = new HashMap<>();
    entered.forEach(
        (object, events) -> {
          if (!events.isEmpty()) {
            ids.put(object, events.stream().map(OutboxEvent::eventId).toList());
          }
        });
    assertThat(callback.byObject()).as("order per object").isEqualTo(ids);
  }

  int events() {
    return entered.values().stream().mapToInt(List::size).sum();
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    entered
        .values()
        .forEach(
            events ->
                events.stream()
                    .filter(event -> !(sweeps && event.type() == EventType.DELETED))
                    .forEach(event -> names.add(name(event.objectId(), number(event)))));
    return names;
  }

  private List<Integer> numbers(List<OutboxEvent> events) {
    return events.stream()
        .filter(event -> !(sweeps && event.type() == EventType.DELETED))
        .map(Oracle::number)
        .toList();
  }

  private static int number(OutboxEvent event) {
    try {
      return JSON.readTree(event.raw()).path("n").asInt();
    } catch (JsonProcessingException e) {
      throw new AssertionError(event.raw(), e);
    }
  }

  private static String name(String id, int number) {
    return id + " version " + number;
  }
}
