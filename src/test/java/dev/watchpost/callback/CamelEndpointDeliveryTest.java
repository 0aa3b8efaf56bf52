package dev.watchpost.callback;

import static dev.watchpost.outbox.OutboxTables.created;
import static dev.watchpost.outbox.OutboxTables.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.watchpost.JmsBroker;
import dev.watchpost.KafkaBroker;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.EventStatus;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.outbox.StoredEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks that are Camel endpoints: a route of the host's, files, a Kafka broker. */
final class CamelEndpointDeliveryTest extends DeliveryStage {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final Queue<Exchange> taken = new ConcurrentLinkedQueue<>();
  private volatile boolean failing;

  @Test
  void route_gets_a_message_for_each_event_in_order_signed_under_the_events_id() throws Exception {
    direct();
    callback("direct:changes", Map.of("event.notification.signature.key", KEY));
    tables.append(outbox, customers, created("x"), created("y"), created("z"));

    wake();

    awaitStatus("x", EventStatus.DELIVERED);
    assertThat(taken).extracting(CamelEndpointDeliveryTest::object).containsExactly("x", "y", "z");
    Exchange first = taken.peek();
    String id = event("x").event().eventId();
    assertThat(first.getMessage().getHeaders())
        .containsEntry("webhook-id", id)
        .containsEntry("Elements-Webhook-Id", id)
        .containsEntry("content-type", "application/json")
        .containsEntry(
            "webhook-signature",
            new Webhook(KEY)
                .sign(
                    id,
                    Long.parseLong(first.getMessage().getHeader("webhook-timestamp", String.class)),
                    first.getMessage().getBody(String.class)));
    assertThat(
            JSON.readTree(first.getMessage().getBody(String.class)).at("/message/eventId").asText())
        .isEqualTo(id);
    assertThat(event("x").deliveries()).hasSize(1);
    assertThat(event("x").deliveries().get(0).outcome()).isEqualTo("accepted");
    assertThat(event("x").deliveries().get(0).status()).isNull();
  }

  @Test
  void route_that_fails_is_tried_again_and_ends_as_a_dead_letter() throws Exception {
    direct();
    failing = true;
    callback("direct:changes", Map.of());
    tables.append(outbox, customers, created("x"));
    tables.append(outbox, customers, updated("x", 2));

    for (int attempt = 1; attempt <= 3; attempt++) {
      wakeUntilAttempts("x", attempt);
      later(Duration.ofMinutes(30));
    }
    wakeUntilAttempts("x", 4);

    StoredEvent dead = first("x");
    assertThat(dead.status()).isEqualTo(EventStatus.DEAD);
    assertThat(dead.deliveries().get(0).error())
        .isEqualTo("IllegalStateException: the warehouse is closed");
    failing = false;
    later(Duration.ofMinutes(30));
    wake();
    await().until(() -> outbox.undelivered(795) == 0);
    outbox.redeliver(dead.event().eventId());
    wake();
    await().until(() -> first("x").status() == EventStatus.DELIVERED);
    assertThat(taken).hasSize(2);
  }

