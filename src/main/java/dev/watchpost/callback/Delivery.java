package dev.watchpost.callback;

import dev.watchpost.date.UrlEncoding;
import dev.watchpost.instance.EndpointUri;
import dev.watchpost.instance.Instance;
import dev.watchpost.network.WebAddress;
import dev.watchpost.outbox.Attempt;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.outbox.Settlement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpMethods;

/**
 * The steps of {@code deliver.camel.yaml}, bean {@code watchpostDelivery}: claim, request, answered
 * or unanswered, settle. Each notification that is sent passes {@link #settle} exactly once.
 * Thread-safe.
 */
public final class Delivery {
  /** While something is sent, claims begin so long after the last: one serves many outcomes. */
  private static final Duration BREATH = Duration.ofMillis(5);

  private static final int DISCARDED = 64 * 1024;
  private static final String CLAIMED = "watchpostClaimed";
  private static final String STARTED = "watchpostStarted";
  private static final String OUTCOME = "watchpostOutcome";
  private static final String ENDPOINT = "watchpostEndpoint";

  private final Outbox outbox;
  private final LongFunction<Optional<Instance>> instances;
  private final CallbackRequests requests;
  private final CamelEndpoints endpoints;
  private final DeliveryPolicy policy;
  private final Clock clock;
  private final InFlight inFlight = new InFlight();
  private final Settler settler;
  private final List<Consumer<Settlement>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;
  private volatile long lastClaim = System.nanoTime() - BREATH.toNanos();

  /**
   * @param instances by id; empty where it was deleted
   * @param hubOf element key to hub key; null or empty: general
   * @param version of Watchpost, for the User-Agent
   */
  public Delivery(
      Outbox outbox,
      LongFunction<Optional<Instance>> instances,
      Function<String, String> hubOf,
      CamelEndpoints endpoints,
      DeliveryPolicy policy,
      Clock clock,
      String version) {
    this.outbox = outbox;
    this.instances = instances;
    this.requests = new CallbackRequests(new Envelope(hubOf), version);
    this.endpoints = endpoints;
    this.policy = policy;
    this.clock = clock;
    this.settler = new Settler(outbox, this::written);
  }

  /**
   * Claims nothing more. What is being sent is settled; where no answer comes it is handed back,
   * due at once, and the try does not count.
   */
  public void stop() {
    stopping = true;
    settler.stop();
  }

  /** Is told of every attempt, once its outcome is written down. */
  public void addListener(Consumer<Settlement> listener) {
    listeners.add(listener);
  }

  /**
   * Writes down what came of those that were sent, and claims for the free places, and for what is
   * sent after that.
   *
   * @return those to be sent now
   */
  public List<Claimed> claim() {
    inFlight.awaitIdle(BREATH.minusNanos(System.nanoTime() - lastClaim));
    settler.write();
    Instant now = clock.instant();
    int room = stopping ? 0 : inFlight.room();
    List<Claimed> claimed = room == 0 ? List.of() : outbox.claim(room, inFlight.places(now));
    lastClaim = System.nanoTime();
    return inFlight.enter(claimed, now);
  }

  /** What is sent next of an instance in the same place; null: nothing. */
  Claimed next(long instanceId) {
    if (stopping || instances.apply(instanceId).filter(Instance::active).isEmpty()) {
      outbox.release(inFlight.stop(instanceId));
    }
    return inFlight.next(instanceId, clock.instant());
  }

  /** Whether whoever has sent one is to ask for a claim, see {@link Settler#asks}. */
  boolean asks() {
    return settler.asks();
  }

  /** Frees the place. */
  void leave(long instanceId) {
    outbox.release(inFlight.leave(instanceId));
  }

  /**
   * Makes the claimed notification in the body a signed POST, or the messages of the Camel endpoint
   * that is named in the exchange property {@code watchpostEndpoint}.
   */
  public void request(Exchange exchange) {
    Claimed claimed = exchange.getMessage().getBody(Claimed.class);
    exchange.setProperty(CLAIMED, claimed);
    exchange.setProperty(STARTED, clock.instant());
    exchange.getMessage().removeHeaders("*");
    Instance instance =
        instances
            .apply(claimed.instanceId())
            .orElseThrow(() -> new IllegalArgumentException("the instance was deleted"));
    String callback =
        instance.configuration().getOrDefault("event.notification.callback.url", "").strip();
    EndpointUri endpoint = EndpointUri.of(callback).orElse(null);
    if (endpoint == null) {
      post(exchange.getMessage(), requests.post(instance, callback, claimed, clock.instant()));
    } else {
      endpoint = endpoints.bounded(endpoint, policy);
      exchange.setProperty(ENDPOINT, endpoint);
      exchange
          .getMessage()
          .setBody(requests.messages(instance, endpoint, claimed, clock.instant()));
    }
  }

