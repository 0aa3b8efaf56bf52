package dev.watchpost.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.watchpost.date.InvalidDateSetting;
import dev.watchpost.date.TokenTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the block {@code hubMapping} of an element file, see {@link HubMapping#read}. */
final class HubMappingReader {
  private static final String AS_WRITTEN = "asWritten";
  private static final Set<String> OF_RESOURCE = Set.of("path", "parameters", "where", "defaults");
  private static final Set<String> OF_TERM = Set.of("field", "operators", "parameter", "value");

  private final JsonNode block;

  private HubMappingReader(JsonNode block) {
    this.block = block;
  }

  static HubMapping read(JsonNode block) {
    if (block.isTextual() && block.asText().equals(AS_WRITTEN)) {
      return new HubMapping(true, null, Map.of());
    }
    if (!block.isObject()) {
      throw new IllegalArgumentException(
          "'hubMapping' must be '%s' or hold path and resources, found '%s'"
              .formatted(AS_WRITTEN, block.asText()));
    }
    return new HubMappingReader(block).mapping();
  }

  private HubMapping mapping() {
    Set<String> known = new TreeSet<>(OF_RESOURCE);
    known.add("resources");
    refuseUnknown("hubMapping", block, known);
    Map<String, HubResource> resources = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> resource : block.path("resources").properties()) {
      String at = "hubMapping.resources." + resource.getKey();
      refuseUnknown(at, resource.getValue(), OF_RESOURCE);
      resources.put(resource.getKey(), resource(at, resource.getValue()));
    }
    HubResource any =
        block.hasNonNull("path") ? resource("hubMapping", MissingNode.getInstance()) : null;
    if (any == null && resources.isEmpty()) {
      throw new IllegalArgumentException("'hubMapping' maps nothing; write path or resources");
    }
    return new HubMapping(false, any, resources);
  }

  private static void refuseUnknown(String at, JsonNode node, Set<String> known) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new IllegalArgumentException(
            "'%s.%s' is not known; known are %s"
                .formatted(at, field.getKey(), String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private HubResource resource(String at, JsonNode own) {
    String path = either(own, "path").asText("");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "'%s.path' must start with '/', found '%s'".formatted(at, path));
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    either(own, "parameters")
        .properties()
        .forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue().asText()));
    Map<String, JsonNode> defaults = new LinkedHashMap<>();
    either(own, "defaults")
        .properties()
        .forEach(setting -> defaults.put(setting.getKey(), setting.getValue()));
    return new HubResource(
        path,
        Collections.unmodifiableMap(parameters),
        where(at, either(own, "where")),
        Collections.unmodifiableMap(defaults));
  }

  /** The resource's own, else the one of all. */
  private JsonNode either(JsonNode own, String key) {
    return own.hasNonNull(key) ? own.get(key) : block.path(key);
  }

  private static List<HubTerm> where(String at, JsonNode terms) {
    List<HubTerm> all = new ArrayList<>();
    for (JsonNode term : terms) {
      String here = "%s.where[%d]".formatted(at, all.size());
      refuseUnknown(here, term, OF_TERM);
      all.add(
          new HubTerm(
              required(here, term, "field"),
              operators(here, term.path("operators")),
              required(here, term, "parameter"),
              value(here, term.path("value").asText("{value}"))));
    }
    return List.copyOf(all);
  }

  private static String required(String at, JsonNode term, String key) {
    String text = term.path(key).asText("");
    if (text.isBlank()) {
      throw new IllegalArgumentException("'%s.%s' is missing".formatted(at, key));
    }
    return text.strip();
  }

  private static Set<Operator> operators(String at, JsonNode written) {
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    for (JsonNode operator : written.isArray() ? written : List.of(written)) {
      String text = operator.asText("=");
      operators.add(
          Operator.named(text.isEmpty() ? "=" : text)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'%s.operators': '%s' is none".formatted(at, text))));
    }
    return Collections.unmodifiableSet(operators);
  }

  private static TokenTemplate value(String at, String text) {
    try {
      return TokenTemplate.parse(text);
    } catch (InvalidDateSetting e) {
      throw new IllegalArgumentException("'%s.value': %s".formatted(at, e.getMessage()), e);
    }
  }
}
