package dev.watchpost.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * YAML or JSON as a tree that remembers its lines.
 *
 * @param lines by path, as {@link dev.watchpost.resource.Problem} writes it: {@code tags[0]}
 */
record LocatedTree(JsonNode root, Map<String, Integer> lines) {

  /** Line of what is at {@code path}, or of the nearest that is there and holds it; from 1. */
  int line(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return lines.getOrDefault("", 1);
  }
}
