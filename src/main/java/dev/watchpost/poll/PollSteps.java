package dev.watchpost.poll;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.network.WebAddress;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.Resource;
import dev.watchpost.source.EndlessPaging;
import dev.watchpost.source.FailureLine;
import dev.watchpost.source.Pace;
import dev.watchpost.source.PollWindow;
import dev.watchpost.source.SourceAnswer;
import dev.watchpost.source.SourceRequest;
import dev.watchpost.source.SourceRequests;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verbs of the poll route, in its order: due, begin, next, request, read, succeed or fail, end.
 * What they say of a poll is kept in its {@link PollRun}; the rest is stored.
 */
public final class PollSteps {
  /** Exchange property that holds the poll under way. */
  public static final String RUN = "watchpostPoll";

  /** Exchange property of a poll that someone asked for: true where it is to be dry. */
  static final String ASKED = "watchpostDryRun";

  private static final Duration SHOWN_WAIT = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger("watchpost.poll");

  private final Instances instances;
  private final PollStates states;
  private final PollSchedule schedule;
  private final PollPolicy policy;
  private final LongPredicate outboxFull;
  private final Clock clock;
  private final RandomGenerator random;
  private final Pace pace;
  private final Turns turns;
  private final RecordMemory memory = new RecordMemory();

  public PollSteps(
      Instances instances,
      PollStates states,
      PollSchedule schedule,
      PollPolicy policy,
      LongPredicate outboxFull,
      Pace pace,
      Clock clock,
      RandomGenerator random) {
    this.instances = instances;
    this.states = states;
    this.schedule = schedule;
    this.policy = policy;
    this.outboxFull = outboxFull;
    this.pace = pace;
    this.turns = new Turns(pace, clock);
    this.clock = clock;
    this.random = random;
  }

  /**
   * True where the timer's tick, or whoever asked, starts a poll: the resource is due and not being
   * polled.
   */
  public boolean due(Exchange exchange) {
    String routeId = exchange.getFromRouteId();
    return exchange.getProperty(ASKED) != null
        ? schedule.polling(routeId)
        : schedule.claim(routeId, clock.instant());
  }

  /** Starts the poll: its window, its listings, its first request; or goes on with one put off. */
  public void begin(Exchange exchange) throws PollFailure {
    boolean dry = Boolean.TRUE.equals(exchange.getProperty(ASKED));
    PollRun parked = dry ? null : schedule.unpark(exchange.getFromRouteId());
    if (parked == null) {
      begin(exchange, dry);
    } else {
      exchange.setProperty(RUN, parked);
    }
  }

  private void begin(Exchange exchange, boolean dry) throws PollFailure {
    PollRoute route = PollRoute.of(exchange.getFromRouteId());
    Instance instance = instances.find(route.instanceId()).orElseThrow(() -> gone(route));
    Resource resource =
        instances.resources(instance).stream()
            .filter(candidate -> candidate.name().equals(route.resource()))
            .findFirst()
            .orElseThrow(() -> gone(route));
    Instant now = clock.instant();
    ResourceState state = state(instance, resource, now).orElseThrow(() -> gone(route));
    PollRun run = new PollRun(instance, resource, state, now, dry);
    if (!dry && !state.rebaseline()) {
      run.known(memory.of(resource, state));
    }
    exchange.setProperty(RUN, run);
    if (!dry && outboxFull.test(instance.id())) {
      throw new PollFailure.Waiting(
          "polling waits: %,d events of this instance or more are undelivered"
              .formatted(policy.outboxLimit()));
    }
    run.nextPoll(policy.next(now, resource.refreshInterval(), state.polls(), random));
    run.open(new PagedSource(run, requests(run, now), pace, clock));
  }

  /** Those of an earlier poll that broke off, where the settings still ask for the same. */
  private SourceRequests requests(PollRun run, Instant now) {
    ResumePoint point = run.state().resume();
    if (!run.dry() && point != null && point.holdsAt(now) && run.has(point.listing())) {
      SourceRequests then = requests(run, point.window());
      if (then.fingerprint() == point.asked()) {
        run.resume(point);
        return then;
      }
    }
    return requests(run, run.window());
  }

