package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What a callback got, counted by event id. It notes as a fault what must never come: an id again
 * with other content, an event under two webhook ids, an event before an earlier one of its object
 * was accepted or again after a later one. Thread-safe.
 */
final class Inbox {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final IntSupplier status;
  private final Consumer<JsonNode> onAccepted;
  private final Map<String, Integer> bodies = new HashMap<>();
  private final Map<String, Event> events = new HashMap<>();
  private final Map<String, List<Event>> objects = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private int repeated;

  /** An event as it first came. */
  static final class Event {
    final String id;
    final String type;
    final JsonNode record;
    private final String webhookId;
    private boolean accepted;

    Event(String id, String type, JsonNode record, String webhookId) {
      this.id = id;
      this.type = type;
      this.record = record;
      this.webhookId = webhookId;
    }
  }

  /**
   * @param status of the next answer
   */
  Inbox(IntSupplier status) {
    this(status, record -> {});
  }

  /**
   * @param onAccepted gets the record of each event when it is accepted for the first time
   */
  Inbox(IntSupplier status, Consumer<JsonNode> onAccepted) {
    this.status = status;
    this.onAccepted = onAccepted;
  }

  /** The status to answer with; what is answered with 200 is accepted. */
  synchronized int take(String webhookId, byte[] body) throws IOException {
    int content = Arrays.hashCode(body);
    Integer before = bodies.putIfAbsent(webhookId, content);
    if (before != null && before != content) {
      faults.add("%s came again with other content".formatted(webhookId));
    }
    int answer = status.getAsInt();
    JsonNode message = JSON.readTree(body).path("message");
    JsonNode records = message.path("raw").path(message.path("raw").path("objectType").asText());
    for (int at = 0; at < message.path("events").size(); at++) {
      take(message.path("events").get(at), records.get(at), webhookId, answer);
    }
    return answer;
  }

  private void take(JsonNode sent, JsonNode record, String webhookId, int answer) {
    String id = sent.path("eventId").asText();
    Event event = events.get(id);
    if (event == null) {
      event = new Event(id, sent.path("eventType").asText(), record, webhookId);
      events.put(id, event);
      enter(sent.path("objectId").asText(), event);
    } else if (!event.webhookId.equals(webhookId)) {
      faults.add("%s came under %s and %s".formatted(id, event.webhookId, webhookId));
    }
    if (event.accepted) {
      repeat(sent.path("objectId").asText(), event);
    } else if (answer == 200) {
      event.accepted = true;
      onAccepted.accept(record);
    }
  }

  private void repeat(String object, Event event) {
    repeated++;
    List<Event> story = objects.get(object);
    if (story.get(story.size() - 1) != event) {
      faults.add("%s of %s came again after a later one".formatted(event.id, object));
    }
  }

  private void enter(String object, Event event) {
    List<Event> story = objects.computeIfAbsent(object, id -> new ArrayList<>());
    if (!story.isEmpty() && !story.get(story.size() - 1).accepted) {
      faults.add("%s of %s came before an earlier one was accepted".formatted(event.id, object));
    }
    story.add(event);
  }

  /** One line each. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** Accepted events by object, in the order they first came. */
  synchronized Map<String, List<Event>> accepted() {
    Map<String, List<Event>> all = new TreeMap<>();
    objects.forEach(
        (object, story) -> all.put(object, story.stream().filter(e -> e.accepted).toList()));
    return all;
  }

  /** How many events were accepted, by id. */
  synchronized int size() {
    return (int) events.values().stream().filter(event -> event.accepted).count();
  }

  /** How often an accepted event came again. */
  synchronized int repeated() {
    return repeated;
  }
}
