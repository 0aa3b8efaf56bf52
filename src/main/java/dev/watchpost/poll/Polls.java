package dev.watchpost.poll;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.resource.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;

/** The polls of an instance: their state, their history, and polling now. */
public final class Polls {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CamelContext context;
  private final Instances instances;
  private final PollStates states;
  private final PollSchedule schedule;
  private final Runnable reconcile;
  private final ToLongFunction<PollRun> releaseDeletes;
  private final Clock clock;

  /**
   * @param reconcile makes the routes what the store says, now
   * @param releaseDeletes enters the deletes a sweep's limit held back; how many
   */
  public Polls(
      CamelContext context,
      Instances instances,
      PollStates states,
      PollSchedule schedule,
      Runnable reconcile,
      ToLongFunction<PollRun> releaseDeletes,
      Clock clock) {
    this.context = context;
    this.instances = instances;
    this.states = states;
    this.schedule = schedule;
    this.reconcile = reconcile;
    this.releaseDeletes = releaseDeletes;
    this.clock = clock;
  }

  /**
   * State of every resource of an instance, by name; of all instances where {@code instanceId} is
   * null.
   */
  public List<ResourceState> states(Long instanceId) {
    return states.list(instanceId);
  }

  /** States of the resources of all instances of an organization. */
  public List<ResourceState> statesOf(long organization) {
    return states.listOf(organization);
  }

  /** True while the resource is being polled. */
  public boolean underWay(long instanceId, String resource) {
    return schedule.polling(PollRoute.id(instanceId, resource));
  }

  /** A past poll. */
  public record Past(
      long id,
      String resource,
      Instant startedAt,
      Instant endedAt,
      Instant windowStart,
      String outcome,
      String error,
      int pages,
      long records,
      long created,
      long updated,
      long deleted,
      long quarantined) {}

  /**
   * Past polls of an instance, newest first.
   *
   * @param resource null: of all of them
   */
  public List<Past> history(long instanceId, String resource, int limit, int offset) {
    return states.history().list(instanceId, resource, limit, offset);
  }

  /** A record in quarantine. */
  public record Quarantine(
      String resource,
      String objectId,
      String reason,
      String excerpt,
      Instant firstAt,
      Instant lastAt) {}

  /** Records in quarantine of an instance, newest first. */
  public List<Quarantine> quarantine(long instanceId, int limit) {
    return states.history().quarantine(instanceId, limit);
  }

  /**
   * Polls now, through the resource's route, and waits for it. A failed poll is reported, not
   * thrown.
   *
   * @param resource null: all of the instance's
   * @return one report a resource, in the order of the configuration
   * @throws NoSuchElementException where the instance has no such resource
   * @throws IllegalStateException where that resource is being polled right now, or its instance is
   *     disabled
   */
  public List<PollReport> pollNow(long instanceId, String resource, boolean dryRun) {
    List<Resource> resources =
        resource == null
            ? instances.resources(instance(instanceId))
            : List.of(resource(instance(instanceId), resource));
    return resources.stream().map(each -> pollNow(instanceId, each, dryRun)).toList();
  }

  private PollReport pollNow(long instanceId, Resource resource, boolean dryRun) {
    String id = PollRoute.id(instanceId, resource.name());
    Route route = route(instanceId, id);
    if (route == null) {
      throw new IllegalStateException(
          "instance %d does not poll: enable it, and event.notification.enabled"
              .formatted(instanceId));
    }
    if (!claim(id)) {
      throw new IllegalStateException("%s is being polled right now".formatted(resource.name()));
    }
    Exchange exchange = route.getEndpoint().createExchange();
    exchange.getExchangeExtension().setFromRouteId(id);
    exchange.setProperty(PollSteps.ASKED, dryRun);
    try {
      route.getConsumer().getProcessor().process(exchange);
    } catch (Exception e) {
      throw new IllegalStateException("%s could not be polled".formatted(resource.name()), e);
    }
    PollRun run = exchange.getProperty(PollSteps.RUN, PollRun.class);
    if (run == null) {
      throw new IllegalStateException("%s could not be polled".formatted(resource.name()));
    }
    return dryRun ? run.report() : run.report().withId(states.history().id(run));
  }

  /** A poll that is just ending is waited for: its results show a moment before it has ended. */
  private boolean claim(String routeId) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!schedule.claimNow(routeId)) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** That of an instance that was stored a moment ago may not be there yet. */
  private Route route(long instanceId, String id) {
    if (context.getRoute(id) == null && instance(instanceId).active()) {
      reconcile.run();
    }
    return context.getRoute(id);
  }

  private Instance instance(long instanceId) {
    return instances
        .find(instanceId)
        .orElseThrow(() -> new NoSuchElementException("no instance " + instanceId));
  }

  private Resource resource(Instance instance, String name) {
    List<Resource> resources = instances.resources(instance);
    return resources.stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "instance %d has no resource '%s'; it has %s"
                        .formatted(
                            instance.id(), name, resources.stream().map(Resource::name).toList())));
  }

  /**
   * Forgets cursor, startFrom and what was seen of a resource: its next poll, at once, is its
   * first.
   */
  public void reset(long instanceId, String resource) {
    whileIdle(instanceId, resource, state -> states.reset(state.id(), clock.instant()));
    schedule.due(PollRoute.id(instanceId, resource), null);
  }

  /** Enters the deletes that a sweep's limit held back. */
  public void release(long instanceId, String resource) {
    Instance instance = instance(instanceId);
    Resource watched = resource(instance, resource);
    whileIdle(
        instanceId,
        resource,
        state ->
            releaseDeletes.applyAsLong(
                new PollRun(instance, watched, state, clock.instant(), false)));
  }

  private void whileIdle(
      long instanceId, String resource, java.util.function.Consumer<ResourceState> work) {
    String id = PollRoute.id(instanceId, resource(instance(instanceId), resource).name());
    boolean scheduled = schedule.knows(id);
    if (scheduled && !schedule.claimNow(id)) {
      throw new IllegalStateException("%s is being polled right now".formatted(resource));
    }
    schedule.unpark(id);
    try {
      states.find(instanceId, resource).ifPresent(work);
    } finally {
      schedule.release(id);
    }
  }
}
