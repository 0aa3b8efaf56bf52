package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.resource.Json;
import dev.watchpost.resource.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts back what {@code ********} stands for in settings that come back from a client. */
final class Unmasking {
  private final String path;
  private final Report report;

  private Unmasking(String path, Report report) {
    this.path = path;
    this.report = report;
  }

  /**
   * @param path of the settings, for messages
   * @param sent values may be null
   * @param stored what a mask stands for
   */
  static Map<String, String> unmask(
      String path, Map<String, String> sent, Map<String, String> stored, Report report) {
    Map<String, String> whole = new LinkedHashMap<>();
    sent.forEach(
        (key, value) ->
            whole.put(
                key,
                value == null
                    ? null
                    : new Unmasking(path + "." + key, report)
                        .setting(key, value, stored.get(key))));
    return whole;
  }

  private String setting(String key, String sent, String stored) {
    Optional<EndpointUri> endpoint =
        key.equals(SettingsCheck.CALLBACK)
            ? EndpointUri.of(sent).filter(EndpointUri::holdsMask)
            : Optional.empty();
    return endpoint.isEmpty() ? text(sent, stored) : endpoint(endpoint.get(), stored);
  }

  private String endpoint(EndpointUri sent, String stored) {
    String whole = sent.unmasked(stored == null ? null : EndpointUri.of(stored).orElse(null));
    return whole == null ? nothing(path) : whole;
  }

  private String text(String sent, String stored) {
    if (sent.equals(Masking.MASK)) {
      return stored == null ? nothing(path) : stored;
    }
    if (!sent.contains('"' + Masking.MASK + '"')) {
      return sent;
    }
    JsonNode node = Json.read(sent, path, new Report());
    JsonNode before = stored == null ? null : Json.read(stored, path, new Report());
    if (!(node instanceof ObjectNode object)) {
      return sent;
    }
    fill(object, before, path);
    return Json.write(object);
  }

  private void fill(ObjectNode object, JsonNode before, String at) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode old = before == null ? null : before.get(field.getKey());
      String here = at + "." + field.getKey();
      if (field.getValue() instanceof ObjectNode within) {
        fill(within, old, here);
      } else if (field.getValue().isTextual() && field.getValue().asText().equals(Masking.MASK)) {
        if (old == null) {
          nothing(here);
        } else {
          field.setValue(old);
        }
      }
    }
  }

  private String nothing(String at) {
    report.problem(
        at, "found '%s', and there is no value to keep; write the value".formatted(Masking.MASK));
    return Masking.MASK;
  }
}
