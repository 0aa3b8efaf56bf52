package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.BusySource.Heard;
import dev.watchpost.file.FileReport;
import dev.watchpost.file.FileReport.State;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.InstanceRequest;
import dev.watchpost.poll.ResourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file is dropped, changed, broken, mended, removed and put back while thousands of records are
 * polled every second, here and by other instances; the program's own clock and threads notice.
 */
class FilesUnderLoadTest {
  private static final String SHOP =
      """
      # %s
      element: rest
      tags: [%s]
      configuration:
        base.url: %s
        event.notification.enabled: true
        event.notification.callback.url: %s/hook/shop
        event.notification.batch.size: 100
        event.poller.refresh_interval: %s
        event.poller.configuration:
          records:
            url: /records
            idField: id
            datesConfiguration:
              updatedDateField: updated
              updatedDateFormat: milliseconds
              createdDateField: created
              createdDateFormat: milliseconds
      """;

  @TempDir Path routes;
  private BusySource source;
  private TestWatchpost running;

  @AfterEach
  void close() {
    if (running != null) {
      running.close();
    }
    if (source != null) {
      source.close();
    }
  }

  @Test
  void each_change_of_a_file_touches_its_own_routes_and_loses_and_repeats_nothing()
      throws Exception {
    source = new BusySource();
    running =
        new TestWatchpost(
                TestDatabase.H2.freshUrl(),
                Clock.systemUTC(),
                Map.of(
                    "watchpost.routes.directory", routes.toString(),
                    "watchpost.elements.directory", routes.resolve("elements").toString()))
            .start();
    List<Route> others = List.of(other("one"), other("two"));

    // dropped
    drop(text("dropped", "first", "0.02"));
    Instance shop = await().until(this::shop, instance -> instance != null);
    String routeId = "poll-%d-records".formatted(shop.id());
    await().until(() -> polls(shop) > 0);
    Route dropped = running.context().getRoute(routeId);
    source.change();
    awaitMoreIsHeard();
    assertUntouched(others);

    // changed: its own route is another one, with the new interval
    long ledger = ledger(shop);
    drop(text("changed", "second", "0.0167"));
    await().until(() -> running.context().getRoute(routeId) != dropped);
    await().until(() -> shop().tags().equals(List.of("second")));
    Route changed = await().until(() -> running.context().getRoute(routeId), r -> r != null);
    awaitMoreIsHeard();
    assertThat(shop().id()).isEqualTo(shop.id());
    assertThat(ledger(shop)).isGreaterThanOrEqualTo(ledger);
    assertUntouched(others);

    // changed in what no route depends on: the route stays
    drop(text("changed", "third", "0.0167"));
    await().until(() -> shop().tags().equals(List.of("third")));
    assertThat(running.context().getRoute(routeId)).isSameAs(changed);

    // broken: what ran goes on as if nothing were
    drop(text("broken", "fourth", "soon"));
    await().until(() -> state() == State.BROKEN_LAST_GOOD_USED);
    assertThat(report().errors())
        .singleElement()
        .asString()
        .startsWith("line 9: configuration.event.poller.refresh_interval: found 'soon'");
    ResourceState before = state(shop);
    awaitMoreIsHeard();
    await().until(() -> state(shop).cursor().isAfter(before.cursor()));
    assertThat(running.context().getRoute(routeId)).isSameAs(changed);
    assertThat(shop().tags()).containsExactly("third");
    assertUntouched(others);

    // mended
    drop(text("mended", "fifth", "0.0167"));
    await().until(() -> state() == State.USED);
    assertThat(shop().tags()).containsExactly("fifth");
    assertThat(running.context().getRoute(routeId)).isSameAs(changed);
    awaitMoreIsHeard();

    // removed: nothing of it moves, and nothing of it is lost
    Files.delete(routes.resolve("shop.instance.yaml"));
    await().until(() -> running.context().getRoute(routeId) == null);
    assertThat(state()).isEqualTo(State.REMOVED);
    awaitPollsOfOthers(1);
    ResourceState stopped = state(shop);
    ledger = ledger(shop);
    int heard = source.heard("shop").size();
    Map<Integer, Integer> changedBefore = source.changed();
    awaitPollsOfOthers(3);
    assertThat(state(shop)).isEqualTo(stopped);
    assertThat(ledger(shop)).isEqualTo(ledger);
    assertThat(source.heard("shop")).hasSize(heard);
    assertThat(source.changed()).isNotEqualTo(changedBefore);
    assertUntouched(others);

    // back: it goes on from its cursor
    drop(text("back", "fifth", "0.0167"));
    await().until(() -> running.context().getRoute(routeId) != null);
    assertThat(shop().id()).isEqualTo(shop.id());
    assertThat(shop().token()).isEqualTo(shop.token());
    awaitMoreIsHeard();
    assertThat(state(shop).startFrom()).isEqualTo(stopped.startFrom());
    assertUntouched(others);

    source.rest();
    for (String name : List.of("shop", "one", "two")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(newest(name)).isEqualTo(source.changed()));
      assertNothingTwice(name);
    }
  }

  private String text(String comment, String tag, String interval) {
    return SHOP.formatted(comment, tag, source.url(), source.url(), interval);
  }

  /** As editors do: beside, then in its place. */
  private void drop(String text) throws IOException {
    Path file = Files.writeString(routes.resolve(".shop.tmp"), text);
    Files.move(file, routes.resolve("shop.instance.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** An instance that is created over REST, polling. */
  private Route other(String name) throws Exception {
    String body =
        """
        {"element": "rest", "name": "%s", "configuration": {
          "base.url": "%s", "event.notification.enabled": true,
          "event.notification.callback.url": "%s/hook/%s", "event.notification.batch.size": 100,
          "event.poller.refresh_interval": 0.0167,
          "event.poller.configuration": {"records": {"url": "/records", "idField": "id",
            "datesConfiguration": {"updatedDateField": "updated", "updatedDateFormat": "milliseconds",
              "createdDateField": "created", "createdDateFormat": "milliseconds"}}}}}
        """
            .formatted(name, source.url(), source.url(), name);
    Instance instance =
        running.watchpost().instances().create(InstanceRequest.json(body), null).instance();
    String id = "poll-%d-records".formatted(instance.id());
    await().until(() -> running.context().getRoute(id) != null && polls(instance) > 0);
    return running.context().getRoute(id);
  }

  private void assertUntouched(List<Route> others) {
    for (Route other : others) {
      assertThat(running.context().getRoute(other.getRouteId())).isSameAs(other);
      long uptime = uptimes.getOrDefault(other.getRouteId(), 0L);
      assertThat(other.getUptimeMillis()).isGreaterThan(uptime);
      uptimes.put(other.getRouteId(), other.getUptimeMillis());
    }
  }

  private final Map<String, Long> uptimes = new HashMap<>();

  private Instance shop() {
    return running.watchpost().instances().active().stream()
        .filter(instance -> instance.file() != null)
        .findFirst()
        .orElse(null);
  }

  private ResourceState state(Instance instance) {
    List<ResourceState> states = running.watchpost().polls().states(instance.id());
    return states.isEmpty() ? null : states.get(0);
  }

  private long polls(Instance instance) {
    ResourceState state = state(instance);
    return state == null ? 0 : state.polls();
  }

  private FileReport report() {
    return running.watchpost().files().reports().get(0);
  }

  private State state() {
    return report().state();
  }

  private long ledger(Instance instance) {
    return running
        .database()
        .read(
            handle ->
                handle
                    .select(
                        "select count(*) from ledger l join resource r on r.id = l.resource_id"
                            + " where r.instance_id = ?",
                        instance.id())
                    .mapTo(Long.class)
                    .one());
  }

  private void awaitMoreIsHeard() {
    int before = source.heard("shop").size();
    await().atMost(Duration.ofSeconds(30)).until(() -> source.heard("shop").size() > before);
  }

  private void awaitPollsOfOthers(int polls) {
    Callable<Long> all =
        () -> running.watchpost().polls().states(null).stream().mapToLong(s -> s.polls()).sum();
    try {
      long before = all.call();
      await().atMost(Duration.ofSeconds(30)).until(() -> all.call() >= before + 2 * polls);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<Integer, Integer> newest(String name) {
    Map<Integer, Integer> versions = new HashMap<>();
    source.heard(name).forEach(event -> versions.merge(event.id(), event.version(), Math::max));
    return versions;
  }

  private void assertNothingTwice(String name) {
    Set<String> eventIds = new HashSet<>();
    Set<String> versions = new HashSet<>();
    Set<Integer> created = new HashSet<>();
    for (Heard event : source.heard(name)) {
      assertThat(eventIds.add(event.eventId())).as("%s in %s", event, name).isTrue();
      assertThat(versions.add(event.id() + " " + event.version()))
          .as("%s in %s", event, name)
          .isTrue();
      assertThat(event.type().equals("CREATED") && !created.add(event.id()))
          .as("%s in %s", event, name)
          .isFalse();
    }
    assertThat(created).isNotEmpty();
  }
}
