package dev.watchpost.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the contract. We read path parameters ourselves: Camel puts them beside request headers
 * and query parameters, so that {@code ?id=7} would change {@code {id}}. Sorted by where the first
 * literal stands: literals before parameters.
 */
record PathTemplate(String text, List<String> segments) implements Comparable<PathTemplate> {

  /**
   * @param parameters percent-decoded
   */
  record Match(String template, Map<String, String> parameters) {}

  static PathTemplate of(String text) {
    return new PathTemplate(text, split(text));
  }

  private static List<String> split(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  /**
   * @param path still percent-encoded; a slash at its end does not count
   * @throws Refusal 400 where a parameter's percent-encoding is broken
   */
  Optional<Match> match(String path) {
    boolean slash = path.length() > 1 && path.endsWith("/");
    List<String> found = split(slash ? path.substring(0, path.length() - 1) : path);
    if (found.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      String segment = segments.get(i);
      if (isParameter(segment) && !found.get(i).isEmpty()) {
        parameters.put(segment.substring(1, segment.length() - 1), decoded(found.get(i)));
      } else if (!segment.equals(found.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(text, parameters));
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(400, "the path's percent-encoding is broken: " + segment);
    }
  }

  @Override
  public int compareTo(PathTemplate other) {
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int order = Boolean.compare(isParameter(segments.get(i)), isParameter(other.segments.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return text.compareTo(other.text);
  }
}
