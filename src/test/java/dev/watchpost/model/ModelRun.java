package dev.watchpost.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.SettableClock;
import dev.watchpost.TestWatchpost;
import dev.watchpost.Watchpost;
import dev.watchpost.instance.Instance;
import dev.watchpost.model.Plan.Fault;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.OutboxEvent;
import dev.watchpost.outbox.StoredEvent;
import dev.watchpost.poll.PollReport;
import dev.watchpost.poll.ResourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** One history, played against a running Watchpost that is told when to poll. */
final class ModelRun implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS_WAKE = "seda:watchpost-wake?size=1&discardWhenFull=true";
  private static final int MOST_EVENTS = 2_000;
  private static final int QUIET_POLLS = 3;

  private final Plan plan;
  private final SettableClock clock;
  private final ModelSource source;
  private final ModelCallback callback;
  private final TestWatchpost running;
  private final Oracle oracle;
  private final Set<String> entered = new HashSet<>();
  private Instance instance;
  private boolean shifted;
  private boolean putOff;
  private int polls;
  private int failures;

  ModelRun(
      Plan plan,
      SettableClock clock,
      ModelSource source,
      ModelCallback callback,
      TestWatchpost running) {
    this.plan = plan;
    this.clock = clock;
    this.source = source;
    this.callback = callback;
    this.running = running;
    this.oracle = new Oracle(plan);
  }

  void play() {
    source.begin(plan);
    callback.begin();
    // some records are older than the watch
    source.create(0);
    source.create(0);
    pass(3_600);
    instance = watchpost().instances().create(request(), null).instance();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::firstPollEnded);
    judge(true);
    plan.story().forEach(this::happen);
    pass(LATER);
    for (int i = 0; i < QUIET_POLLS; i++) {
      pass(60);
      poll(new Plan.Poll(Fault.NONE, 1, List.of()));
    }
    boolean marked = plan.listing() == Plan.Listing.SINCE_MARKED;
    oracle.settled(source, state().startFrom(), marked);
    deliver();
    oracle.received(callback);
  }

  private static final int LATER = 300;

  private Watchpost watchpost() {
    return running.watchpost();
  }

  private boolean firstPollEnded() {
    List<ResourceState> states = watchpost().polls().states(instance.id());
    return !states.isEmpty() && states.get(0).lastPoll() != null;
  }

  private ResourceState state() {
    return watchpost().polls().states(instance.id()).get(0);
  }

  private void happen(Plan.Happening happening) {
    if (happening instanceof Plan.Create create) {
      source.create(create.lateSeconds());
    } else if (happening instanceof Plan.Edit edit) {
      source.edit(edit.which(), edit.lateSeconds());
    } else if (happening instanceof Plan.Delete delete) {
      source.delete(delete.which());
    } else if (happening instanceof Plan.Restore restore) {
      source.restore(restore.which());
    } else if (happening instanceof Plan.Pass pass) {
      pass(pass.seconds());
    } else if (happening instanceof Plan.Poll poll) {
      poll(poll);
    }
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  /**
   * Pages that count records show a shift of theirs only where the poll before had none: the window
   * reaches one successful poll further back, not two.
   */
  private void poll(Plan.Poll poll) {
    // two polls of one instant are one to a stale replica
    pass(1);
    boolean mayShift = !poll.between().isEmpty() && !(plan.pages().shift() && shifted);
    source.expect(
        poll.fault(), poll.page(), mayShift ? () -> poll.between().forEach(this::happen) : null);
    PollReport report = pollNow();
    polls++;
    boolean complete = report.error() == null;
    boolean waits = !complete && report.error().startsWith("polling waits");
    // a page that shifted may show nothing new, which is the sign of paging that goes in a circle
    boolean repeated =
        (mayShift || putOff)
            && !complete
            && report.error().startsWith("repeated page")
            && plan.pages().shift();
    // a busy machine is late without a fault; that poll has failed like any other
    boolean late = !complete && report.error().contains("did not answer in time");
    assertThat(complete)
        .as("fails where an answer does, or where it may not ask yet: %s", report.error())
        .isEqualTo(!source.faultMet() && !waits && !repeated && !late);
    failures += complete ? 0 : 1;
    if (complete) {
      shifted = mayShift || putOff;
    }
    // it goes on where it was, and meanwhile what is late becomes visible
    putOff = !complete && (report.error().contains("429") || (waits && putOff));
    judge(complete);
  }

  private PollReport pollNow() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .ignoreException(IllegalStateException.class)
        .until(
            () -> watchpost().polls().pollNow(instance.id(), "things", false).get(0),
            report -> true);
  }

  private void judge(boolean complete) {
    List<OutboxEvent> added =
        watchpost().outbox().events(EventFilter.of(instance.id()), MOST_EVENTS, 0).stream()
            .map(StoredEvent::event)
            .filter(event -> entered.add(event.eventId()))
            .sorted(Comparator.comparingLong(OutboxEvent::sequence))
            .toList();
    Instant startFrom = state().startFrom();
    oracle.polled(complete, startFrom, source.shown(), added);
  }

  /** Hours go by until every retry has been made. */
  private void deliver() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              pass(7_200);
              running.context().createProducerTemplate().sendBody(EVENTS_WAKE, "");
              return watchpost().outbox().undelivered(instance.id()) == 0;
            });
  }

  private ObjectNode request() {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    ObjectNode configuration = request.putObject("configuration");
    configuration.put("base.url", source.url());
    configuration.put("event.notification.enabled", true);
    configuration.put("event.notification.callback.url", source.url() + "/callback");
    configuration.put("event.notification.batch.size", 3);
    configuration.put("event.poller.refresh_interval", "500000");
    configuration
        .putObject("event.poller.configuration")
        .set("things", ModelRequest.resource(plan));
    return request;
  }

  int polls() {
    return polls;
  }

  int failures() {
    return failures;
  }

  int events() {
    return oracle.events();
  }

  @Override
  public void close() {
    if (instance != null) {
      watchpost().instances().delete(instance.id());
    }
  }
}
