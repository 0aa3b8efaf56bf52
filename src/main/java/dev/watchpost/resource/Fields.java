package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.watchpost.date.InvalidDateSetting;
import dev.watchpost.date.TokenTemplate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one JSON object, read by type. What has the wrong type is reported with its path
 * and read as absent, so that reading goes on and finds the next mistake too. A blank text is
 * absent: the configurations of users are full of {@code ""}.
 */
public final class Fields {
  private final JsonNode object;
  private final String path;
  private final Report report;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(JsonNode object, String path, Report report) {
    this.object = object;
    this.path = path;
    this.report = report;
  }

  /** What is not an object is reported and has no fields. */
  static Fields of(JsonNode node, String path, Report report) {
    if (node.isObject()) {
      return new Fields(node, path, report);
    }
    report.problem(path, "found %s; write a JSON object".formatted(shown(node)));
    return new Fields(JsonNodeFactory.instance.objectNode(), path, report);
  }

  private static String shown(JsonNode node) {
    return "'%s'".formatted(Report.shown(Json.flat(node)));
  }

  String path(String key) {
    return path + "." + key;
  }

  String path() {
    return path;
  }

  void problem(String key, String message) {
    report.problem(path(key), message);
  }

  void warn(String key, String message) {
    report.warn(path(key), message);
  }

  void warnOfBlank(String key, String text) {
    Blanks.warn(report, path(key), text);
  }

  /** Null where it is absent, null or blank. */
  JsonNode node(String key) {
    asked.add(key);
    JsonNode value = object.get(key);
    boolean absent =
        value == null || value.isNull() || (value.isTextual() && value.asText().isBlank());
    return absent ? null : value;
  }

  boolean has(String key) {
    return node(key) != null;
  }

  /** The fields of an object within; one without any where it is absent. */
  Fields within(String key) {
    JsonNode value = node(key);
    return of(value == null ? JsonNodeFactory.instance.objectNode() : value, path(key), report);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** As written, white space and all; null where it is absent. */
  String text(String key) {
    JsonNode value = node(key);
    if (value != null && !value.isValueNode()) {
      problem(key, "found %s; write a text".formatted(shown(value)));
      return null;
    }
    return value == null ? null : value.asText();
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    if (text.strip().equalsIgnoreCase("true") || text.strip().equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text.strip());
    }
    problem(key, "found '%s'; write true or false".formatted(Report.shown(text)));
    return otherwise;
  }

  long whole(String key, long otherwise, long least, long most) {
    BigDecimal number = number(key, least, most, "a whole number");
    if (number == null) {
      return otherwise;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      problem(key, "found '%s'; write a whole number".formatted(number));
      return otherwise;
    }
    return number.longValue();
  }

  double share(String key, double otherwise) {
    BigDecimal number = number(key, 0, 1, "a number");
    return number == null ? otherwise : number.doubleValue();
  }

  private BigDecimal number(String key, long least, long most, String kind) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    if (text.strip().matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
      BigDecimal number = new BigDecimal(text.strip());
      if (number.compareTo(BigDecimal.valueOf(least)) >= 0
          && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return number;
      }
    }
    problem(
        key, "found '%s'; write %s from %d to %d".formatted(Report.shown(text), kind, least, most));
    return null;
  }

  /**
   * @param unit of a plain number
   */
  Duration duration(String key, Duration unit, Duration otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    return Durations.parse(text, unit)
        .orElseGet(
            () -> {
              problem(
                  key,
                  "found '%s'; write a number of %s, or a duration such as 90s, 5m or 24h"
                      .formatted(Report.shown(text), unitName(unit)));
              return otherwise;
            });
  }

  private static String unitName(Duration unit) {
    return unit.toHours() > 0 ? "hours" : unit.toMinutes() > 0 ? "minutes" : "seconds";
  }

  /** Null where it is absent or broken. */
  FieldPath fieldPath(String key) {
    String text = text(key);
    return text == null ? null : fieldPath(key, text);
  }

  private FieldPath fieldPath(String key, String text) {
    try {
      warnOfBlank(key, text);
      FieldPath path = FieldPath.of(text);
      path.oddity().ifPresent(odd -> warn(key, odd));
      return path;
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return null;
    }
  }

  /** A text or a list of texts; empty where it is absent. */
  List<FieldPath> fieldPaths(String key) {
    JsonNode value = node(key);
    List<FieldPath> paths = new ArrayList<>();
    if (value == null) {
      return paths;
    }
    if (!value.isArray()) {
      FieldPath one = fieldPath(key);
      return one == null ? paths : List.of(one);
    }
    for (int i = 0; i < value.size(); i++) {
      String at = "%s[%d]".formatted(key, i);
      if (!value.get(i).isTextual()) {
        problem(at, "found %s; write the path of a field".formatted(shown(value.get(i))));
        continue;
      }
      FieldPath one = fieldPath(at, value.get(i).asText());
      if (one != null) {
        paths.add(one);
      }
    }
    return List.copyOf(paths);
  }

  /** Null where {@code text} is, or where a token in it cannot work, which is reported. */
  TokenTemplate template(String key, String text) {
    try {
      TokenTemplate template = text == null ? null : TokenTemplate.parse(text);
      if (template != null) {
        template.warnings().forEach(warning -> warn(key, warning));
      }
      return template;
    } catch (InvalidDateSetting e) {
      problem(key, e.getMessage());
      return null;
    }
  }

  /**
   * What {@code key} was probably meant to be written as: one that nobody asked for and differs in
   * its case or in a letter; null where there is none.
   */
  String misspelt(String key) {
    return names().stream()
        .filter(name -> !asked.contains(name) && Nearest.near(name, key))
        .findFirst()
        .orElse(null);
  }

  /** As written; it does not count as asked for. */
  JsonNode unasked(String name) {
    return object.path(name);
  }

  /** The fields asked for so far: those that are known, once all were read. */
  Set<String> known() {
    return Set.copyOf(asked);
  }

  /** Warns of the fields that nobody asked for. */
  void warnOfUnknown() {
    warnOfUnknown(Map.of());
  }

  /**
   * Warns of the fields that nobody asked for.
   *
   * @param reasons why some of them have no effect here
   */
  void warnOfUnknown(Map<String, String> reasons) {
    for (String name : names()) {
      if (asked.contains(name)) {
        continue;
      }
      String reason = reasons.get(name);
      warn(
          name,
          reason != null
              ? "has no effect here" + reason
              : "is not known and has no effect" + Nearest.hint(name, asked));
    }
  }
}
