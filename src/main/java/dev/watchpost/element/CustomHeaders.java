package dev.watchpost.element;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.network.RequestHeader;
import java.util.LinkedHashMap;
import java.util.Map;

/** The setting {@code authentication.headers}: a JSON object of header names and secret values. */
final class CustomHeaders {
  static final String KEY = "authentication.headers";

  private static final ObjectMapper JSON = new ObjectMapper();

  private CustomHeaders() {}

  /**
   * @throws IllegalArgumentException with what is wrong and the fix, never a value
   */
  static Map<String, String> of(Map<String, String> settings) {
    String text = settings.getOrDefault(KEY, "");
    Map<String, String> headers = new LinkedHashMap<>();
    if (text.isBlank()) {
      return headers;
    }
    for (Map.Entry<String, JsonNode> header : object(text).properties()) {
      String wrong = wrong(header.getKey(), header.getValue());
      if (wrong != null) {
        throw new IllegalArgumentException("'%s' %s".formatted(header.getKey(), wrong));
      }
      headers.put(header.getKey(), header.getValue().asText());
    }
    return headers;
  }

  private static JsonNode object(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException notJson) {
      // its message may hold a secret
    }
    throw new IllegalArgumentException(
        "is no JSON object; write header names and texts: {\"X-Tenant\":\"value\"}");
  }

  private static String wrong(String name, JsonNode value) {
    String wrong = RequestHeader.problem(name, "");
    if (wrong != null) {
      return wrong;
    }
    if (!value.isTextual() || value.asText().isEmpty()) {
      return "is no text, or empty; write its value in quotes";
    }
    boolean plain = value.asText().chars().allMatch(c -> c >= ' ' && c <= '~');
    return plain ? null : "holds a line break or a character outside ASCII; copy the bare value";
  }
}
