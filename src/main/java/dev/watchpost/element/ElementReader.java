package dev.watchpost.element;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.hub.HubMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one {@code elements/*.yaml}. */
final class ElementReader {
  /** Keys of a resource that are for people, not for the poller. */
  private static final List<String> FOR_PEOPLE = List.of("description", "source", "unverified");

  private final YamlFile file;
  private final JsonNode root;

  private ElementReader(YamlFile file) {
    this.file = file;
    this.root = file.tree();
  }

  /**
   * @throws BrokenElement with the line and the reason
   */
  static Element read(String text) throws BrokenElement {
    YamlFile file = new YamlFile(text);
    if (!file.tree().isObject()) {
      throw new BrokenElement(1, "expected keys such as 'key: rest', found none");
    }
    ElementSchema.check(file);
    return new ElementReader(file).element();
  }

  /** A file of our own, whose schema a test has checked: that would take long at each start. */
  static Element builtIn(String text) throws BrokenElement {
    return new ElementReader(new YamlFile(text)).element();
  }

  private Element element() throws BrokenElement {
    String key = root.path("key").asText();
    return new Element(
        key,
        root.path("number").asLong(),
        text(root, "name", key),
        text(root, "hub", "general"),
        text(root, "description", ""),
        text(root, "baseUrl", null),
        authentication(),
        OAuthServer.read(root.path("oauth")),
        settings(root.path("headers")),
        RequestSignature.named(text(root, "signature", "")).orElse(null),
        webhooks(),
        hubMapping(),
        root.path("requestsPerMinute").asInt(0),
        settings(),
        resources(root.path("pollerConfiguration")),
        text(root, "documentation", null),
        root.path("unverified").asBoolean(false),
        guide());
  }

  private static String text(JsonNode node, String key, String otherwise) {
    JsonNode value = node.path(key);
    boolean absent = value.isMissingNode() || value.isNull() || value.asText().isBlank();
    return absent ? otherwise : value.asText().strip();
  }

  private Set<AuthenticationType> authentication() {
    Set<AuthenticationType> types = new LinkedHashSet<>();
    texts(root.path("authentication"))
        .forEach(type -> types.add(AuthenticationType.named(type).orElseThrow()));
    return Collections.unmodifiableSet(types);
  }

  /** A text, or a list of them. */
  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(text -> texts.add(text.asText().strip()));
    return List.copyOf(texts);
  }

  private ElementWebhooks webhooks() throws BrokenElement {
    try {
      return ElementWebhooks.read(root.path("webhooks"));
    } catch (IllegalArgumentException e) {
      throw new BrokenElement(file.line(List.of("webhooks")), e.getMessage());
    }
  }

  private HubMapping hubMapping() throws BrokenElement {
    try {
      return HubMapping.read(root.path("hubMapping"));
    } catch (IllegalArgumentException e) {
      throw new BrokenElement(file.line(List.of("hubMapping")), e.getMessage());
    }
  }

  /** Names and texts. */
  private static Map<String, String> settings(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
    return Collections.unmodifiableMap(texts);
  }

  /** A list of values, or an object: value to the settings that follow from it. */
  private static Map<String, Map<String, String>> choices(JsonNode written) {
    Map<String, Map<String, String>> choices = new LinkedHashMap<>();
    if (written.isArray()) {
      written.forEach(value -> choices.put(value.asText(), Map.of()));
    }
    written.properties().forEach(c -> choices.put(c.getKey(), settings(c.getValue())));
    return Collections.unmodifiableMap(choices);
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    for (JsonNode setting : root.path("settings")) {
      settings.add(
          new Setting(
              setting.path("key").asText(),
              text(setting, "description", ""),
              setting.path("required").asBoolean(false),
              setting.path("secret").asBoolean(false),
              setting.hasNonNull("default") ? setting.path("default").asText() : null,
              choices(setting.path("choices")),
              text(setting, "example", null)));
    }
    return List.copyOf(settings);
  }

  private static Map<String, JsonNode> resources(JsonNode written) {
    Map<String, JsonNode> resources = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> resource : written.properties()) {
      ObjectNode polled = resource.getValue().deepCopy();
      resources.put(resource.getKey(), polled.remove(FOR_PEOPLE));
    }
    return Collections.unmodifiableMap(resources);
  }

  private ElementGuide guide() {
    JsonNode guide = root.path("guide");
    Map<String, ElementGuide.Note> notes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> resource : root.path("pollerConfiguration").properties()) {
      notes.put(resource.getKey(), note(resource.getValue()));
    }
    return new ElementGuide(
        texts(guide.path("setup")),
        texts(guide.path("limits")),
        texts(guide.path("sources")),
        resources(guide.path("example")),
        Collections.unmodifiableMap(notes));
  }

  private static ElementGuide.Note note(JsonNode resource) {
    String unverified = text(resource, "unverified", "");
    return new ElementGuide.Note(
        text(resource, "description", ""),
        text(resource, "source", null),
        switch (unverified) {
          case "false" -> "";
          case "true" -> "none of it is confirmed by a source";
          default -> unverified;
        });
  }
}
