package dev.watchpost.poll;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll routes: one for each resource of each active instance, made from the template {@code
 * watchpost-poll}. The store says which should run; {@link #reconcile} compares and mends, touching
 * only what differs.
 */
public final class PollRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(PollRoutes.class);
  private static final Duration SHORTEST_TICK = Duration.ofMillis(100);
  private static final Duration LONGEST_TICK = Duration.ofSeconds(5);
  private static final int FEW = 20;
  private static final int TICKS_AN_INTERVAL = 10;

  private final CamelContext context;
  private final Instances instances;
  private final PollStates states;
  private final PollSchedule schedule;
  private final Clock clock;
  private final Map<String, Resource> running = new HashMap<>();
  private final Map<Long, String> unusable = new HashMap<>();

  public PollRoutes(
      CamelContext context,
      Instances instances,
      PollStates states,
      PollSchedule schedule,
      Clock clock) {
    this.context = context;
    this.instances = instances;
    this.states = states;
    this.schedule = schedule;
    this.clock = clock;
  }

  /** Makes the routes what the store says; before the context starts, all of them at once. */
  public synchronized void reconcile() {
    Map<String, Wanted> wanted = wanted();
    List.copyOf(running.keySet()).stream()
        .filter(id -> !wanted.containsKey(id))
        .forEach(this::remove);
    wanted.values().removeIf(each -> each.resource == running.get(each.id()));
    Map<String, ResourceState> states = stored(wanted.size());
    wanted.forEach((id, each) -> mendUnlessGone(id, each, states.get(id)));
  }

  private void mendUnlessGone(String id, Wanted wanted, ResourceState stored) {
    try {
      mend(id, wanted, stored);
    } catch (NoSuchElementException deletedMeanwhile) {
      LOG.debug("route {} is not needed: {}", id, deletedMeanwhile.getMessage());
    }
  }

  /** Many are read at once; of a few each by itself. */
  private Map<String, ResourceState> stored(int wanted) {
    Map<String, ResourceState> stored = new HashMap<>();
    if (wanted > FEW) {
      for (ResourceState state : states.list(null)) {
        stored.put(PollRoute.id(state.instanceId(), state.name()), state);
      }
    }
    return stored;
  }

  /** After instances were changed by a user: what failed until now is polled at once. */
  public void changed(Collection<Long> instanceIds) {
    for (long instanceId : instanceIds) {
      List<ResourceState> all = states.list(instanceId);
      states.edited(instanceId);
      all.forEach(state -> schedule.edited(PollRoute.id(instanceId, state.name())));
      all.stream()
          .filter(state -> state.paused() || state.failures() > 0)
          .map(state -> PollRoute.id(instanceId, state.name()))
          .filter(schedule::knows)
          .forEach(
              id -> {
                schedule.due(id, null);
                Wakes.now(context, id);
              });
    }
    reconcile();
  }

  private record Wanted(Instance instance, Resource resource) {
    String id() {
      return PollRoute.id(instance.id(), resource.name());
    }
  }

  private Map<String, Wanted> wanted() {
    Map<String, Wanted> wanted = new HashMap<>();
    for (Instance instance : instances.active()) {
      for (Resource resource : resources(instance)) {
        Wanted one = new Wanted(instance, resource);
        wanted.put(one.id(), one);
      }
    }
    return wanted;
  }

  /** An instance that cannot work stops nobody else. */
  private List<Resource> resources(Instance instance) {
    List<Resource> resources = List.of();
    String wrong;
    try {
      resources = instances.resources(instance);
      wrong = text(instances.problems(instance), "polls as before its element was changed");
    } catch (InvalidInstance e) {
      wrong = text(e.problems(), "does not poll");
    }
    if (wrong == null) {
      unusable.remove(instance.id());
    } else if (!wrong.equals(unusable.put(instance.id(), wrong))) {
      LOG.warn("instance={} {}", instance.id(), wrong);
    }
    return resources;
  }

  private static String text(List<Problem> problems, String consequence) {
    return problems.isEmpty() ? null : "%s: %s".formatted(consequence, problems);
  }

  /**
   * @param stored null: not known
   */
  private void mend(String id, Wanted wanted, ResourceState stored) {
    Resource resource = wanted.resource;
    Resource before = running.get(id);
    Duration interval = resource.refreshInterval();
    ResourceState state =
        stored != null && resource.baseline().equals(stored.baseline())
            ? stored
            : states.watch(wanted.instance.id(), resource, clock.instant());
    if (before == null) {
      schedule.due(id, state.paused() ? Instant.MAX : state.nextPoll());
      add(id, interval);
    } else if (!before.refreshInterval().equals(interval)) {
      remove(id);
      schedule.due(id, state.lastPoll() == null ? null : state.lastPoll().plus(interval));
      add(id, interval);
    } else {
      schedule.edited(id);
    }
    running.put(id, resource);
  }

  private void add(String id, Duration interval) {
    TemplatedRouteBuilder.builder(context, "watchpost-poll")
        .routeId(id)
        .parameter("tick", tick(interval).toMillis())
        .add();
    // a timer's first tick is lost where it comes before its route has quite started
    Wakes.now(context, id);
  }

  private static Duration tick(Duration interval) {
    Duration tick = interval.dividedBy(TICKS_AN_INTERVAL);
    if (tick.compareTo(SHORTEST_TICK) < 0) {
      return SHORTEST_TICK;
    }
    return tick.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : tick;
  }

  private void remove(String id) {
    try {
      context.getRouteController().stopRoute(id);
      context.removeRoute(id);
      schedule.remove(id);
      running.remove(id);
    } catch (Exception e) {
      LOG.error("route {} does not stop; it is tried again", id, e);
    }
  }
}
