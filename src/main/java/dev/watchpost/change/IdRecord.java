package dev.watchpost.change;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.resource.FieldPath;
import java.util.List;

/** A record of which only the id is known: {@code {idField: id}}. */
final class IdRecord {
  private IdRecord() {}

  static String json(List<FieldPath> idField, String id) {
    String[] parts = idField.size() == 1 ? new String[] {id} : id.split("\\|", idField.size());
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < parts.length; i++) {
      put(record, idField.get(i).segments(), parts[i]);
    }
    return record.toString();
  }

  private static void put(ObjectNode record, List<String> segments, String value) {
    ObjectNode inner = record;
    for (String segment : segments.subList(0, segments.size() - 1)) {
      inner = segment.equals("@") ? inner : inner.withObjectProperty(segment);
    }
    inner.put(segments.get(segments.size() - 1), value);
  }
}
