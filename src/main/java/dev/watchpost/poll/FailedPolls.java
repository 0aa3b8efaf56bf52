package dev.watchpost.poll;

import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.source.EndlessPaging;
import dev.watchpost.source.FailureLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;

/** What becomes of a poll that did not end well: when it is tried again, and what is said of it. */
final class FailedPolls {
  private static final Duration SHOWN_WAIT = Duration.ofMinutes(1);

  private final PollStates states;
  private final PollSchedule schedule;
  private final PollPolicy policy;
  private final Clock clock;
  private final RandomGenerator random;

  FailedPolls(
      PollStates states,
      PollSchedule schedule,
      PollPolicy policy,
      Clock clock,
      RandomGenerator random) {
    this.states = states;
    this.schedule = schedule;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /** A page failed before what the poll ended with. */
  void before(Exchange exchange, RuntimeException page) {
    page.addSuppressed(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, page);
  }

  /** This process stops, which is no failure: nothing is stored of it. */
  void handBack(Exchange exchange) {
    PollRun run = exchange.getProperty(PollSteps.RUN, PollRun.class);
    if (run != null) {
      Instant now = clock.instant();
      run.finish(now, "handed back, the process stops", now);
      PollLog.LOG.info(
          "poll instance={} resource={} handed back, the process stops",
          run.instance().id(),
          run.resource().name());
    }
  }

  /** One clear line, and a later try. The cursor stays. */
  void end(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    PollRun run = exchange.getProperty(PollSteps.RUN, PollRun.class);
    if (run == null) {
      PollLog.LOG.warn(
          "route={} poll not begun: {}", exchange.getFromRouteId(), line(failure, text -> text));
      schedule.due(exchange.getFromRouteId(), clock.instant().plus(policy.backoffInitial()));
      return;
    }
    Instant now = clock.instant();
    String line = line(failure, run::masked);
    run.finish(now, line);
    if (failure instanceof PollFailure.Later later) {
      run.finish(now, line, later.retryAt());
      putOff(run, now, later.retryAt(), line);
      Wakes.in(
          Duration.between(now, later.retryAt()), exchange.getContext(), exchange.getFromRouteId());
      return;
    }
    if (run.dry()) {
      PollLog.write(run.report());
      return;
    }
    if (failure instanceof PollFailure.Waiting waiting) {
      waits(run, now, waiting.retryAt(), line);
    } else {
      int failures = run.state().failures() + 1;
      boolean paused = failures >= policy.failureLimit();
      Instant next = nextTry(failure, run, failures, now);
      states.fail(run, now, next, paused, goesOnNowhere(run, failure), line);
      schedule.due(PollRoute.id(run), paused ? Instant.MAX : next);
    }
    PollLog.write(run.report());
  }

  /** Where it could go on, the next poll would fail in the same way. */
  private static boolean goesOnNowhere(PollRun run, Throwable failure) {
    boolean atOnce = run.resumed() != null && run.counts().pages() <= 1;
    return caused(failure, EndlessPaging.class)
        || (atOnce && caused(failure, UnusableAnswer.class));
  }

  private static boolean caused(Throwable failure, Class<?> by) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (by.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** Shown only where it takes long. */
  private void putOff(PollRun run, Instant now, Instant until, String line) {
    if (run.dry()) {
      return;
    }
    if (!until.isBefore(now.plus(SHOWN_WAIT))) {
      states.waits(run, now, until, line);
    }
    schedule.park(PollRoute.id(run), run, until);
    PollLog.LOG.debug("poll instance={} {}", run.instance().id(), line);
  }

  /**
   * @param until null: asks again soon, for what it waits for is none of the source's business
   */
  private void waits(PollRun run, Instant now, Instant until, String line) {
    Instant next =
        until == null ? now.plus(policy.waiting(run.resource().refreshInterval())) : until;
    run.finish(now, line, next);
    states.waits(run, now, next, line);
    schedule.due(PollRoute.id(run), next);
  }

  private Instant nextTry(Throwable failure, PollRun run, int failures, Instant now) {
    Instant asked = failure instanceof PollFailure said ? said.retryAt() : null;
    Instant soonest = now.plus(policy.minimumInterval());
    return Optional.ofNullable(asked)
        .map(at -> at.isBefore(soonest) ? soonest : at)
        .orElseGet(
            () -> now.plus(policy.backoff(run.resource().refreshInterval(), failures, random)));
  }

  private static String line(Throwable failure, UnaryOperator<String> mask) {
    return FailureLine.of(
        failure, cause -> cause instanceof PollFailure || cause instanceof Overtaken, mask);
  }
}
