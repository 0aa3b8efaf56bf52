package dev.watchpost.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.callback.Receiver;
import java.util.List;
import java.util.stream.StreamSupport;

/** The events in what a receiver got. */
final class Heard {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Heard() {}

  /** {@code CREATED 4}, in the order received. */
  static List<String> events(List<Receiver.Received> received) {
    return received.stream().map(Heard::events).flatMap(List::stream).toList();
  }

  static List<String> events(Receiver.Received notification) {
    JsonNode events = message(notification).path("events");
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.path("eventType").asText() + " " + event.path("objectId").asText())
        .toList();
  }

  static JsonNode message(Receiver.Received notification) {
    try {
      return JSON.readTree(notification.body()).path("message");
    } catch (JsonProcessingException e) {
      throw new AssertionError(notification.body(), e);
    }
  }
}
