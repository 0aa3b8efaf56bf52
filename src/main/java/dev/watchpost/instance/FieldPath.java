package dev.watchpost.instance;

import java.util.List;

/**
 * Where a value stands in a record: {@code id}, {@code customer.id}, {@code @.@id}, {@code
 * ['Modified Time']}. {@code @} alone is the record itself.
 *
 * @param text as written
 * @param segments field names from the record inwards, at least one
 */
public record FieldPath(String text, List<String> segments) {

  /**
   * @throws IllegalArgumentException where {@code text} is blank or no path, naming the fix
   */
  public static FieldPath of(String text) {
    throw new UnsupportedOperationException("to come");
  }
}
