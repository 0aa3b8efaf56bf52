package dev.watchpost.element;

import java.net.URI;
import java.util.Locale;

/**
 * What credentials belong to.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port the scheme's own where the url says none
 */
public record Origin(String scheme, String host, int port) {

  /** Null where {@code uri} has none: it is relative, or of another scheme. */
  public static Origin of(URI uri) {
    if (uri == null || uri.getScheme() == null || uri.getHost() == null) {
      return null;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard =
        switch (scheme) {
          case "http" -> 80;
          case "https" -> 443;
          default -> -1;
        };
    if (standard < 0) {
      return null;
    }
    int port = uri.getPort() < 0 ? standard : uri.getPort();
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }
}
