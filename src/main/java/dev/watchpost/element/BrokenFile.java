package dev.watchpost.element;

/**
 * An element file that cannot be used as it is.
 *
 * @param file its name
 * @param line from 1
 * @param reason what is wrong with it
 */
public record BrokenFile(String file, int line, String reason) {
  @Override
  public String toString() {
    return "%s, line %d: %s".formatted(file, line, reason);
  }
}
