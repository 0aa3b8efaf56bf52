package dev.watchpost.callback;

import static org.awaitility.Awaitility.await;

import dev.watchpost.SettableClock;
import dev.watchpost.instance.Instance;
import dev.watchpost.network.AddressPolicy;
import dev.watchpost.network.GuardedHttp;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.EventStatus;
import dev.watchpost.outbox.Feed;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.outbox.OutboxTables;
import dev.watchpost.outbox.StoredEvent;
import dev.watchpost.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the outbox to a real receiver: the route as it is shipped, on H2, with a clock that stands.
 */
abstract class DeliveryStage {
  @TempDir Path directory;
  final SettableClock clock = new SettableClock(OutboxTables.NOW);
  final Map<Long, Instance> instances = new ConcurrentHashMap<>();
  final Receiver receiver = new Receiver();
  final DeliveryPolicy policy =
      new DeliveryPolicy(
          DeliveryPolicy.parse("5s,5m,30m"),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          () -> 0.5);
  final GuardedHttp http =
      GuardedHttp.forCallbacks(
          AddressPolicy.allowing("127.0.0.0/8"), policy.connectTimeout(), policy.answerTimeout());
  Database database;
  OutboxTables tables;
  Outbox outbox;
  DefaultCamelContext camel;
  ProducerTemplate producer;
  Feed customers;

  @BeforeEach
  void start() throws Exception {
    database = Database.open("jdbc:h2:file:" + directory.resolve("outbox"), "sa", "");
    tables = new OutboxTables(database);
    outbox = new Outbox(database, clock);
    customers = feed(795, receiver, Map.of());
    camel = new DefaultCamelContext();
    Delivery delivery =
        new Delivery(
            outbox,
            id -> Optional.ofNullable(instances.get(id)),
            element -> "erp",
            new CamelEndpoints(camel, Set.of("http", "direct", "seda", "file", "kafka", "jms")),
            policy,
            clock,
            "0.1.0");
    camel.getRegistry().bind("watchpostDelivery", delivery);
    camel.getRegistry().bind("watchpostSenders", new Senders(camel, delivery));
    camel.getRegistry().bind("watchpostCallbackClient", http.configurer());
    camel.getRegistry().bind("watchpostCallbackConnections", http.connections());
    camel.getPropertiesComponent().addInitialProperty("watchpost.delivery.tick", "3600000");
    camel.getShutdownStrategy().setTimeout(1);
    camel.start();
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            PluginHelper.getResourceLoader(camel)
                .resolveResource("classpath:camel/deliver.camel.yaml"));
    producer = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() throws Exception {
    receiver.answers(Receiver.status(200));
    receiver.close();
    camel.close();
    database.close();
  }

  Feed feed(long instance, Receiver receiver, Map<String, String> settings) {
    instances.put(instance, instance(instance, receiver, settings));
    tables.instance(instance);
    return tables.feed(instance, "customers", 10);
  }

  static Instance instance(long id, Receiver receiver, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("event.notification.callback.url", receiver.url());
    return Fixtures.instance(id, all);
  }

  void wake() {
    producer.sendBody("seda:watchpost-wake?size=1&discardWhenFull=true", "");
  }

  void later(Duration wait) {
    clock.advance(wait);
  }

  /** Until the event x has so many attempts on record. */
  void wakeUntilAttempts(int attempts) {
    wake();
    await().until(() -> event("x").attempts() == attempts);
  }

  void awaitStatus(String objectId, EventStatus status) {
    await().until(() -> event(objectId).status() == status);
  }

  StoredEvent event(String objectId) {
    List<StoredEvent> events = outbox.events(EventFilter.of(795L), 1000, 0);
    StoredEvent found =
        events.stream()
            .filter(e -> e.event().objectId().equals(objectId))
            .reduce((first, second) -> second)
            .orElseThrow();
    return outbox.event(found.event().eventId()).orElseThrow();
  }
}
