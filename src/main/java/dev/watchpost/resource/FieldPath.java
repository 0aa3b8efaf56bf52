package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;

/**
 * Where a value stands in a record: {@code id}, {@code customer.id}, {@code @.@id}, {@code
 * ['Modified Time']}, {@code lines[0].id}. {@code @} (or {@code $}) alone as the first segment is
 * the record itself. Where a record has a field named exactly like the whole text ({@code
 * "customer.id": 1}), that field wins.
 *
 * @param text as written
 * @param segments field names from the record inwards, at least one; digits are an index where they
 *     meet an array
 */
public record FieldPath(String text, List<String> segments) {

  public FieldPath {
    segments = List.copyOf(segments);
  }

  /**
   * @throws IllegalArgumentException where {@code text} is blank or no path, naming the fix
   */
  public static FieldPath of(String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("a path is blank: name a field, such as id");
    }
    return new FieldPath(text.strip(), new FieldPathParser(text.strip()).segments());
  }

  /** What is suspicious about a path that another tool writes so; in words, for the user. */
  Optional<String> oddity() {
    boolean quoted = text.indexOf('[') >= 0;
    if (!quoted && text.matches("/?[\\w-]+(/[\\w-]+)+|/[\\w-]+")) {
      String dotted = text.replaceFirst("^/", "").replace('/', '.');
      return Optional.of(
          "found '%s', one field of that name; did you mean %s?".formatted(text, dotted));
    } else if (!quoted && text.matches("\\w+(\\s*[,|]\\s*\\w+)+")) {
      return Optional.of(
          "found '%s', one field of that name; write a list for several fields: [\"%s\"]"
              .formatted(text, text.replaceAll("\\s*[,|]\\s*", "\", \"")));
    }
    return Optional.empty();
  }

  /** The value in {@code record}; a {@link MissingNode} where it is absent. */
  public JsonNode in(JsonNode record) {
    JsonNode exact = record.get(text);
    if (exact != null) {
      return exact;
    }
    JsonNode node = record;
    for (String segment : segments) {
      node = node.isArray() ? element(node, segment) : node.path(segment);
    }
    return node;
  }

  private static JsonNode element(JsonNode array, String segment) {
    try {
      return array.path(Integer.parseInt(segment));
    } catch (NumberFormatException notAnIndex) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
