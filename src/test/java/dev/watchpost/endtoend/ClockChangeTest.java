package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.callback.Receiver;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An API in America/Denver that writes and filters by local time, as text: over the change of its
 * clock nothing is lost and nothing told twice.
 */
final class ClockChangeTest {
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(DENVER);
  private static final Duration HOURS_AROUND = Duration.ofHours(3);
  private static final int RECORDS = 5;
  private static final String DATES =
      """
      `idField`:`id`,`datesConfiguration`:{
        `updatedDateField`:`updated_at`,`updatedDateFormat`:`yyyy-MM-dd'T'HH:mm:ss`,`updatedDateTimezone`:`America/Denver`,
        `createdDateField`:`created_at`,`createdDateFormat`:`yyyy-MM-dd'T'HH:mm:ss`,`createdDateTimezone`:`America/Denver`}
      """;
  private static final String SINCE =
      "`url`:`/customers?since=${dateTimeZone:America/Denver:yyyy-MM-dd'T'HH:mm:ss}`," + DATES;
  private static final String BETWEEN =
      """
      `url`:`/customers?since=${dateTimeZone:America/Denver:yyyy-MM-dd'T'HH:mm:ss}&until=${nowTimeZone:America/Denver:yyyy-MM-dd'T'HH:mm:ss}`,
      """
          + DATES;

  /** Prime numbers, so that edits and polls meet in all ways. */
  @ParameterizedTest(name = "{0}, a poll every {1} min, an edit every {2} s")
  @CsvSource({
    "2026-11-01T08:00:00Z, 15, 421",
    "2026-11-01T08:00:00Z, 15, 97",
    "2026-11-01T08:00:00Z, 61, 421",
    "2026-03-08T09:00:00Z, 15, 421",
    "2026-03-08T09:00:00Z, 61, 97"
  })
  void poll_of_a_local_time_api_over_a_clock_change_loses_nothing_and_tells_nothing_twice(
      Instant change, int minutes, int seconds) throws Exception {
    Clocked clocked = new Clocked(change.minus(HOURS_AROUND), SINCE);
    try (clocked.scene;
        clocked.source;
        clocked.receiver) {
      Instant nextPoll = clocked.clock.instant().plus(Duration.ofMinutes(minutes));
      for (int edit = 0; clocked.clock.instant().isBefore(change.plus(HOURS_AROUND)); edit++) {
        Instant next = clocked.clock.instant().plusSeconds(seconds);
        while (!next.isBefore(nextPoll)) {
          clocked.clock.set(nextPoll);
          assertThat(clocked.scene.polled())
              .as("poll at %s", nextPoll)
              .containsExactlyInAnyOrderElementsOf(clocked.editedSinceLastPoll());
          nextPoll = nextPoll.plus(Duration.ofMinutes(minutes));
        }
        clocked.clock.set(next);
        clocked.edit("c" + edit % RECORDS);
      }
    }
  }

  /** A record is told again only where it was edited again, however late the filter shows it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"2026-11-01T08:00:00Z", "2026-03-08T09:00:00Z"})
  void upper_bound_in_local_time_delays_but_loses_nothing(Instant change) throws Exception {
    Clocked clocked = new Clocked(change.minus(HOURS_AROUND), BETWEEN);
    try (clocked.scene;
        clocked.source;
        clocked.receiver) {
      TreeSet<String> created = new TreeSet<>();
      TreeSet<String> told = new TreeSet<>();
      Instant end = change.plus(HOURS_AROUND);
      for (int n = 0; clocked.clock.instant().isBefore(end); n++) {
        clocked.clock.advance(Duration.ofSeconds(421));
        clocked.edit("n" + n);
        created.add("CREATED n" + n);
        if (n % 2 == 0) {
          clocked.clock.advance(Duration.ofSeconds(30));
          clocked.scene.polled().forEach(event -> assertThat(told.add(event)).as(event).isTrue());
        }
      }
      clocked.clock.advance(Duration.ofMinutes(15));
      told.addAll(clocked.scene.polled());
      assertThat(told).isEqualTo(created);
    }
  }

  /** The API, its clock and its watcher. */
  private static final class Clocked {
    final SettableClock clock;
    final Receiver receiver = new Receiver();
    final Source source;
    final Scene scene;
    private final Map<String, Instant> created = new TreeMap<>();
    private final Map<String, Instant> edited = new TreeMap<>();
    private final Map<String, Integer> versions = new TreeMap<>();
    private final TreeSet<String> sinceLastPoll = new TreeSet<>();

    Clocked(Instant start, String resource) throws Exception {
      clock = new SettableClock(start);
      source = new Source(clock, this::answer);
      for (int i = 0; i < RECORDS; i++) {
        clock.set(start.minusSeconds(1_000L * (i + 1)));
        edit("c" + i);
      }
      clock.set(start);
      sinceLastPoll.clear();
      scene = Scene.of(new WatchRequest(source.url(), receiver.url(), resource), clock);
      assertThat(scene.polled()).isEmpty();
    }

    synchronized void edit(String id) {
      created.putIfAbsent(id, clock.instant());
      edited.put(id, clock.instant());
      sinceLastPoll.add((versions.merge(id, 1, Integer::sum) == 1 ? "CREATED " : "UPDATED ") + id);
    }

    List<String> editedSinceLastPoll() {
      List<String> all = List.copyOf(sinceLastPoll);
      sinceLastPoll.clear();
      return all;
    }

    private synchronized void answer(Source api, HttpServerRequest request) {
      String since = request.getParam("since");
      String until = request.getParam("until", "9999");
      List<String> shown =
          edited.entrySet().stream()
              .filter(record -> LOCAL.format(record.getValue()).compareTo(since) >= 0)
              .filter(record -> LOCAL.format(record.getValue()).compareTo(until) < 0)
              .map(
                  record ->
                      "{\"id\":\"%s\",\"version\":%d,\"created_at\":\"%s\",\"updated_at\":\"%s\"}"
                          .formatted(
                              record.getKey(),
                              versions.get(record.getKey()),
                              LOCAL.format(created.get(record.getKey())),
                              LOCAL.format(record.getValue())))
              .collect(Collectors.toList());
      Source.list(request, shown);
    }
  }
}
