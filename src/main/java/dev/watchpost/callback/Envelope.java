package dev.watchpost.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.OutboxEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;

/**
 * The JSON of a notification as Cloud Elements sends it. Records are copied as they were stored,
 * not parsed. The same notification is the same bytes at every attempt. Thread-safe.
 */
final class Envelope implements NotificationFormat {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String CONTENT_TYPE = "application/json";
  private static final String USER = "notifications@watchpost";

  /** {@code Date.toString}, in UTC. */
  private static final DateTimeFormatter CREATED_DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH)
          .withZone(ZoneId.of("UTC"));

  private final Function<String, String> hubOf;

  /**
   * @param hubOf element key to hub key; null or empty: general
   */
  Envelope(Function<String, String> hubOf) {
    this.hubOf = hubOf;
  }

  @Override
  public Body notification(Instance instance, Claimed notification) {
    return new Body(CONTENT_TYPE, write(instance, notification));
  }

  @Override
  public Body event(Instance instance, Claimed notification, OutboxEvent event) {
    return new Body(CONTENT_TYPE, write(instance, notification.alone(event)));
  }

  byte[] write(Instance instance, Claimed notification) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(sizeOf(notification));
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("severity", "medium");
      json.writeStringField("createdDate", CREATED_DATE.format(notification.pollAt()));
      json.writeStringField(
          "topic", "instance-%d-%s-events".formatted(instance.id(), instance.elementKey()));
      json.writeStringField("action", action(notification.events().get(0)));
      json.writeStringField("id", Long.toString(notification.id()));
      json.writeStringField("user", USER);
      json.writeObjectFieldStart("message");
      message(json, instance, notification);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** About so many bytes: enough where texts are ASCII and no record is shown as it was before. */
  private static int sizeOf(Claimed notification) {
    return notification.events().stream().mapToInt(event -> event.raw().length() + 512).sum() + 512;
  }

  private void message(JsonGenerator json, Instance instance, Claimed notification)
      throws IOException {
    json.writeStringField("elementKey", instance.elementKey());
    json.writeNumberField("accountId", instance.owner().organization());
    json.writeStringField("eventId", notification.messageId());
    json.writeNumberField("companyId", instance.owner().organization());
    json.writeNumberField("instanceId", instance.id());
    json.writeNumberField("instance_id", instance.id());
    json.writeStringField("instanceName", instance.name());
    json.writeArrayFieldStart("instanceTags");
    for (String tag : instance.tags()) {
      json.writeString(tag);
    }
    json.writeEndArray();
    json.writeNumberField("userId", instance.owner().user());
    raw(json, notification);
    json.writeArrayFieldStart("events");
    String hub = hub(instance.elementKey());
    String pollDate = seconds(notification.pollAt());
    for (OutboxEvent event : notification.events()) {
      event(json, instance.elementKey(), hub, notification.objectType(), pollDate, event);
    }
    json.writeEndArray();
  }

  private static void raw(JsonGenerator json, Claimed notification) throws IOException {
    json.writeObjectFieldStart("raw");
    json.writeArrayFieldStart(notification.objectType());
    for (OutboxEvent event : notification.events()) {
      json.writeRawValue(event.raw());
    }
    json.writeEndArray();
    json.writeNumberField("pollDate", notification.pollAt().toEpochMilli());
    json.writeStringField("objectType", notification.objectType());
    json.writeEndObject();
  }

  private static void event(
      JsonGenerator json,
      String elementKey,
      String hub,
      String objectType,
      String pollDate,
      OutboxEvent event)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("date", seconds(event.date()));
    json.writeStringField("pollDate", pollDate);
    json.writeStringField("elementKey", elementKey);
    json.writeStringField("hubKey", hub);
    json.writeStringField("eventId", event.eventId());
    json.writeStringField("eventType", event.type().name());
    json.writeStringField("objectId", event.objectId());
    json.writeStringField("objectType", objectType);
    StoredJson.field(json, "before", event.before());
    StoredJson.field(json, "changedFields", event.changedFields());
    json.writeEndObject();
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String action(OutboxEvent event) {
    return switch (event.type()) {
      case CREATED -> "create";
      case UPDATED -> "update";
      case DELETED -> "delete";
    };
  }

  private String hub(String elementKey) {
    String hub = hubOf.apply(elementKey);
    return hub == null || hub.isEmpty() ? "general" : hub;
  }
}
