package dev.watchpost.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The receiver: answers every third POST with 500, every seventh after it has taken it, and holds
 * what it took against what it has taken before.
 */
final class ModelCallback {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> contents = new HashMap<>();
  private final Map<String, List<String>> byObject = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int posts;
  private int repeats;

  void handle(HttpServerRequest request) {
    request.bodyHandler(body -> request.response().setStatusCode(take(body.toString())).end());
  }

  private synchronized int take(String body) {
    posts++;
    if (posts % 3 == 0) {
      return 500;
    }
    JsonNode message = message(body);
    JsonNode events = message.path("events");
    JsonNode records = message.path("raw").path("things");
    for (int i = 0; i < events.size(); i++) {
      take(events.get(i), records.get(i));
    }
    return posts % 7 == 0 ? 500 : 200;
  }

  private void take(JsonNode event, JsonNode record) {
    String id = event.path("eventId").asText();
    String content = event.path("eventType").asText() + " " + record;
    String before = contents.putIfAbsent(id, content);
    if (before == null) {
      byObject.computeIfAbsent(event.path("objectId").asText(), none -> new ArrayList<>()).add(id);
      return;
    }
    repeats++;
    if (!before.equals(content)) {
      faults.add("event %s came with other content: %s, then %s".formatted(id, before, content));
    }
  }

  private static JsonNode message(String body) {
    try {
      return JSON.readTree(body).path("message");
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  synchronized void begin() {
    contents.clear();
    byObject.clear();
    faults.clear();
  }

  /** Event ids by object, in the order they came first. */
  synchronized Map<String, List<String>> byObject() {
    return Map.copyOf(byObject);
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized int repeats() {
    return repeats;
  }
}
