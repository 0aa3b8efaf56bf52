package dev.watchpost.element;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML text, its anchors resolved, which Jackson's own reader does not do. Plain scalars are what
 * they are in JSON, else texts: {@code no} and {@code 2026-07-01} are texts. A key that is there
 * twice is refused.
 */
final class YamlFile {
  private static final int DEEPEST = 50;
  private static final int MOST_NODES = 100_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Node root;
  private final JsonNode tree;
  private int nodes;

  /**
   * @throws BrokenElement where it is no YAML
   */
  YamlFile(String text) throws BrokenElement {
    try {
      root = new Yaml().compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new BrokenElement(line, e.getProblem());
    } catch (YAMLException e) {
      throw new BrokenElement(1, e.getMessage());
    }
    tree = root == null ? JSON.missingNode() : json(root, 0);
  }

  /** Missing where the text holds nothing. */
  JsonNode tree() {
    return tree;
  }

  private JsonNode json(Node node, int depth) throws BrokenElement {
    if (depth > DEEPEST || ++nodes > MOST_NODES) {
      throw new BrokenElement(line(node), "holds too much within itself; mend its anchors");
    }
    if (node instanceof MappingNode map) {
      return object(map, depth);
    }
    if (node instanceof SequenceNode list) {
      ArrayNode array = JSON.arrayNode();
      for (Node value : list.getValue()) {
        array.add(json(value, depth + 1));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode map, int depth) throws BrokenElement {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple field : map.getValue()) {
      if (!(field.getKeyNode() instanceof ScalarNode key)) {
        throw new BrokenElement(line(field.getKeyNode()), "a key must be a text");
      }
      if (object.has(key.getValue())) {
        throw new BrokenElement(line(key), "'%s' is there twice".formatted(key.getValue()));
      }
      object.set(key.getValue(), json(field.getValueNode(), depth + 1));
    }
    return object;
  }

  private static JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return JSON.textNode(text);
    }
    if (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null")) {
      return JSON.nullNode();
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (text.matches("-?(0|[1-9]\\d{0,99})")) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE
          ? JSON.numberNode(number.longValue())
          : JSON.numberNode(number);
    }
    boolean decimal = text.matches("-?(0|[1-9]\\d{0,99})\\.\\d{1,100}");
    return decimal ? JSON.numberNode(new BigDecimal(text)) : JSON.textNode(text);
  }

  /**
   * @param path field names, and indexes as numbers
   * @return from 1; of the nearest thing around it where it is not there
   */
  int line(List<Object> path) {
    Node node = root;
    int line = line(root);
    for (Object element : path) {
      if (node instanceof SequenceNode list && element instanceof Number index) {
        node = list.getValue().get(index.intValue());
        line = line(node);
      } else if (node instanceof MappingNode map) {
        NodeTuple field = field(map, element.toString());
        if (field == null) {
          return line;
        }
        node = field.getValueNode();
        line = line(field.getKeyNode());
      }
    }
    return line;
  }

  private static NodeTuple field(MappingNode map, String name) {
    return map.getValue().stream()
        .filter(f -> f.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static int line(Node node) {
    return node == null ? 1 : node.getStartMark().getLine() + 1;
  }
}
