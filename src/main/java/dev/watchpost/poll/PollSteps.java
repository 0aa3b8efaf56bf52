package dev.watchpost.poll;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.network.WebAddress;
import dev.watchpost.resource.Resource;
import dev.watchpost.source.Pace;
import dev.watchpost.source.PollWindow;
import dev.watchpost.source.SourceAnswer;
import dev.watchpost.source.SourceRequest;
import dev.watchpost.source.SourceRequests;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/**
 * The verbs of the poll route, in its order: due, begin, next, request, read, succeed or fail, end.
 * What they say of a poll is kept in its {@link PollRun}; the rest is stored.
 */
public final class PollSteps {
  /** Exchange property that holds the poll under way. */
  public static final String RUN = "watchpostPoll";

  /** Exchange property of a poll that someone asked for: true where it is to be dry. */
  static final String ASKED = "watchpostDryRun";

  private final Instances instances;
  private final PollStates states;
  private final PollSchedule schedule;
  private final PollPolicy policy;
  private final LongPredicate outboxFull;
  private final Clock clock;
  private final RandomGenerator random;
  private final Pace pace;
  private final Turns turns;
  private final FailedPolls failed;
  private final RecordMemory memory = new RecordMemory();
  private final List<Consumer<PollReport>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

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
    this.failed = new FailedPolls(states, schedule, policy, clock, random);
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins no more polls. One under way asks for no further page and is handed back: the next start
   * polls at once, and goes on where it can.
   */
  public void stop() {
    stopping = true;
  }

  /** Is told of every poll that was not dry, when it has ended or was put off. */
  public void addListener(Consumer<PollReport> listener) {
    listeners.add(listener);
  }

  /**
   * True where the timer's tick, or whoever asked, starts a poll: the resource is due and not being
   * polled.
   */
  public boolean due(Exchange exchange) {
    if (stopping) {
      return false;
    }
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
      run.ledger().known(memory.of(resource, state));
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
    if (stopping) {
      throw new PollFailure.Waiting("the process stops");
    }
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
    PollLog.write(run.report());
  }

  /**
   * The poll has failed: one clear line, and a later try. The cursor stays. What was read before is
   * entered; where that fails, it is what the poll fails with, for one that goes on later would
   * leave that page out.
   */
  public void fail(Exchange exchange) {
    Optional.ofNullable(exchange.getProperty(RUN, PollRun.class))
        .flatMap(PollSteps::land)
        .ifPresent(page -> failed.before(exchange, page));
    if (stopping) {
      failed.handBack(exchange);
    } else {
      failed.end(exchange);
    }
  }

  /** Waits for the page in flight, if there is one; what it failed with. */
  private static Optional<RuntimeException> land(PollRun run) {
    try {
      run.inFlight().await();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /** Whatever happened: nothing stays open, and the resource may be polled again. */
  public void end(Exchange exchange) {
    PollRun run = exchange.getProperty(RUN, PollRun.class);
    if (run != null) {
      run.close();
      land(run);
      memory.keep(run);
      if (!run.dry() && run.report() != null) {
        listeners.forEach(listener -> listener.accept(run.report()));
      }
    }
    schedule.release(exchange.getFromRouteId());
  }
}
