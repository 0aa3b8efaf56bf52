package dev.watchpost.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchpost.resource.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two versions of a record, as JSON Pointers (RFC 6901) in the order of their
 * names: the innermost fields that were added, removed or changed. Arrays of one length are
 * compared element by element, others are named whole. The order of fields and the form of numbers
 * ({@code 1.0}, {@code 1}) do not count, nor do ignored fields.
 */
final class ChangedFields {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Set<String> ignored = new HashSet<>();
  private final List<String> changed = new ArrayList<>();

  private ChangedFields() {}

  /**
   * @param before JSON text of one object
   * @param after likewise
   * @return a JSON array of pointers
   */
  static String between(String before, String after, List<FieldPath> ignoreFields) {
    JsonNode old = tree(before);
    JsonNode now = tree(after);
    ChangedFields fields = new ChangedFields();
    for (FieldPath path : ignoreFields) {
      fields.ignored.add(pointer(path, old));
      fields.ignored.add(pointer(path, now));
    }
    fields.compare("", old, now);
    return JSON.valueToTree(fields.changed).toString();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored record that is no JSON", e);
    }
  }

  private static String pointer(FieldPath path, JsonNode record) {
    if (record.has(path.text())) {
      return child("", path.text());
    }
    String pointer = "";
    for (String segment : path.segments()) {
      pointer = child(pointer, segment);
    }
    return pointer;
  }

  private static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private void compare(String pointer, JsonNode old, JsonNode now) {
    if (ignored.contains(pointer)) {
      return;
    }
    if (old.isObject() && now.isObject()) {
      Set<String> names = new TreeSet<>();
      old.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(child(pointer, name), old.path(name), now.path(name)));
    } else if (old.isArray() && now.isArray() && old.size() == now.size()) {
      for (int i = 0; i < old.size(); i++) {
        compare(child(pointer, Integer.toString(i)), old.get(i), now.get(i));
      }
    } else if (!same(old, now)) {
      changed.add(pointer);
    }
  }

  private static boolean same(JsonNode old, JsonNode now) {
    return old.isNumber() && now.isNumber()
        ? old.decimalValue().compareTo(now.decimalValue()) == 0
        : old.equals(now);
  }
}
