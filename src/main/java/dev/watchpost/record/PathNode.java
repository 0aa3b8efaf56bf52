package dev.watchpost.record;

import dev.watchpost.resource.FieldPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths looked for, as a tree of field names: one lookup per field on the way, none beside it.
 * A leaf holds the slots its value goes to; a slot reached by the field named exactly like the
 * whole path wins over the nested one.
 */
final class PathNode {

  private static final int[] NONE = {};

  private final Map<String, PathNode> children = new HashMap<>();
  private int[] nested = NONE;
  private int[] exact = NONE;
  private boolean ignored;

  /** Null where nothing is looked for in it. */
  PathNode child(String name) {
    return children.get(name);
  }

  PathNode child(int index) {
    return children.get(Integer.toString(index));
  }

  /** Something is looked for at an index of an array. */
  boolean indexed() {
    return children.keySet().stream().anyMatch(name -> name.matches("[0-9]+"));
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  int[] nested() {
    return nested;
  }

  int[] exact() {
    return exact;
  }

  boolean ignored() {
    return ignored;
  }

  void add(FieldPath path, int slot) {
    if (path != null) {
      PathNode literal = field(path.text());
      literal.exact = with(literal.exact, slot);
      at(path.segments()).slot(slot);
    }
  }

  /** The value this node stands for itself goes to {@code slot}. */
  void slot(int slot) {
    nested = with(nested, slot);
  }

  /** The field of this name, taken literally. */
  PathNode field(String name) {
    return at(List.of(name));
  }

  void ignore(FieldPath path) {
    field(path.text()).ignored = true;
    at(path.segments()).ignored = true;
  }

  private PathNode at(List<String> segments) {
    PathNode node = this;
    for (String segment : segments) {
      node = node.children.computeIfAbsent(segment, name -> new PathNode());
    }
    return node;
  }

  private static int[] with(int[] slots, int slot) {
    int[] longer = Arrays.copyOf(slots, slots.length + 1);
    longer[slots.length] = slot;
    return longer;
  }
}
