package dev.watchpost.element;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The JSON schema of element files, {@code elements/element.schema.json}. Its descriptions are the
 * fixes that messages name.
 */
public final class ElementSchema {
  private static final int SHOWN = 80;
  private static final JsonNode DOCUMENT = load();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(DOCUMENT);

  private ElementSchema() {}

  private static JsonNode load() {
    try (InputStream in =
        ElementSchema.class.getResourceAsStream("/elements/element.schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema itself (draft 2020-12). */
  public static JsonNode document() {
    return DOCUMENT;
  }

  /**
   * @throws BrokenElement for the first line that the schema refuses
   */
  static void check(YamlFile file) throws BrokenElement {
    List<BrokenElement> broken = new ArrayList<>();
    for (Error error : SCHEMA.validate(file.tree())) {
      broken.add(new BrokenElement(file.line(elements(error)), message(error)));
    }
    broken.sort(Comparator.comparingInt(BrokenElement::line));
    if (!broken.isEmpty()) {
      throw broken.get(0);
    }
  }

  private static String message(Error error) {
    String where = label(elements(error));
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          "'%s' is not known; known are %s".formatted(where, known(error));
      case "required" -> "'%s' is missing".formatted(where);
      case "enum" ->
          "'%s': found '%s'; write one of %s"
              .formatted(where, shown(error.getInstanceNode()), names(error.getSchemaNode()));
      default ->
          "'%s': found '%s'; %s".formatted(where, shown(error.getInstanceNode()), fix(error));
    };
  }

  /** The path of what is wrong: field names, and indexes as numbers. */
  private static List<Object> elements(Error error) {
    List<Object> path = new ArrayList<>();
    NodePath location = error.getInstanceLocation();
    for (int i = 0; i < location.getNameCount(); i++) {
      path.add(location.getElement(i));
    }
    if (error.getProperty() != null) {
      path.add(error.getProperty());
    }
    return path;
  }

  private static String label(List<Object> path) {
    StringBuilder label = new StringBuilder();
    for (Object element : path) {
      if (element instanceof Number) {
        label.append('[').append(element).append(']');
      } else {
        label.append(label.isEmpty() ? "" : ".").append(element);
      }
    }
    return label.toString();
  }

  private static String shown(JsonNode found) {
    String text = found.isValueNode() ? found.asText() : found.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "..";
  }

  private static String known(Error error) {
    List<String> names = new ArrayList<>();
    parent(error).path("properties").fieldNames().forEachRemaining(names::add);
    return String.join(", ", new TreeSet<>(names));
  }

  private static String names(JsonNode values) {
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(value.asText()));
    return String.join(", ", names.stream().distinct().toList());
  }

  private static String fix(Error error) {
    return parent(error).path("description").asText(error.getMessage());
  }

  /** The schema that the broken keyword stands in. */
  private static JsonNode parent(Error error) {
    JsonPointer keyword = JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
    return DOCUMENT.at(keyword.head());
  }
}
