package dev.watchpost.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.LoopbackServer;
import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.instance.Instance;
import dev.watchpost.operation.ResourceLook.State;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SurveyorTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  private final SettableClock clock = new SettableClock(START);
  private final LoopbackServer source = new LoopbackServer(this::answer);
  private volatile int status = 200;
  private TestWatchpost running;
  private Instance instance;
  private Surveyor surveyor;

  private void answer(HttpServerRequest request) {
    request.response().setStatusCode(status).end("[{\"id\":1},{\"id\":2}]");
  }

  private void start(TestDatabase database) throws Exception {
    String url = database.freshUrl();
    instance = TestWatchpost.watched(url, clock, request());
    running = new TestWatchpost(url, clock, Map.of("watchpost.poll.failure-limit", "2")).start();
    running.watchpost().outbox().disableDelivery(instance.id(), "not yet");
    surveyor =
        new Surveyor(
            running.database(),
            running.watchpost().instances(),
            running.watchpost().polls(),
            clock);
  }

  private JsonNode request() throws Exception {
    return new ObjectMapper()
        .readTree(
            """
            {"element": "rest", "configuration": {
              "base.url": "%s", "event.notification.enabled": true,
              "event.notification.callback.url": "%s", "event.poller.refresh_interval": 15,
              "event.poller.configuration": {
                "things": {"url": "/things", "idField": "id", "startFrom": "beginning"}}}}
            """
                .formatted(source.url(), source.url()));
  }

  @AfterEach
  void stop() {
    running.close();
    source.close();
  }

  private ResourceLook look() {
    clock.advance(Duration.ofSeconds(5));
    surveyor.survey(clock.instant());
    assertThat(surveyor.latest().failure()).isNull();
    assertThat(surveyor.latest().resources()).hasSize(1);
    return surveyor.latest().resources().get(0);
  }

  private void poll() {
    running.watchpost().polls().pollNow(instance.id(), "things", false);
  }

  @ParameterizedTest
  @EnumSource
  void resource_is_stalled_after_three_intervals_without_a_success(TestDatabase database)
      throws Exception {
    start(database);
    assertThat(look().state()).isEqualTo(State.OK);
    poll();
    Instant success = clock.instant();
    clock.advance(INTERVAL.multipliedBy(3).minusSeconds(10));
    assertThat(look().state()).isEqualTo(State.OK);
    clock.advance(Duration.ofSeconds(5));
    ResourceLook stalled = look();
    assertThat(stalled.state()).isEqualTo(State.STALLED);
    assertThat(stalled.down()).isTrue();
    assertThat(stalled.lastSuccess()).isEqualTo(success);
    assertThat(stalled.lag()).isEqualTo(INTERVAL.multipliedBy(3).plusSeconds(5));
    poll();
    assertThat(look().state()).isEqualTo(State.OK);
  }

  @ParameterizedTest
  @EnumSource
  void failing_resource_is_told_at_once_and_a_paused_one_is_down(TestDatabase database)
      throws Exception {
    start(database);
    status = 500;
    poll();
    assertThat(look().state()).isEqualTo(State.FAILING);
    assertThat(look().down()).isFalse();
    poll();
    ResourceLook paused = look();
    assertThat(paused.state()).isEqualTo(State.PAUSED);
    assertThat(paused.down()).isTrue();
    assertThat(paused.lastSuccess()).isNull();
    assertThat(paused.lastError()).contains("500");
  }

  @ParameterizedTest
  @EnumSource
  void process_that_did_not_run_for_long_has_three_intervals_for_its_first_poll(
      TestDatabase database) throws Exception {
    start(database);
    poll();
    clock.advance(Duration.ofDays(7));
    ResourceLook first = look();
    assertThat(first.state()).isEqualTo(State.OK);
    assertThat(first.lag()).isGreaterThan(Duration.ofDays(7));
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(look().state()).isEqualTo(State.STALLED);
  }

  @ParameterizedTest
  @EnumSource
  void what_waits_in_the_outbox_is_counted_and_aged(TestDatabase database) throws Exception {
    start(database);
    look();
    assertThat(surveyor.latest().outbox()).isEqualTo(OutboxLook.EMPTY);
    poll();
    clock.advance(Duration.ofMinutes(2));
    look();
    assertThat(surveyor.latest().outbox())
        .isEqualTo(new OutboxLook(2, 0, Duration.ofMinutes(2).plusSeconds(5)));
    running.database().write(handle -> handle.execute("update notification set state = 'DEAD'"));
    look();
    assertThat(surveyor.latest().outbox()).isEqualTo(new OutboxLook(0, 2, Duration.ZERO));
  }
}