  private SourceRequests requests(PollRun run, PollWindow window) {
    return new SourceRequests(instances, run.instance(), run.resource(), window, clock);
  }

  /** An edit may be younger than what the routes were last compared with. */
  private Optional<ResourceState> state(Instance instance, Resource resource, Instant now) {
    return states
        .find(instance.id(), resource.name())
        .map(
            state ->
                resource.baseline().equals(state.baseline())
                    ? state
                    : states.watch(instance.id(), resource, now));
  }

  private static PollFailure gone(PollRoute route) {
    return new PollFailure(
        "instance %d no longer watches %s".formatted(route.instanceId(), route.resource()));
  }

  /** Puts the next request into the message, for camel-http. */
  public void request(@ExchangeProperty(RUN) PollRun run, Message message) throws PollFailure {
    turns.await(run);
    SourceRequest request = run.source().request();
    WebAddress address = WebAddress.of(request.url());
    message.removeHeaders("*");
    request.headers().forEach(message::setHeader);
    // as text it is looked up among Camel's converters at each request, which costs as much as 100
    // records
    message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
    message.setHeader(Exchange.HTTP_URI, address.origin());
    message.setHeader(WebAddress.TARGET, address.target());
    if (request.body() != null && message.getHeader(Exchange.CONTENT_TYPE) == null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
    message.setBody(request.body());
  }

  /** Turns the answer into pages of records. */
  public Iterator<PollPage> read(@ExchangeProperty(RUN) PollRun run, Message message)
      throws PollFailure, IOException {
    SourceAnswer answer = SourceAnswer.of(message, clock.instant());
    message.removeHeaders("*");
    return run.source().read(answer, policy.timeout());
  }

  /** The poll is done, and with its last page the cursor has moved. */
  public void succeed(@ExchangeProperty(RUN) PollRun run) {
    run.finish(clock.instant(), null);
    if (!run.dry()) {
      schedule.due(PollRoute.id(run), run.nextPoll());
    }
    log(run, "ok");
  }

  /** The poll has failed: one clear line, and a later try. The cursor stays. */
  public void fail(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    PollRun run = exchange.getProperty(RUN, PollRun.class);
    if (run == null) {
      LOG.warn("route={} poll not begun: {}", exchange.getFromRouteId(), line(failure));
      schedule.due(exchange.getFromRouteId(), clock.instant().plus(policy.backoffInitial()));
      return;
    }
    Instant now = clock.instant();
    String line = run.masked(line(failure));
    run.finish(now, line);
    if (failure instanceof PollFailure.Later later) {
      putOff(run, now, later.retryAt(), line);
      Wakes.in(
          Duration.between(now, later.retryAt()), exchange.getContext(), exchange.getFromRouteId());
      return;
    }
    if (run.dry()) {
      log(run, line);
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
    log(run, line);
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
    LOG.debug("poll instance={} {}", run.instance().id(), line);
  }

  /**
   * @param until null: asks again soon, for what it waits for is none of the source's business
   */
  private void waits(PollRun run, Instant now, Instant until, String line) {
    Instant next =
        until == null ? now.plus(policy.waiting(run.resource().refreshInterval())) : until;
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

  /** Whatever happened: nothing stays open, and the resource may be polled again. */
  public void end(Exchange exchange) {
    PollRun run = exchange.getProperty(RUN, PollRun.class);
    if (run != null) {
      run.close();
      memory.keep(run);
    }
    schedule.release(exchange.getFromRouteId());
  }

  private static void log(PollRun run, String outcome) {
    PollReport report = run.report();
    String line =
        "poll instance={} resource={} window={} pages={} records={} created={} updated={} deleted={} quarantined={} ms={} dry={} {}";
    List<Object> values =
        List.of(
            report.instanceId(),
            report.resource(),
            report.windowStart(),
            report.pages(),
            report.records(),
            report.created(),
            report.updated(),
            report.deleted(),
            report.quarantined(),
            report.took().toMillis(),
            report.dryRun(),
            outcome);
    if (report.error() == null) {
      LOG.info(line, values.toArray());
    } else {
      LOG.warn(line, values.toArray());
    }
  }

  private static String line(Throwable failure) {
    return FailureLine.of(
        failure, cause -> cause instanceof PollFailure || cause instanceof Overtaken);
  }
}
