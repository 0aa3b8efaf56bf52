package dev.watchpost.source;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Headers of one answer; names are case-insensitive. Immutable. */
public final class Headers {

  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Headers() {}

  /**
   * @param headers name to a value or a collection of values, as clients and Camel hold them; null
   *     values are left out
   */
  public static Headers of(Map<String, ?> headers) {
    Headers all = new Headers();
    headers.forEach(
        (name, value) -> {
          if (name != null && value != null) {
            all.values.put(name, texts(value));
          }
        });
    return all;
  }

  private static List<String> texts(Object value) {
    return value instanceof Collection<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(value.toString());
  }

  /** In their order; empty where absent. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The first one that is not blank, without white space around it. */
  public Optional<String> first(String name) {
    return all(name).stream().map(String::strip).filter(value -> !value.isEmpty()).findFirst();
  }
}
