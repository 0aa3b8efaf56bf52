package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.resource.Json;
import dev.watchpost.resource.Nearest;
import dev.watchpost.resource.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body of POST, PUT and PATCH /instances, and of an instance file, before it is checked against
 * its element.
 *
 * @param element key or number; null: not said
 * @param name null: not said
 * @param tags null: not said
 * @param configuration flat; null: not said; a null value: the setting is to go
 * @param providerData flat; null: not said; a null value: the entry is to go
 */
public record InstanceRequest(
    String element,
    String name,
    List<String> tags,
    Map<String, String> configuration,
    Map<String, String> providerData) {

  private static final int LONGEST_NAME = 255;
  private static final Set<String> KNOWN =
      Set.of("element", "name", "tags", "configuration", "providerData");

  /** Fields of our own answers: clients send back what they got. */
  private static final Set<String> ANSWERED =
      Set.of(
          "id",
          "token",
          "elementId",
          "valid",
          "disabled",
          "eventsEnabled",
          "createdDate",
          "user",
          "warnings");

  /**
   * Reads JSON as strictly as it must be here: a key that is there twice is refused.
   *
   * @throws InvalidInstance where it is no JSON, with line and column
   */
  public static JsonNode json(String body) {
    Report report = new Report();
    JsonNode node = Json.read(body, "", report);
    InvalidInstance.refuse(report);
    return node;
  }

  /**
   * @throws InvalidInstance with everything whose form is wrong
   */
  public static InstanceRequest of(JsonNode body) {
    Report report = new Report();
    InstanceRequest request = read(body, report);
    InvalidInstance.refuse(report);
    return request;
  }

  /** As {@link #of}; what is wrong or has no effect goes into {@code report}. */
  public static InstanceRequest read(JsonNode body, Report report) {
    if (!body.isObject()) {
      report.problem("", "the body must be a JSON object, found " + body.getNodeType());
    }
    warnOfUnknown(body, report);
    return new InstanceRequest(
        element(body.path("element"), report),
        name(body.path("name"), report),
        tags(body.path("tags"), report),
        texts(body.path("configuration"), "configuration", report),
        texts(body.path("providerData"), "providerData", report));
  }

  private static void warnOfUnknown(JsonNode body, Report report) {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      String name = field.getKey();
      if (!KNOWN.contains(name) && !ANSWERED.contains(name)) {
        report.warn(name, "is not known and has no effect; " + Nearest.suggestion(name, KNOWN));
      }
    }
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String element(JsonNode node, Report report) {
    if (absent(node)) {
      return null;
    }
    JsonNode key = node.isObject() ? node.path("key") : node;
    JsonNode named = absent(key) ? node.path("id") : key;
    if (!(named.isTextual() || named.isIntegralNumber()) || named.asText().isBlank()) {
      report.problem(
          "element",
          "found '%s'; name it by key or number: {\"key\":\"rest\"} or {\"id\":1}"
              .formatted(Report.shown(node)));
      return null;
    }
    return named.asText().strip();
  }

  private static String name(JsonNode node, Report report) {
    if (absent(node)) {
      return null;
    }
    if (!node.isTextual() || node.asText().isBlank() || node.asText().length() > LONGEST_NAME) {
      report.problem(
          "name",
          "found '%s'; write a text of 1 to %d characters"
              .formatted(Report.shown(Json.flat(node)), LONGEST_NAME));
    }
    refuseNul(node.asText(), "name", report);
    return node.asText();
  }

  /** PostgreSQL cannot store it. */
  private static void refuseNul(String text, String path, Report report) {
    if (text.indexOf('\0') >= 0) {
      report.problem(path, "holds the character NUL; remove it");
    }
  }

  private static List<String> tags(JsonNode node, Report report) {
    if (absent(node)) {
      return null;
    }
    if (!node.isArray()) {
      report.problem(
          "tags",
          "found '%s'; write a list of texts: [\"Test\"]".formatted(Report.shown(Json.flat(node))));
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      String path = "tags[%d]".formatted(i);
      if (!node.get(i).isTextual() || node.get(i).asText().isBlank()) {
        report.problem(
            path, "found '%s'; write a text".formatted(Report.shown(Json.flat(node.get(i)))));
      }
      refuseNul(node.get(i).asText(), path, report);
      tags.add(node.get(i).asText());
    }
    return List.copyOf(tags);
  }

  private static Map<String, String> texts(JsonNode node, String path, Report report) {
    if (absent(node)) {
      return null;
    }
    if (!node.isObject()) {
      report.problem(
          path, "must be a JSON object of settings: {\"base.url\":\"https://api.example.com\"}");
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry ->
                texts.put(
                    entry.getKey(),
                    entry.getValue().isNull() ? null : Json.flat(entry.getValue())));
    return texts;
  }
}
