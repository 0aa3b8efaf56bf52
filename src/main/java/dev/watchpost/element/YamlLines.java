package dev.watchpost.element;

import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** In which lines of a YAML text its fields stand. */
final class YamlLines {
  private final Node root;

  /**
   * @param text that was read as YAML before
   */
  YamlLines(String text) {
    root = new Yaml().compose(new StringReader(text));
  }

  /**
   * @param path field names, and indexes as numbers
   * @return from 1; of the nearest thing around it where it is not there
   */
  int of(List<Object> path) {
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
