package dev.watchpost.resource;

/**
 * Something wrong, or only suspicious, in what someone asked to watch.
 *
 * @param path where, such as {@code configuration.event.poller.configuration.customers.url}; empty:
 *     the whole
 * @param message what was found there and the fix; never a secret
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
