package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.Watchpost;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.StoredEvent;
import dev.watchpost.poll.PollReport;
import dev.watchpost.poll.ResourceState;
import dev.watchpost.store.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A running Watchpost with one instance, which polls when the test says so. */
final class Scene implements AutoCloseable {
  private final String database;
  private final Clock clock;
  private final Instance instance;
  private final Set<String> shown = new HashSet<>();
  private TestWatchpost running;

  private Scene(String database, Clock clock, Instance instance, Map<String, String> properties)
      throws Exception {
    this.database = database;
    this.clock = clock;
    this.instance = instance;
    this.running = new TestWatchpost(database, clock, properties).start();
  }

  /** Watched from the clock's time on, on H2. */
  static Scene of(WatchRequest request, Clock clock, Map<String, String> properties)
      throws Exception {
    return of(TestDatabase.H2, request, clock, properties);
  }

  static Scene of(
      TestDatabase kind, WatchRequest request, Clock clock, Map<String, String> properties)
      throws Exception {
    String database = kind.freshUrl();
    Instance instance = TestWatchpost.watched(database, clock, request.json());
    return new Scene(database, clock, instance, properties);
  }

  /** Ends what runs, as it is, and runs it again on the same database. */
  void restart() throws Exception {
    running.close();
    running = new TestWatchpost(database, clock, Map.of()).start();
  }

  static Scene of(WatchRequest request, Clock clock) throws Exception {
    return of(request, clock, Map.of());
  }

  Watchpost watchpost() {
    return running.watchpost();
  }

  Database database() {
    return running.database();
  }

  long instance() {
    return instance.id();
  }

  /** Sets one of the instance's settings, and waits until that has been acted on. */
  void set(String key, String value) {
    watchpost().instances().patchSetting(instance.id(), key, TextNode.valueOf(value));
    running.awaitMended();
  }

  PollReport poll() {
    return watchpost().polls().pollNow(instance.id(), WatchRequest.RESOURCE, false).get(0);
  }

  /** {@link #poll} that must succeed, and what it entered: {@code CREATED 4}, in order. */
  List<String> polled() {
    PollReport report = poll();
    if (report.error() != null) {
      throw new AssertionError("the poll failed: " + report.error());
    }
    return entered();
  }

  /** Events entered since this was asked last. */
  List<String> entered() {
    List<String> entered = new ArrayList<>();
    for (StoredEvent stored : events()) {
      if (shown.add(stored.event().eventId())) {
        entered.add(0, stored.event().type() + " " + stored.event().objectId());
      }
    }
    return entered;
  }

  /** Newest first. */
  List<StoredEvent> events() {
    return watchpost().outbox().events(EventFilter.of(instance.id()), 1_000, 0);
  }

  ResourceState state() {
    return watchpost().polls().states(instance.id()).get(0);
  }

  /** Its REST API, from now on. */
  Api api() throws Exception {
    return Api.of(running.context(), watchpost());
  }

  @Override
  public void close() {
    running.close();
  }
}
