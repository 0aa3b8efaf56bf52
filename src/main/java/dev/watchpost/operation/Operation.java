package dev.watchpost.operation;

import dev.watchpost.callback.Delivery;
import dev.watchpost.instance.Instances;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.poll.PollSteps;
import dev.watchpost.poll.Polls;
import dev.watchpost.store.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Metrics and health of a Watchpost in its context's meter registry and health registry, where it
 * has them.
 */
public final class Operation {
  private final Surveyor surveyor;
  private final Metrics metrics;
  private final Gauges gauges;
  private final Clock clock;

  public Operation(
      CamelContext context, Database database, Instances instances, Polls polls, Clock clock) {
    this.surveyor = new Surveyor(database, instances, polls, clock);
    MeterRegistry registry = registry(context);
    this.metrics = new Metrics(registry);
    this.gauges = new Gauges(registry, surveyor::latest);
    this.clock = clock;
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    if (health != null) {
      health.register(new ResourceChecks(surveyor::latest));
      health.register(new StoreCheck(surveyor::latest));
    }
  }

  /** A host's own, if it has one. */
  private static MeterRegistry registry(CamelContext context) {
    MeterRegistry found = context.getRegistry().findSingleByType(MeterRegistry.class);
    return found == null ? new SimpleMeterRegistry() : found;
  }

  /** Counts what these do from now on. */
  public void watch(PollSteps steps, Outbox outbox, Delivery delivery) {
    steps.addListener(metrics::polled);
    outbox.addListener(events -> metrics.entered(events, clock.instant()));
    delivery.addListener(metrics::attempted);
  }

  /** Looks at the store; to be called every few seconds, by one thread at a time. */
  public void look() {
    surveyor.look();
    gauges.refresh();
  }
}
