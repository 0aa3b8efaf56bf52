package dev.watchpost.element;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.watchpost.hub.HubMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads one {@code elements/*.yaml}. */
final class ElementReader {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();
  private static final String KEY = "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}";
  private static final Set<String> KNOWN =
      Set.of(
          "key",
          "number",
          "name",
          "hub",
          "description",
          "baseUrl",
          "authentication",
          "oauth",
          "headers",
          "signature",
          "hubMapping",
          "settings",
          "pollerConfiguration",
          "documentation",
          "unverified");

  private final String text;
  private final JsonNode root;

  private ElementReader(String text, JsonNode root) {
    this.text = text;
    this.root = root;
  }

  /**
   * @throws BrokenElement with the line and the reason
   */
  static Element read(String text) throws BrokenElement {
    try {
      JsonNode root = YAML.readTree(text);
      if (!root.isObject()) {
        throw new BrokenElement(1, "expected keys such as 'key: rest', found none");
      }
      return new ElementReader(text, root).element();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      String reason = e.getOriginalMessage();
      throw new BrokenElement(line, reason.lines().findFirst().orElse("not readable as YAML"));
    }
  }

  private Element element() throws BrokenElement {
    refuseUnknown();
    String key = required("key");
    if (!key.matches(KEY)) {
      throw broken("key", "'%s' must be letters, digits, '_', '-' or '.'".formatted(key));
    }
    return new Element(
        key,
        number(),
        optional("name", key),
        optional("hub", "general"),
        optional("description", ""),
        baseUrl(),
        authentication(),
        oauth(),
        texts("headers", root.path("headers")),
        signature(),
        hubMapping(),
        settings(),
        pollerConfiguration(),
        optional("documentation", null),
        root.path("unverified").asBoolean(false));
  }

  private void refuseUnknown() throws BrokenElement {
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!KNOWN.contains(field.getKey())) {
        throw broken(
            field.getKey(),
            "'%s' is not known; known are %s"
                .formatted(field.getKey(), String.join(", ", new TreeSet<>(KNOWN))));
      }
    }
  }

  private String required(String key) throws BrokenElement {
    String value = optional(key, null);
    if (value == null) {
      throw broken(key, "'%s' is missing".formatted(key));
    }
    return value;
  }

  private String optional(String key, String otherwise) throws BrokenElement {
    JsonNode value = root.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isValueNode()) {
      throw broken(key, "'%s' must be a text".formatted(key));
    }
    return value.asText().isBlank() ? otherwise : value.asText().strip();
  }

  private long number() throws BrokenElement {
    JsonNode number = root.path("number");
    if (!number.canConvertToLong() || !number.isIntegralNumber() || number.asLong() < 1) {
      throw broken(
          "number",
          "'number' must be a whole number from 1, found '%s'".formatted(number.asText()));
    }
    return number.asLong();
  }

  private String baseUrl() throws BrokenElement {
    String url = optional("baseUrl", null);
    if (url != null && !url.matches("(?i)https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
      throw broken(
          "baseUrl",
          "'baseUrl' must be absolute, http or https, without user, query and fragment, found '%s'"
              .formatted(url));
    }
    return url;
  }

  private Set<AuthenticationType> authentication() throws BrokenElement {
    JsonNode value = root.path("authentication");
    Set<AuthenticationType> types = EnumSet.noneOf(AuthenticationType.class);
    for (JsonNode type : value.isArray() ? value : List.of(value)) {
      types.add(
          AuthenticationType.named(type.asText())
              .orElseThrow(
                  () ->
                      broken(
                          "authentication",
                          "'authentication' must list some of %s, found '%s'"
                              .formatted(AuthenticationType.list(), type.asText()))));
    }
    if (types.isEmpty()) {
      throw broken("authentication", "'authentication' lists nothing; write none");
    }
    return Collections.unmodifiableSet(types);
  }

  private OAuthServer oauth() throws BrokenElement {
    try {
      return OAuthServer.read(root.path("oauth"));
    } catch (IllegalArgumentException e) {
      throw broken("oauth", e.getMessage());
    }
  }

  private RequestSignature signature() throws BrokenElement {
    String name = optional("signature", null);
    if (name == null) {
      return null;
    }
    return RequestSignature.named(name)
        .orElseThrow(
            () ->
                broken(
                    "signature",
                    "'signature' must be one of %s, found '%s'"
                        .formatted(RequestSignature.list(), name)));
  }

  private HubMapping hubMapping() throws BrokenElement {
    try {
      return HubMapping.read(root.path("hubMapping"));
    } catch (IllegalArgumentException e) {
      throw broken("hubMapping", e.getMessage());
    }
  }

  private Map<String, String> texts(String key, JsonNode object) throws BrokenElement {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> text : object.properties()) {
      if (!text.getValue().isValueNode()) {
        throw broken(key, "'%s' of '%s' must be a text".formatted(text.getKey(), key));
      }
      texts.put(text.getKey(), text.getValue().asText());
    }
    return Collections.unmodifiableMap(texts);
  }

  /** A list of values, or an object: value to the settings that follow from it. */
  private Map<String, Map<String, String>> choices(JsonNode written) throws BrokenElement {
    Map<String, Map<String, String>> choices = new LinkedHashMap<>();
    if (written.isArray()) {
      written.forEach(value -> choices.put(value.asText(), Map.of()));
    }
    for (Map.Entry<String, JsonNode> choice : written.properties()) {
      choices.put(choice.getKey(), texts("settings", choice.getValue()));
    }
    return Collections.unmodifiableMap(choices);
  }

  private List<Setting> settings() throws BrokenElement {
    List<Setting> settings = new ArrayList<>();
    for (JsonNode setting : root.path("settings")) {
      if (setting.path("key").asText("").isBlank()) {
        throw broken("settings", "a setting has no 'key'");
      }
      settings.add(
          new Setting(
              setting.path("key").asText(),
              setting.path("description").asText(""),
              setting.path("required").asBoolean(false),
              setting.path("secret").asBoolean(false),
              setting.hasNonNull("default") ? setting.path("default").asText() : null,
              choices(setting.path("choices"))));
    }
    return List.copyOf(settings);
  }

  private Map<String, JsonNode> pollerConfiguration() throws BrokenElement {
    JsonNode configuration = root.path("pollerConfiguration");
    Map<String, JsonNode> resources = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> resource : configuration.properties()) {
      if (!resource.getValue().isObject()) {
        throw broken(
            "pollerConfiguration", "resource '%s' must be an object".formatted(resource.getKey()));
      }
      resources.put(resource.getKey(), resource.getValue());
    }
    return Collections.unmodifiableMap(resources);
  }

  private BrokenElement broken(String key, String reason) {
    return new BrokenElement(lineOf(key), reason);
  }

  /** Line of a top-level key, from 1; 1 where it is not there. */
  private int lineOf(String key) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(key + ":")) {
        return i + 1;
      }
    }
    return 1;
  }
}
