package dev.watchpost.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.watchpost.resource.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${env:NAME}} and <code>{{property}}</code> in the texts of a tree, once: what a
 * value holds is not looked at again. Remembers the values, so that messages can be kept free of
 * them.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(?i:env):([^}]*)}|\\{\\{([^{}\"]+)}}");

  /** Shorter values are in too many messages by chance. */
  private static final int SHORTEST_HIDDEN = 6;

  /** Messages cut what they show to this. */
  private static final int SHOWN = 120;

  private final UnaryOperator<String> environment;
  private final UnaryOperator<String> properties;
  private final List<Problem> unresolved = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> byName = new LinkedHashMap<>();

  /**
   * @param environment value of a variable; null: it is not set
   * @param properties value of a property; null: it is not set
   */
  Placeholders(UnaryOperator<String> environment, UnaryOperator<String> properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /** A new tree; {@code tree} stays as it is. */
  JsonNode resolve(JsonNode tree) {
    return resolve(tree, "");
  }

  /** Those that have no value, with where they are. */
  List<Problem> unresolved() {
    return unresolved;
  }

  /** The values that were filled in, by name of variable or property. */
  Map<String, String> byName() {
    return byName;
  }

  /** A message with the placeholders instead of their values. */
  String hide(String message) {
    String hidden = message;
    List<String> longestFirst =
        values.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    for (String value : longestFirst) {
      hidden = hidden.replace(value, values.get(value));
    }
    return hidden;
  }

  private JsonNode resolve(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      ObjectNode resolved = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              field -> {
                String key = field.getKey();
                String at = path.isEmpty() ? key : path + "." + key;
                resolved.set(key, resolve(field.getValue(), at));
              });
      return resolved;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> resolved.add(resolve(item, "%s[%d]".formatted(path, resolved.size()))));
      return resolved;
    }
    return node.isTextual() ? TextNode.valueOf(resolve(node.asText(), path)) : node;
  }

  private String resolve(String text, String path) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, path)));
  }

  private String value(MatchResult found, String path) {
    String variable = found.group(1);
    String value =
        variable == null ? properties.apply(found.group(2)) : environment.apply(variable.strip());
    if (value == null) {
      unresolved.add(
          new Problem(
              path,
              variable == null
                  ? "%s: there is no such property; set it in application.properties"
                      .formatted(found.group())
                  : "%s: the environment has no such variable; set it before the start"
                      .formatted(found.group())));
      return found.group();
    }
    byName.put(name(found), value);
    remember(value, found.group());
    return value;
  }

  /** Of <code>{{env:NAME:default}}</code> the NAME. */
  private static String name(MatchResult found) {
    return found.group(2) == null
        ? found.group(1).strip()
        : found.group(2).replaceFirst("^(\\?|env:|sys:)", "").replaceFirst(":.*", "");
  }

  private void remember(String value, String placeholder) {
    if (value.length() >= SHORTEST_HIDDEN) {
      values.put(value, placeholder);
    }
    if (value.length() > SHOWN) {
      values.put(value.substring(0, SHOWN), placeholder);
    }
  }
}
