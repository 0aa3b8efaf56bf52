package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;

/** The JSON of {@code event.poller.configuration}, told from what is often put in its place. */
final class PollerJson {
  private static final String SHAPE =
      "write {\"customers\": {\"url\": \"/customers\", \"idField\": \"id\"}}";

  private PollerJson() {}

  /**
   * An object of resources by name. A text that holds JSON once more is read too.
   *
   * @return null where it is none, which is reported
   */
  static JsonNode read(String text, String path, Report report) {
    JsonNode node = Json.read(text, path, report);
    if (node != null && node.isTextual()) {
      node = Json.read(node.asText(), path, report);
    }
    if (node == null) {
      return null;
    }
    String wrong = wrong(node);
    if (wrong != null) {
      report.problem(path, wrong);
      return null;
    }
    return node;
  }

  private static String wrong(JsonNode node) {
    if (!node.isObject()) {
      return "found '%s', which is no object of resources by name; %s"
          .formatted(Report.shown(Json.flat(node)), SHAPE);
    } else if (node.has("configuration") && node.path("element").isObject()) {
      return "holds a whole instance; give only what belongs under its"
          + " configuration.event.poller.configuration";
    } else if (node.has(ResourceParser.CONFIGURATION)) {
      return "holds '%s' once more; give only what stands under it"
          .formatted(ResourceParser.CONFIGURATION);
    } else if (ResourceReader.isResource(node)) {
      return "is one resource without its name; " + SHAPE;
    }
    return null;
  }
}