  private static void post(Message message, CallbackRequest request) {
    request.headers().forEach(message::setHeader);
    WebAddress address = WebAddress.of(UrlEncoding.encode(request.url()));
    message.setHeader(HttpConstants.HTTP_URI, address.origin());
    message.setHeader(WebAddress.TARGET, address.target());
    message.setHeader(HttpConstants.HTTP_METHOD, HttpMethods.POST);
    message.setBody(request.body());
  }

  /** One of the messages of a Camel endpoint. */
  public void message(Exchange exchange) {
    EndpointMessage message = exchange.getMessage().getBody(EndpointMessage.class);
    exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
    message.headers().forEach(exchange.getMessage()::setHeader);
    exchange.getMessage().setBody(message.body());
  }

  /** A Camel endpoint has taken all messages. */
  public void sent(Exchange exchange) {
    exchange.getMessage().setBody(null);
    exchange.setProperty(OUTCOME, new CallbackOutcome.Accepted(null));
  }

  /** Reads the answer's status and Retry-After; drops the rest. */
  public void answered(Exchange exchange) throws IOException {
    Message answer = exchange.getMessage();
    int status = answer.getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
    String retryAfter = answer.getHeader("Retry-After", String.class);
    discard(answer.getBody(InputStream.class));
    answer.removeHeaders("*");
    answer.setBody(null);
    exchange.setProperty(OUTCOME, CallbackOutcome.of(status, retryAfter, clock.instant()));
  }

  /**
   * A short one is read, so that the connection can be used again; of a longer one it is closed.
   */
  private static void discard(InputStream body) throws IOException {
    if (body != null) {
      try (body) {
        body.readNBytes(DISCARDED);
      }
    }
  }

  /** No answer came, or none could be asked for. */
  public void unanswered(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(null);
    exchange.setProperty(
        OUTCOME, outcome(failure, exchange.getProperty(ENDPOINT, EndpointUri.class)));
  }

  private static CallbackOutcome outcome(Exception caught, EndpointUri endpoint) {
    // a split says of what fails in it that it failed
    Throwable failure =
        caught instanceof CamelExchangeException && caught.getCause() != null
            ? caught.getCause()
            : caught;
    String reason = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    String whole = (failure.getClass().getSimpleName() + reason).replaceAll("\\s+", " ");
    String line = endpoint == null ? whole : endpoint.hidden(whole);
    return failure instanceof IllegalArgumentException
            || failure instanceof ResolveEndpointFailedException
        ? new CallbackOutcome.Unsendable(line)
        : new CallbackOutcome.Unreachable(line);
  }

  /** Hands over what came of it: the next claim writes it down. */
  public void settle(Exchange exchange) {
    Claimed claimed = exchange.getProperty(CLAIMED, Claimed.class);
    CallbackOutcome outcome = exchange.getProperty(OUTCOME, CallbackOutcome.class);
    Instant started = exchange.getProperty(STARTED, Instant.class);
    Instant now = clock.instant();
    remember(claimed, outcome, Duration.between(started, now), now);
    Settlement.Result result = judge(claimed, outcome, now);
    if (outcome.stops()) {
      outbox.release(inFlight.stop(claimed.instanceId()));
    }
    Attempt attempt =
        new Attempt(
            claimed.attempts() + 1,
            started,
            Duration.between(started, now),
            outcome.code(),
            outcome.word(),
            outcome.reason());
    settler.settle(new Settlement(claimed, attempt, result));
  }

  private void remember(Claimed claimed, CallbackOutcome outcome, Duration took, Instant now) {
    if (outcome instanceof CallbackOutcome.Unreachable) {
      inFlight.silent(claimed.instanceId(), now);
    } else {
      inFlight.answered(claimed, took);
    }
  }

  /** The endpoint is slowed or disabled first: nothing more is claimed for it in between. */
  private Settlement.Result judge(Claimed claimed, CallbackOutcome outcome, Instant now) {
    if (outcome instanceof CallbackOutcome.Accepted) {
      return new Settlement.Delivered();
    }
    if (outcome instanceof CallbackOutcome.Gone) {
      outbox.disableDelivery(claimed.instanceId(), outcome.reason());
      return new Settlement.Waiting();
    }
    if (stopping && outcome instanceof CallbackOutcome.Unreachable) {
      return new Settlement.Waiting();
    }
    Optional<Duration> scheduled = policy.waitAfter(claimed.tries() + 1);
    Optional<Duration> asked =
        outcome instanceof CallbackOutcome.Refused refused
            ? refused.retryAfter()
            : Optional.empty();
    if (outcome instanceof CallbackOutcome.Refused refused && refused.slow()) {
      asked
          .or(() -> scheduled)
          .ifPresent(
              wait -> outbox.slowDown(claimed.instanceId(), now.plus(wait), outcome.reason()));
    }
    return scheduled
        .<Settlement.Result>map(wait -> new Settlement.Retry(now.plus(asked.orElse(wait))))
        .orElseGet(Settlement.Dead::new);
  }

  private void written(Settlement settlement, boolean settled) {
    DeliveryLog.write(settlement, settled);
    listeners.forEach(listener -> listener.accept(settlement));
  }
}
