package dev.watchpost.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.ElementGuide;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page says of one resource.
 *
 * @param events types, in the order in which a record meets them
 * @param reads which records a poll asks for
 * @param deletes how deleted ones are told
 * @param source url; null: none is named
 * @param json its poller configuration
 */
record ResourceRow(
    String name,
    String description,
    List<String> events,
    String reads,
    String deletes,
    String source,
    String unverified,
    String json) {

  static ResourceRow of(String name, JsonNode resource, ElementGuide.Note note) {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration.set(name, resource);
    return new ResourceRow(
        name,
        note.description(),
        events(resource),
        reads(resource),
        deletes(resource),
        note.source(),
        note.unverified(),
        Prose.json(ExampleInstance.text(configuration)));
  }

  private static List<String> events(JsonNode resource) {
    List<String> events = new ArrayList<>(List.of("CREATED"));
    boolean byContent = resource.path("detectBy").asText("dates").matches("content|both");
    if (byContent || resource.path("filterByUpdatedDate").asBoolean(true)) {
      events.add("UPDATED");
    }
    if (tellsDeletes(resource)) {
      events.add("DELETED");
    }
    return events;
  }

  private static boolean tellsDeletes(JsonNode resource) {
    return resource.hasNonNull("deletes") && !resource.path("deletes").asText().equals("none");
  }

  private static String reads(JsonNode resource) {
    if (!resource.path("url").asText().contains("${")) {
      return "the whole list";
    }
    String overlap = resource.path("overlap").asText("5m");
    return "changes since the last poll, and from %s before it".formatted(overlap);
  }

  private static String deletes(JsonNode resource) {
    if (!tellsDeletes(resource)) {
      return "not told";
    }
    JsonNode deletes = resource.path("deletes");
    if (deletes.isTextual()) {
      return resource.hasNonNull("sweepUrl")
          ? "missing from two full lists, read every %s"
              .formatted(resource.path("sweepInterval").asText("24 hours"))
          : "missing from two polls in a row";
    }
    if (deletes.hasNonNull("deletedUrl")) {
      return "the provider lists them";
    }
    if (deletes.hasNonNull("deletedDateField")) {
      return "%s holds a date".formatted(deletes.path("deletedDateField").asText());
    }
    String value = deletes.path("deletedValue").asText("");
    return "%s is %s"
        .formatted(deletes.path("deletedField").asText(), value.isEmpty() ? "true" : value);
  }

  public boolean isUnverified() {
    return !unverified.isEmpty();
  }
}
