package dev.watchpost.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.callback.NotificationFormat.Body;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.OutboxEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is written is read by the CloudEvents SDK. */
final class CloudEventFormatTest {
  private static final Instant DATE = Instant.parse("2018-08-20T15:29:06.120Z");
  private static final Instant POLL = Instant.parse("2018-08-20T15:30:07Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudEventFormat format = new CloudEventFormat();

  @Test
  void notification_is_a_batch_of_cloudevents_that_the_sdk_reads() throws Exception {
    Body body =
        format.notification(
            Fixtures.instance(795, Map.of()),
            notification(
                "invoices",
                event(EventType.CREATED, "14682", "{\"id\":14682,\"name\":\"Größe\",\"n\":1.50}"),
                event(EventType.DELETED, "9", "{\"id\":9}")));

    assertThat(body.contentType()).isEqualTo("application/cloudevents-batch+json");
    List<CloudEvent> read = read(body);
    assertThat(read).hasSize(2);
    CloudEvent created = read.get(0);
    assertThat(created.getId()).isEqualTo("evt_14682");
    assertThat(created.getSource()).hasToString("/instances/795/invoices");
    assertThat(created.getType()).isEqualTo("watchpost.record.created");
    assertThat(created.getSubject()).isEqualTo("14682");
    assertThat(created.getTime()).isEqualTo(OffsetDateTime.parse("2018-08-20T15:29:06.120Z"));
    assertThat(created.getDataContentType()).isEqualTo("application/json");
    assertThat(created.getExtension("elementkey")).isEqualTo("netsuiteerpv2");
    assertThat(created.getExtension("polltime")).isEqualTo("2018-08-20T15:30:07Z");
    assertThat(data(created))
        .isEqualTo(JSON.readTree("{\"raw\":{\"id\":14682,\"name\":\"Größe\",\"n\":1.50}}"));
  }

  @Test
  void deleted_one_carries_the_last_record_known() throws Exception {
    CloudEvent deleted =
        read(format.notification(
                Fixtures.instance(795, Map.of()),
                notification(
                    "invoices", event(EventType.DELETED, "9", "{\"id\":9,\"name\":\"was\"}"))))
            .get(0);

    assertThat(deleted.getType()).isEqualTo("watchpost.record.deleted");
    assertThat(data(deleted)).isEqualTo(JSON.readTree("{\"raw\":{\"id\":9,\"name\":\"was\"}}"));
  }

  @Test
  void kept_records_put_before_and_changed_fields_beside_the_record() throws Exception {
    OutboxEvent updated =
        new OutboxEvent(
            "evt_1", EventType.UPDATED, "1", 2, DATE, POLL, "{\"a\":2}", "{\"a\":1}", "[\"/a\"]");

    Body alone =
        format.event(Fixtures.instance(795, Map.of()), notification("invoices", updated), updated);

    assertThat(alone.contentType()).isEqualTo("application/cloudevents+json");
    CloudEvent read = new JsonFormat().deserialize(alone.bytes());
    assertThat(read.getType()).isEqualTo("watchpost.record.updated");
    assertThat(data(read))
        .isEqualTo(
            JSON.readTree("{\"raw\":{\"a\":2},\"before\":{\"a\":1},\"changedFields\":[\"/a\"]}"));
  }

  @Test
  void name_of_a_resource_that_is_no_path_is_encoded_in_the_source() {
    CloudEvent read =
        read(format.notification(
                Fixtures.instance(795, Map.of()),
                notification("Ünpaid bills?%", event(EventType.CREATED, "1", "{}"))))
            .get(0);

    assertThat(read.getSource()).hasToString("/instances/795/%C3%9Cnpaid%20bills%3F%25");
    assertThat(read.getSource().getPath()).isEqualTo("/instances/795/Ünpaid bills?%");
  }

  /** Each of a batch by the SDK's reader: it has none for batches. */
  static List<CloudEvent> read(Body body) {
    return batch(new String(body.bytes(), StandardCharsets.UTF_8));
  }

  static List<CloudEvent> batch(String body) {
    try {
      return StreamSupport.stream(JSON.readTree(body).spliterator(), false)
          .map(event -> new JsonFormat().deserialize(bytes(event)))
          .toList();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JsonNode event) {
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode data(CloudEvent event) throws IOException {
    return JSON.readTree(event.getData().toBytes());
  }

  private static Claimed notification(String resource, OutboxEvent... events) {
    return new Claimed(1496771, "msg_1", 795, 1, resource, POLL, POLL, 0, 0, 1, List.of(events));
  }

  private static OutboxEvent event(EventType type, String id, String raw) {
    return new OutboxEvent("evt_" + id, type, id, 1, DATE, POLL, raw, null, null);
  }
}
