package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.KillMoment.During;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the packaged program at random moments while it starts, polls and delivers
 * 20,000 changes. Afterwards the receiver, counting by event id, has every version of every object,
 * in order, and nothing else; no event came under two ids, no webhook id with two bodies.
 *
 * <p>{@code -Dkills=100} kills so often on each database; {@code -Dkill.seed=..} makes the same
 * choices as the run that printed it.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final int BATCH = 10;
  private static final int PAGES = 20;
  private static final int PATIENCE = 180;
  private static final String RESOURCE =
      """
      %s:
        url: %s
        idField: id
        recordsPath: items
        startFrom: beginning
        overlap: 0
        pagination: {type: cursor, parameter: cursor, path: next}
        datesConfiguration:
          updatedDateField: updated
          updatedDateFormat: milliseconds
          createdDateField: created
          createdDateFormat: milliseconds
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void killed_on_h2_it_delivers_every_change_once_by_id_and_in_order() throws Exception {
    assertNothingIsLost("H2", Map.of());
  }

  @Test
  void killed_on_postgresql_it_delivers_every_change_once_by_id_and_in_order() throws Exception {
    assertNothingIsLost(
        "PostgreSQL", Map.of("watchpost.database.url", TestDatabase.POSTGRESQL.freshUrl()));
  }

  private void assertNothingIsLost(String database, Map<String, String> properties)
      throws Exception {
    try (Stage stage = new Stage(database, properties)) {
      for (int kill = 0; kill < KILLS; kill++) {
        stage.live(kill);
      }
      stage.liveToTheEnd();
      Inbox inbox = stage.inbox;
      assertThat(inbox.faults()).isEmpty();
      assertThat(versions(inbox)).isEqualTo(owed());
      assertThat(inbox.size()).isEqualTo(Generations.CHANGES);
      assertThat(stage.program.everPrinted(".* (WARN|ERROR) .*|.*Exception.*")).isEmpty();
    }
  }

  /** Source, receiver and program, and the moments at which it is killed. */
  private final class Stage implements AutoCloseable {
    final String database;
    final PackagedWatchpost program;
    final Inbox inbox;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<During> plan = plan(random);
    private final long began = System.nanoTime();
    private final Generations source;
    private final EventReceiver receiver;
    private final AtomicInteger received = new AtomicInteger();
    private volatile int due;
    private volatile KillMoment moment = KillMoment.NEVER;

    Stage(String database, Map<String, String> properties) throws Exception {
      this.database = database;
      source = new Generations(new Pages());
      receiver = new EventReceiver(() -> {});
      inbox = new Inbox(this::notified, this::accepted);
      receiver.into(inbox);
      Map<String, String> all = new TreeMap<>(properties);
      all.put("watchpost.poll.minimum-interval", "300ms");
      program = new PackagedWatchpost(directory, all);
      program.watch(
          "objects",
          source.url(),
          receiver.url(),
          0.005,
          RESOURCE.formatted("all", "/all")
              + RESOURCE.formatted("changed", "/changed?since=${epoch:ms}"));
    }

    private final class Pages implements Generations.PageGuard {
      @Override
      public void before() {
        if (isDue()) {
          moment.page();
        }
      }

      @Override
      public void halfway() {
        moment.halfway();
      }
    }

    private int notified() {
      if (isDue()) {
        moment.notified();
      }
      return 200;
    }

    private void accepted(JsonNode record) {
      received.incrementAndGet();
      source.arrived(record);
    }

    /** The changes of the lives before have arrived. */
    private boolean isDue() {
      return received.get() >= due;
    }

    /** Each life has its share of the changes, and ends among them. */
    void live(int kill) throws Exception {
      During during = plan.get(kill);
      int most = during == During.POLLING ? PAGES : share(1) / BATCH / 3;
      due = share(kill);
      source.allow(share(kill + 1) + Generations.GROUP_SIZE);
      program.start();
      try (KillMoment next = new KillMoment(during, most, program::kill, random)) {
        moment = next;
        String told = next.await(PATIENCE);
        program.awaitEnd(Duration.ofSeconds(30));
        System.out.printf(
            "%s, kill %d, %s; %,d events received%n", database, kill + 1, told, received.get());
      }
    }

    void liveToTheEnd() throws Exception {
      moment = KillMoment.NEVER;
      source.allow(Generations.CHANGES);
      program.start();
      await(() -> inbox.size() >= Generations.CHANGES);
      await(() -> nothingNew("all") && nothingNew("changed"));
      await(() -> delivered() == Generations.CHANGES);
      program.terminate();
      program.awaitEnd(Duration.ofSeconds(10));
      report();
    }

    private void await(Callable<Boolean> until) {
      Awaitility.await().atMost(Duration.ofSeconds(PATIENCE)).until(until);
    }

    /** In two polls in a row. */
    private boolean nothingNew(String resource) throws Exception {
      List<String> polls = program.printed(" poll instance=1 resource=%s ".formatted(resource));
      return polls.size() > 2
          && polls.subList(polls.size() - 2, polls.size()).stream()
              .allMatch(line -> line.contains(" created=0 updated=0 deleted=0 "));
    }

    private int delivered() throws Exception {
      return Integer.parseInt(
          program
              .get("/instances/1/events?status=delivered&pageSize=1")
              .headers()
              .firstValue("Elements-Total-Count")
              .orElseThrow());
    }

    private void report() {
      Map<During, Integer> kills = new EnumMap<>(During.class);
      plan.forEach(during -> kills.merge(during, 1, Integer::sum));
      System.out.printf(
          "%s: %d kills %s, %,d changes, %,d events by id, %,d duplicates by id, %d faults, %d s, seed %d%n",
          database,
          plan.size(),
          kills,
          Generations.CHANGES,
          inbox.size(),
          inbox.repeated(),
          inbox.faults().size(),
          Duration.ofNanos(System.nanoTime() - began).toSeconds(),
          seed);
    }

    @Override
    public void close() {
      program.close();
      receiver.close();
      source.close();
    }
  }

  /** One in five while it starts, the first start of all included. */
  private static List<During> plan(Random random) {
    List<During> plan = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      plan.add(
          kill % 5 == 0 ? During.STARTING : kill % 2 == 0 ? During.POLLING : During.DELIVERING);
    }
    Collections.shuffle(plan, random);
    return plan;
  }

  /** So many of the changes belong to the lives before the kill of this number. */
  private static int share(int kill) {
    return (int) ((long) Generations.CHANGES * kill / (KILLS + 1));
  }

  /** What each object must have told, in order. */
  private static Map<String, List<String>> owed() {
    List<String> versions = new ArrayList<>(List.of("CREATED 1"));
    for (int generation = 2; generation <= Generations.GENERATIONS; generation++) {
      versions.add("UPDATED " + generation);
    }
    Map<String, List<String>> owed = new TreeMap<>();
    Generations.ids().forEach(id -> owed.put(id, versions));
    return owed;
  }

  private static Map<String, List<String>> versions(Inbox inbox) {
    Map<String, List<String>> versions = new TreeMap<>();
    inbox
        .accepted()
        .forEach((id, story) -> versions.put(id, story.stream().map(KillIT::version).toList()));
    return versions;
  }

  private static String version(Inbox.Event event) {
    return event.type + " " + event.record.path("version").asInt();
  }
}
