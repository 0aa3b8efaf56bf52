package dev.watchpost.date;

import dev.watchpost.date.TemplatePart.Literal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds a quote left open in {@code where=} or after it. Some APIs want it so, hence only a
 * warning.
 */
final class OpenQuote {
  private OpenQuote() {}

  static Optional<String> warning(List<TemplatePart> parts) {
    // quotes inside of tokens belong to their format; they do not count
    String plain =
        parts.stream()
            .map(p -> p instanceof Literal literal ? literal.text() : "\u2026")
            .collect(Collectors.joining());
    int start = plain.indexOf("?where=");
    start = start < 0 ? plain.indexOf("&where=") : start;
    if (start < 0) {
      return Optional.empty();
    }
    String where = plain.substring(start);
    boolean open = where.chars().filter(c -> c == '\'').count() % 2 == 1;
    return open
        ? Optional.of(
            "a quote in where is left open: ..." + tail(where) + "; close it, or remove it")
        : Optional.empty();
  }

  private static String tail(String where) {
    return where.substring(where.lastIndexOf('\''));
  }
}
