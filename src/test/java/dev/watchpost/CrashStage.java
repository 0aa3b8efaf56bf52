package dev.watchpost;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.OutboxEvent;
import dev.watchpost.outbox.StoredEvent;
import dev.watchpost.poll.PollReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Source, callback and a database in which a story is about to go on. Each crash happens in a copy
 * of that database.
 */
final class CrashStage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String THINGS = "things";

  private final TestDatabase databases;
  private final CrashStory story;
  private final SettableClock sourceClock = new SettableClock(CrashStory.FIRST_POLL);
  private final HistorySource source;
  private final Deque<Inbox> waiting = new ArrayDeque<>();
  private final EventReceiver receiver = new EventReceiver(this::nextInbox);
  private final Path folder = Files.createTempDirectory("watchpost-crash");
  private final String seed;
  private final long instance;

  /** A place to halt, and how many transactions are committed before it. */
  record Point(int number, int commits, String name) {}

  /** A Watchpost that died, and what it had sent. */
  private record Victim(Point point, String url, Inbox inbox, Path log) {}

  CrashStage(TestDatabase databases, CrashStory story) throws Exception {
    this.databases = databases;
    this.story = story;
    ObjectNode paged = JSON.createObjectNode().put("pageSize", CrashStory.PAGE_SIZE);
    this.source = new HistorySource(paged, sourceClock);
    this.seed = databases.freshUrl();
    this.instance = pollInPeace();
  }

  private long pollInPeace() throws Exception {
    SettableClock clock = new SettableClock(CrashStory.FIRST_POLL);
    Instance watched =
        TestWatchpost.watched(seed, clock, CrashStory.request(source.url(), receiver.url()));
    try (TestWatchpost running = new TestWatchpost(seed, clock, Map.of()).start()) {
      running.watchpost().outbox().disableDelivery(watched.id(), "not yet");
      source.shows(story.before().get(0));
      pollNow(running, watched.id());
      clock.set(CrashStory.SECOND_POLL);
      source.shows(story.before().get(1));
      pollNow(running, watched.id());
    }
    return watched.id();
  }

  private static PollReport pollNow(TestWatchpost running, long instance) {
    PollReport report = running.watchpost().polls().pollNow(instance, THINGS, false).get(0);
    assertThat(report.error()).isNull();
    return report;
  }

  /** Runs to the end unharmed, and tells where it could have been halted. */
  List<Point> points() throws Exception {
    Victim unharmed = victim(new Point(0, 0, "never"));
    run(List.of(unharmed), 0);
    databases.drop(unharmed.url());
    return read(unharmed.log());
  }

  /**
   * One process that dies at all of these points. What was committed just before the last of them
   * has had no time to be written later.
   */
  final class Death {
    private final List<Point> points;
    private Map<Point, Victim> victims;

    Death(List<Point> points) {
      this.points = points;
    }

    /** The process dies, if it has not yet; what died at the point is started again. */
    void at(Point point) throws Exception {
      if (victims == null) {
        victims = new HashMap<>();
        for (Point each : points) {
          victims.put(each, victim(each));
        }
        run(points.stream().map(victims::get).toList(), CrashingWatchpost.EXIT_CODE);
      }
      Victim victim = victims.get(point);
      List<Point> passed = read(victim.log());
      assertThat(passed.get(passed.size() - 1)).isEqualTo(point);
      goOn(victim);
      databases.drop(victim.url());
    }
  }

  private Victim victim(Point point) throws IOException {
    AtomicBoolean first = new AtomicBoolean(true);
    Inbox inbox =
        new Inbox(
            () ->
                first.getAndSet(false) && story.sending() != CrashStory.Sending.AT_ONCE
                    ? 500
                    : 200);
    return new Victim(
        point, databases.copyOf(seed), inbox, Files.createTempFile(folder, "points", ".log"));
  }

  private void nextInbox() {
    receiver.into(waiting.remove());
  }

  private void run(List<Victim> victims, int expectedExit) throws Exception {
    sourceClock.set(CrashStory.DYING);
    source.shows(story.dying());
    waiting.clear();
    victims.forEach(victim -> waiting.add(victim.inbox()));
    Path output = folder.resolve("output.log");
    Process process =
        new ProcessBuilder(command(victims))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(expectedExit);
  }

  private List<String> command(List<Victim> victims) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dorg.apache.camel.jmx.disabled=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CrashingWatchpost.class.getName());
    command.add(receiver.nextUrl());
    command.add(CrashStory.DYING.toString());
    command.add(Long.toString(instance));
    command.add(story.sending().name());
    for (Victim victim : victims) {
      command.add(victim.url());
      command.add(Integer.toString(victim.point().number()));
      command.add(victim.log().toString());
    }
    return command;
  }

  private static List<Point> read(Path log) throws IOException {
    List<Point> points = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      String[] parts = line.split("\t");
      points.add(new Point(points.size() + 1, Integer.parseInt(parts[0]), parts[1]));
    }
    return points;
  }

  private void goOn(Victim victim) throws Exception {
    sourceClock.set(CrashStory.RESTARTED);
    source.shows(story.after());
    receiver.into(victim.inbox());
    Clock clock =
        Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), CrashStory.RESTARTED));
    Map<String, String> settings = Map.of("watchpost.delivery.retry-schedule", "100ms,100ms");
    try (TestWatchpost running = new TestWatchpost(victim.url(), clock, settings)) {
      running.watchpost().outbox().enableDelivery(instance);
      running.start();
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> quiet(running));
      assertThat(pollNow(running, instance))
          .satisfies(
              report -> {
                assertThat(report.created() + report.updated() + report.deleted()).isZero();
                assertThat(report.quarantined()).isLessThanOrEqualTo(1);
              });
      verify(running, victim);
    }
  }

  /** The poll after the start is done, and all it found is delivered. */
  private boolean quiet(TestWatchpost running) {
    Instant polled = running.watchpost().polls().states(instance).get(0).lastSuccess();
    return !polled.isBefore(CrashStory.RESTARTED)
        && running.watchpost().outbox().undelivered(instance) == 0;
  }

  private void verify(TestWatchpost running, Victim victim) {
    List<OutboxEvent> outbox =
        running.watchpost().outbox().events(EventFilter.of(instance), 1_000, 0).stream()
            .map(StoredEvent::event)
            .sorted(Comparator.comparingLong(OutboxEvent::sequence))
            .toList();
    assertThat(outbox.stream().collect(byObject()))
        .as("outbox")
        .isIn(story.outcomes(victim.point().commits(), databases));
    assertThat(received(victim.inbox()))
        .as("receiver")
        .isEqualTo(outbox.stream().collect(idsByObject()));
    assertThat(victim.inbox().faults()).isEmpty();
    assertThat(running.watchpost().polls().quarantine(instance, 10))
        .extracting(bad -> bad.objectId())
        .isEqualTo(story.sending() == CrashStory.Sending.NOTHING ? List.of("broken") : List.of());
  }

  private static java.util.stream.Collector<OutboxEvent, ?, Map<String, List<String>>> byObject() {
    return groupingBy(
        OutboxEvent::objectId,
        TreeMap::new,
        mapping(event -> shown(event.type().name(), event.raw()), toList()));
  }

  private static java.util.stream.Collector<OutboxEvent, ?, Map<String, List<String>>>
      idsByObject() {
    return groupingBy(OutboxEvent::objectId, TreeMap::new, mapping(OutboxEvent::eventId, toList()));
  }

  private Map<String, List<String>> received(Inbox inbox) {
    Map<String, List<String>> ids = new TreeMap<>();
    inbox
        .accepted()
        .forEach((object, events) -> ids.put(object, events.stream().map(e -> e.id).toList()));
    return ids;
  }

  private static String shown(String type, String raw) {
    try {
      JsonNode version = JSON.readTree(raw).path("version");
      return version.isMissingNode() ? type : type + " " + version.asInt();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    source.close();
    receiver.close();
  }
}
