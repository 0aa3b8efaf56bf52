package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.watchpost.element.Element;
import dev.watchpost.resource.Json;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.ResourceParser;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of an instance as they are shown: secrets are {@code ********}. A setting is a
 * secret by its name, or where its element says so; unknown ones rather than not.
 */
public final class Masking {
  /** What stands for a secret; in a PUT or PATCH it means unchanged. */
  public static final String MASK = "********";

  private static final Pattern SECRET =
      Pattern.compile(
          "password|passwd|passphrase|pwd|secret|token|credential|authorization|cookie");
  private static final Pattern KEY = Pattern.compile("(^|.*[._-]|.*api)keys?");
  private static final Pattern PLAIN =
      Pattern.compile(".*[._-]?(url|uri)|pagination\\..*|(.*\\.)?(element|sort|public)[._-]key");
  private static final Set<String> HEADER_OBJECTS = Set.of("headers", SettingsCheck.HEADERS);

  private Masking() {}

  /** The configuration as flat texts, in its order. */
  public static Map<String, String> configuration(Element element, Instance instance) {
    Map<String, String> shown = new LinkedHashMap<>();
    instance
        .configuration()
        .forEach(
            (key, value) -> shown.put(key, setting(element, key, shown(instance, key, value))));
    return shown;
  }

  /** What came by a placeholder may be a secret whatever its name: the placeholder is shown. */
  private static String shown(Instance instance, String key, String value) {
    return instance.file() == null ? value : instance.file().asWritten().getOrDefault(key, value);
  }

  /** One setting. */
  public static String setting(Element element, String key, String value) {
    if (value == null || value.isEmpty()) {
      return value;
    }
    if (key.equals(ResourceParser.CONFIGURATION)) {
      return json(value, false);
    }
    if (key.equals(SettingsCheck.HEADERS) || key.equals("authentication.headers")) {
      return json(value, true);
    }
    if (key.equals(SettingsCheck.CALLBACK)) {
      return EndpointUri.of(value).map(EndpointUri::masked).orElse(value);
    }
    return isSecret(key) || element.isSecret(key) ? MASK : value;
  }

  /** Every value masked: what a provider gave is not known to be harmless. */
  public static Map<String, String> providerData(Instance instance) {
    Map<String, String> shown = new LinkedHashMap<>();
    instance.providerData().forEach((key, value) -> shown.put(key, MASK));
    return shown;
  }

  /** True where a setting so named is never shown. */
  public static boolean isSecret(String key) {
    String name = separated(key).toLowerCase(Locale.ROOT);
    return !PLAIN.matcher(name).matches()
        && (SECRET.matcher(name).find() || KEY.matcher(name).matches());
  }

  /** {@code privateKey} as {@code private.Key}. */
  private static String separated(String key) {
    return key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", ".");
  }

  /** Of text that is no JSON nothing is shown. */
  private static String json(String text, boolean all) {
    JsonNode node = Json.read(text, "", new Report());
    return node == null || !node.isObject() ? MASK : Json.write(masked((ObjectNode) node, all));
  }

  /** In place: the tree is nobody else's. */
  private static ObjectNode masked(ObjectNode object, boolean all) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (value instanceof ObjectNode within) {
        masked(within, all);
      } else if (all) {
        field.setValue(TextNode.valueOf(MASK));
      }
      if (HEADER_OBJECTS.contains(field.getKey()) && value instanceof ObjectNode headers) {
        maskedHeaders(headers);
      }
    }
    return object;
  }

  private static void maskedHeaders(ObjectNode headers) {
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (isSecret(header.getKey())) {
        header.setValue(TextNode.valueOf(MASK));
      }
    }
  }
}
