package dev.watchpost.operation;

import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.outbox.OutboxEvent;
import dev.watchpost.outbox.Settlement;
import dev.watchpost.poll.PollReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happened, counted and timed as it happens. No meter has a label by instance or resource:
 * there may be tens of thousands of them. Thread-safe.
 */
final class Metrics {
  private static final Duration[] DURATIONS =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
  private static final Duration[] AGES =
      millis(
          10,
          50,
          100,
          500,
          1_000,
          5_000,
          15_000,
          60_000,
          300_000,
          900_000,
          3_600_000,
          21_600_000,
          86_400_000);

  private final MeterRegistry registry;
  private final Map<EventType, Counter> byType = new EnumMap<>(EventType.class);
  private final Map<String, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final Counter records;
  private final Counter quarantined;
  private final Timer entryAge;
  private final Timer deliveryAge;

  Metrics(MeterRegistry registry) {
    this.registry = registry;
    this.records =
        Counter.builder("watchpost.records")
            .description("Records read by polls")
            .register(registry);
    this.quarantined =
        Counter.builder("watchpost.records.quarantined")
            .description("Records that could not be entered")
            .register(registry);
    this.entryAge =
        Timer.builder("watchpost.event.entry.age")
            .description("From the date of a change at its source to its commit in the outbox")
            .serviceLevelObjectives(AGES)
            .register(registry);
    this.deliveryAge =
        Timer.builder("watchpost.event.delivery.age")
            .description("From an event's commit to its acceptance by the callback")
            .serviceLevelObjectives(AGES)
            .register(registry);
    // what has not happened yet is 0, not absent
    List.of("success", "failed", "waiting").forEach(this::polls);
    for (EventType type : EventType.values()) {
      byType.put(type, events(type.name().toLowerCase(Locale.ROOT)));
    }
    List.of("accepted", "refused", "unreachable", "gone", "unsendable").forEach(this::attempts);
  }

  private static Duration[] millis(long... values) {
    return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private Counter polls(String outcome) {
    return Counter.builder("watchpost.polls")
        .description("Polls by outcome; waiting: put off, or held by undelivered events")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter events(String type) {
    return Counter.builder("watchpost.events")
        .description("Events entered in the outbox, of polls and webhooks")
        .tag("type", type)
        .register(registry);
  }

  private Counter attempts(String outcome) {
    return Counter.builder("watchpost.delivery.attempts")
        .description("Notifications sent, by what came of it")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** Records of a poll that was put off are counted once it has ended. */
  void polled(PollReport report) {
    if (report.error() != null && report.waitsUntil() != null) {
      polls("waiting").increment();
      return;
    }
    String outcome = report.error() == null ? "success" : "failed";
    polls(outcome).increment();
    records.increment(report.records());
    quarantined.increment(report.quarantined());
    Timer.builder("watchpost.poll.duration")
        .description("From a poll's first request to its end")
        .tag("outcome", outcome)
        .serviceLevelObjectives(DURATIONS)
        .register(registry)
        .record(report.took());
  }

  void entered(List<NewEvent> events, Instant now) {
    for (NewEvent event : events) {
      byType.get(event.type()).increment();
      entryAge.record(between(event.date(), now));
    }
  }

  void attempted(Settlement settlement) {
    String outcome = settlement.attempt().outcome();
    attempts.computeIfAbsent(outcome, this::attempts).increment();
    durations.computeIfAbsent(outcome, this::durations).record(settlement.attempt().took());
    if (settlement.result() instanceof Settlement.Delivered) {
      Instant accepted = settlement.attempt().startedAt().plus(settlement.attempt().took());
      for (OutboxEvent event : settlement.claimed().events()) {
        deliveryAge.record(between(settlement.claimed().enteredAt(), accepted));
      }
    }
  }

  private Timer durations(String outcome) {
    return Timer.builder("watchpost.delivery.duration")
        .description("From sending a notification to its answer")
        .tag("outcome", outcome)
        .serviceLevelObjectives(DURATIONS)
        .register(registry);
  }

  /** Clocks of others may be ahead of ours. */
  private static Duration between(Instant earlier, Instant later) {
    Duration age = Duration.between(earlier, later);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
