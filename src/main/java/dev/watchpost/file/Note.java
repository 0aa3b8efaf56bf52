package dev.watchpost.file;

/**
 * Something wrong, or only suspicious, in a file.
 *
 * @param line from 1
 * @param path where in the request, as in {@link dev.watchpost.resource.Problem}; empty: the whole
 * @param message what was found there and the fix; never a secret
 */
public record Note(int line, String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty()
        ? "line %d: %s".formatted(line, message)
        : "line %d: %s: %s".formatted(line, path, message);
  }
}
