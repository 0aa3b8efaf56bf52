package dev.watchpost.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.watchpost.change.ToldEvent;
import dev.watchpost.date.SourceDateFormat;
import dev.watchpost.date.UnreadableDate;
import dev.watchpost.outbox.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Events in the one form that mappings make: {@code {objectType, objectId, eventType, date, raw}}.
 */
final class ToldEvents {
  private static final int MAX_ID = 1_000;
  private static final int MOST = 10_000;

  private ToldEvents() {}

  /**
   * @param mapped an object, a list of objects, or null: no event
   */
  static List<ToldEvent> of(Object mapped) throws WebhookRefused {
    List<?> list =
        mapped == null ? List.of() : mapped instanceof List<?> many ? many : List.of(mapped);
    if (list.size() > MOST) {
      throw refused("holds more than %,d events".formatted(MOST));
    }
    List<ToldEvent> events = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Map<?, ?> event)) {
        throw refused("[%d] is no object".formatted(i));
      }
      events.add(event(event, "[%d].".formatted(i)));
    }
    return events;
  }

  private static ToldEvent event(Map<?, ?> event, String path) throws WebhookRefused {
    String id = text(event, "objectId", path);
    if (id.length() > MAX_ID) {
      throw refused(path + "objectId is longer than %,d characters".formatted(MAX_ID));
    }
    return new ToldEvent(
        text(event, "objectType", path),
        id,
        type(event, path),
        date(event, path),
        raw(event, path));
  }

  private static String text(Map<?, ?> event, String key, String path) throws WebhookRefused {
    Object value = event.get(key);
    if (value instanceof Map || value instanceof List || Objects.toString(value, "").isBlank()) {
      throw refused(
          "%s%s: found %s; a text or a number is needed".formatted(path, key, kind(value)));
    }
    return value.toString();
  }

  private static String kind(Object value) {
    return value == null ? "none" : value instanceof String ? "a blank text" : "an object or list";
  }

  private static EventType type(Map<?, ?> event, String path) throws WebhookRefused {
    String type = text(event, "eventType", path).toUpperCase(Locale.ROOT);
    for (EventType known : EventType.values()) {
      if (known.name().equals(type)) {
        return known;
      }
    }
    throw refused(path + "eventType must be CREATED, UPDATED or DELETED");
  }

  private static Instant date(Map<?, ?> event, String path) throws WebhookRefused {
    if (event.get("date") == null) {
      return null;
    }
    try {
      return SourceDateFormat.of("", "UTC").parse(text(event, "date", path)).start();
    } catch (UnreadableDate e) {
      throw refused(path + "date: " + e.getMessage());
    }
  }

  private static byte[] raw(Map<?, ?> event, String path) throws WebhookRefused {
    Object raw = event.get("raw");
    if (raw == null) {
      return null;
    }
    if (!(raw instanceof Map)) {
      throw refused(path + "raw is no object; it is the record itself");
    }
    try {
      return WebhookBody.JSON.writeValueAsBytes(raw);
    } catch (JsonProcessingException e) {
      throw refused(path + "raw is no JSON");
    }
  }

  private static WebhookRefused refused(String what) {
    return new WebhookRefused(422, "what the webhook is mapped to " + what);
  }
}
