package dev.watchpost.operation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What is, as the last look has shown it. Resources have a series each only for the 100 that lag
 * most; all of them are in the counts and the quantiles.
 */
final class Gauges {
  private static final int MOST_SERIES = 100;
  private static final List<String> QUANTILES = List.of("0.5", "0.9", "0.99", "1");

  private final MeterRegistry registry;
  private final Supplier<Survey> survey;
  private final MultiGauge lags;

  Gauges(MeterRegistry registry, Supplier<Survey> survey) {
    this.registry = registry;
    this.survey = survey;
    this.lags =
        MultiGauge.builder("watchpost.resource.lag")
            .description("Since the last success, of the 100 resources that lag most")
            .baseUnit("seconds")
            .register(registry);
    for (ResourceLook.State state : ResourceLook.State.values()) {
      gauge(
          "watchpost.resources",
          "Watched resources by state",
          null,
          Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
          now -> now.count(state));
    }
    for (String quantile : QUANTILES) {
      gauge(
          "watchpost.resources.lag",
          "Since the last success, over all watched resources",
          "seconds",
          Tags.of("quantile", quantile),
          now -> now.lag(Double.parseDouble(quantile)));
    }
    String events = "Events in the outbox that are not delivered";
    gauge(
        "watchpost.outbox.events",
        events,
        null,
        Tags.of("state", "pending"),
        now -> now.outbox().pending());
    gauge(
        "watchpost.outbox.events",
        events,
        null,
        Tags.of("state", "dead"),
        now -> now.outbox().dead());
    gauge(
        "watchpost.outbox.oldest.age",
        "Of the oldest pending event, since its commit",
        "seconds",
        Tags.empty(),
        now -> now.outbox().oldest().toMillis() / 1000.0);
  }

  private void gauge(
      String name, String description, String unit, Tags tags, ToDoubleFunction<Survey> value) {
    Gauge.builder(name, survey, latest -> value.applyAsDouble(latest.get()))
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** After each look: which resources lag most may have changed. */
  void refresh() {
    lags.register(
        survey.get().resources().stream()
            .limit(MOST_SERIES)
            .<MultiGauge.Row<?>>map(Gauges::row)
            .toList(),
        true);
  }

  private static MultiGauge.Row<?> row(ResourceLook look) {
    return MultiGauge.Row.of(
        Tags.of("instance_id", Long.toString(look.instanceId()), "resource", look.resource()),
        look.lag().toMillis() / 1000.0);
  }
}