  @Test
  void each_event_becomes_a_file_named_by_its_id() throws Exception {
    callback("file:" + folder, Map.of());
    NewEvent german =
        new NewEvent(
            EventType.CREATED,
            "x",
            1,
            clock.instant(),
            "{\"id\":\"x\",\"n\":\"Größe\"}",
            null,
            null);
    tables.append(outbox, customers, german, created("../y"));

    wake();

    awaitStatus("x", EventStatus.DELIVERED);
    Path file = folder.resolve(event("x").event().eventId() + ".json");
    assertThat(JSON.readTree(Files.readAllBytes(file)).at("/message/raw/customers/0/n").asText())
        .isEqualTo("Größe");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void kafka_gets_each_event_keyed_by_its_object_in_order_under_its_id() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder)) {
      broker.topic("changes", 3);
      callback(
          "kafka:changes?brokers=" + broker.address(),
          Map.of(
              "event.notification.signature.key", KEY, "event.notification.format", "cloudevents"));
      List<String> expected = new ArrayList<>();
      for (int version = 1; version <= 5; version++) {
        List<NewEvent> page = new ArrayList<>();
        for (String object : List.of("Zoë", "b", "c", "d")) {
          page.add(version == 1 ? created(object) : updated(object, version));
          expected.add(object + version);
        }
        tables.append(outbox, customers, page.toArray(NewEvent[]::new));
      }

      wake();

      List<ConsumerRecord<String, String>> records = broker.read("changes", expected.size());
      assertThat(records.stream().map(r -> r.key() + version(r)))
          .containsExactlyInAnyOrderElementsOf(expected);
      Map<String, Integer> last = new HashMap<>();
      Map<String, Integer> partition = new HashMap<>();
      for (ConsumerRecord<String, String> record : records) {
        assertThat(version(record)).isEqualTo(last.merge(record.key(), 1, Integer::sum));
        assertThat(partition.merge(record.key(), record.partition(), (a, b) -> b))
            .isEqualTo(record.partition());
      }
      ConsumerRecord<String, String> one = records.get(0);
      CloudEvent read = read(one);
      assertThat(read.getSubject()).isEqualTo(one.key());
      assertThat(header(one, "webhook-id")).isEqualTo(read.getId());
      assertThat(header(one, "Elements-Webhook-Id")).isEqualTo(read.getId());
      assertThat(header(one, "content-type")).isEqualTo("application/cloudevents+json");
      assertThat(header(one, "webhook-signature"))
          .isEqualTo(
              new Webhook(KEY)
                  .sign(
                      read.getId(), Long.parseLong(header(one, "webhook-timestamp")), one.value()));
      await().until(() -> outbox.undelivered(795) == 0);
    }
  }

  @Test
  void jms_queue_gets_each_event_in_order_under_its_id() throws Exception {
    try (JmsBroker broker = new JmsBroker()) {
      camel.getRegistry().bind("connections", broker.connections());
      callback("jms:queue:changes", Map.of("event.notification.signature.key", KEY));
      tables.append(outbox, customers, created("x"), created("Zoë"));
      tables.append(outbox, customers, updated("x", 2));

      wake();

      List<TextMessage> messages = broker.read("changes", 3);
      List<String> objects = new ArrayList<>();
      for (TextMessage message : messages) {
        JsonNode event = JSON.readTree(message.getText()).at("/message/events/0");
        objects.add(event.path("eventType").asText() + " " + event.path("objectId").asText());
      }
      assertThat(objects).containsExactly("CREATED x", "CREATED Zoë", "UPDATED x");
      // a property's name must be a Java identifier: Camel writes - so, and reads it back
      TextMessage first = messages.get(0);
      String id = JSON.readTree(first.getText()).at("/message/eventId").asText();
      assertThat(first.getStringProperty("webhook_HYPHEN_id")).isEqualTo(id);
      assertThat(first.getStringProperty("webhook_HYPHEN_signature"))
          .isEqualTo(
              new Webhook(KEY)
                  .sign(
                      id,
                      Long.parseLong(first.getStringProperty("webhook_HYPHEN_timestamp")),
                      first.getText()));
      await().until(() -> outbox.undelivered(795) == 0);
    }
  }

  @Test
  void broker_that_does_not_answer_is_an_attempt_that_shows_no_secret() {
    callback(
        "kafka:changes?brokers=127.0.0.1:1&maxBlockMs=50&saslMechanism=PLAIN&securityProtocol=SASL_PLAINTEXT"
            + "&saslJaasConfig=RAW(org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"u\" password=\"pa55word\";)",
        Map.of());
    tables.append(outbox, customers, created("x"));

    wakeUntilAttempts(1);

    assertThat(event("x").deliveries().get(0).outcome()).isEqualTo("unreachable");
    assertThat(event("x").deliveries().get(0).error()).doesNotContain("pa55word");
    assertThat(event("x").status()).isEqualTo(EventStatus.PENDING);
  }

  @Test
  void scheme_that_the_operator_took_off_the_list_is_not_sent_to() {
    callback("vm:changes", Map.of());
    tables.append(outbox, customers, created("x"));

    wakeUntilAttempts(1);

    assertThat(event("x").deliveries().get(0).error())
        .contains("the scheme 'vm' is not in watchpost.callback.schemes");
  }

  private void direct() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:changes").process(CamelEndpointDeliveryTest.this::take);
          }
        });
  }

  private void take(Exchange exchange) {
    if (failing) {
      throw new IllegalStateException("the warehouse is closed");
    }
    taken.add(exchange.copy());
  }

  private void callback(String uri, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("event.notification.callback.url", uri);
    instances.put(795L, Fixtures.instance(795, all));
  }

  private void wakeUntilAttempts(String object, int attempts) {
    wake();
    await().until(() -> first(object).attempts() == attempts);
  }

  /** The first event of an object. */
  private StoredEvent first(String object) {
    return outbox.events(EventFilter.of(795L), 1000, 0).stream()
        .filter(e -> e.event().objectId().equals(object) && e.event().sequence() == 1)
        .map(e -> outbox.event(e.event().eventId()).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static String object(Exchange exchange) {
    try {
      return JSON.readTree(exchange.getMessage().getBody(String.class))
          .at("/message/events/0/objectId")
          .asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CloudEvent read(ConsumerRecord<String, String> record) {
    return new JsonFormat().deserialize(record.value().getBytes(StandardCharsets.UTF_8));
  }

  private static int version(ConsumerRecord<String, String> record) {
    try {
      return JSON.readTree(read(record).getData().toBytes()).at("/raw/version").asInt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
