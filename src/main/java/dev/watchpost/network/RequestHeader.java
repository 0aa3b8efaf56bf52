package dev.watchpost.network;

import java.util.Locale;
import java.util.Set;

/** A header that a tenant sets of requests to a source or a callback. */
public final class RequestHeader {
  private static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** The connection's own, or Host: it would ask another site than the url says. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "watchpost-target");

  private RequestHeader() {}

  /** What is wrong with a header, with the fix; null: nothing. Never shows the value. */
  public static String problem(String name, String value) {
    if (!name.matches(NAME)) {
      return "is no name of a header; write letters, digits and '-'";
    }
    String lower = name.toLowerCase(Locale.ROOT);
    // Camel takes orders from headers of its own: CamelHttpUri is where to send
    if (OURS.contains(lower) || lower.startsWith("camel")) {
      return "is a header that the connection sets itself; remove it";
    }
    boolean broken = value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127);
    return broken ? "holds a line break or control character; remove it" : null;
  }
}
