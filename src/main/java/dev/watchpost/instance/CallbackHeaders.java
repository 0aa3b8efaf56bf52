package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.network.RequestHeader;
import dev.watchpost.resource.Json;
import dev.watchpost.resource.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code event.notification.callback.headers}: a JSON object of names and texts. */
public final class CallbackHeaders {
  static final String SETTING = "event.notification.callback.headers";

  /** The body's own, whatever is sent. */
  private static final String CONTENT_TYPE = "content-type";

  /** Orders to a component of Camel, some of them expressions that it evaluates. */
  private static final Set<String> CAMELS =
      Set.of("camel", "org.apache.camel", "kafka.", "jms", "watchpost-");

  private CallbackHeaders() {}

  /**
   * Those of an instance.
   *
   * @throws IllegalArgumentException where the setting cannot be read
   */
  public static Map<String, String> of(Map<String, String> settings) {
    Map<String, String> headers = new LinkedHashMap<>();
    String text = settings.getOrDefault(SETTING, "");
    if (text.isBlank()) {
      return headers;
    }
    Report report = new Report();
    JsonNode node = Json.read(text, SETTING, report);
    if (report.broken() || !node.isObject()) {
      throw new IllegalArgumentException("expected a JSON object in " + SETTING);
    }
    node.properties().stream()
        .filter(header -> wrong(header.getKey(), header.getValue()) == null)
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    headers.keySet().removeIf(CONTENT_TYPE::equalsIgnoreCase);
    return headers;
  }

  static void check(String text, Report report) {
    String path = "configuration." + SETTING;
    if (text.isEmpty()) {
      return;
    }
    // what a reader says of text that is no JSON may hold a secret
    JsonNode headers = Json.read(text, path, new Report());
    if (headers == null) {
      report.problem(
          path, "is not valid JSON; write header names and texts: {\"X-Name\":\"value\"}");
      return;
    }
    if (!headers.isObject()) {
      report.problem(
          path, "must be a JSON object of header names and texts: {\"X-Name\":\"value\"}");
      return;
    }
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      String wrong = wrong(header.getKey(), header.getValue());
      if (wrong != null) {
        report.problem(path + "." + header.getKey(), wrong);
      }
    }
  }

  private static String wrong(String name, JsonNode value) {
    if (CAMELS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
      return "is a header of Camel's own; remove it";
    }
    String wrong = RequestHeader.problem(name, value.asText());
    return wrong == null && !value.isTextual() ? "is no text; write it in quotes" : wrong;
  }
}
