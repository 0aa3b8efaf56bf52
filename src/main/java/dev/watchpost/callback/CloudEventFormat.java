package dev.watchpost.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.OutboxEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * CloudEvents 1.0 in JSON: a notification is a batch of them, one event alone is one of them. Id is
 * the event's, subject the object's id, time the change's; {@code data} holds {@code raw}, {@code
 * before} and {@code changedFields} as the {@code elements} format has them, so that a deleted one
 * carries the last record known. Extensions: {@code elementkey} and {@code polltime}.
 */
final class CloudEventFormat implements NotificationFormat {
  static final String BATCH = "application/cloudevents-batch+json";
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonFormat FORMAT = new JsonFormat();

  @Override
  public Body notification(Instance instance, Claimed notification) {
    URI source = source(notification);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    char before = '[';
    for (OutboxEvent event : notification.events()) {
      bytes.write(before);
      bytes.writeBytes(write(instance, source, event));
      before = ',';
    }
    bytes.write(']');
    return new Body(BATCH, bytes.toByteArray());
  }

  @Override
  public Body event(Instance instance, Claimed notification, OutboxEvent event) {
    return new Body(JsonFormat.CONTENT_TYPE, write(instance, source(notification), event));
  }

  private static byte[] write(Instance instance, URI source, OutboxEvent event) {
    return FORMAT.serialize(
        CloudEventBuilder.v1()
            .withId(event.eventId())
            .withSource(source)
            .withType("watchpost.record." + event.type().name().toLowerCase(Locale.ROOT))
            .withSubject(event.objectId())
            .withTime(time(event.date()))
            .withExtension("elementkey", instance.elementKey())
            .withExtension("polltime", time(event.pollAt()))
            .withData("application/json", data(event))
            .build());
  }

  /** {@code /instances/795/invoices}; a resource's name may hold anything. */
  private static URI source(Claimed notification) {
    String path =
        "/instances/%d/%s".formatted(notification.instanceId(), notification.objectType());
    try {
      return URI.create(new URI(null, null, path, null).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static byte[] data(OutboxEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      StoredJson.field(json, "raw", event.raw());
      StoredJson.field(json, "before", event.before());
      StoredJson.field(json, "changedFields", event.changedFields());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
