package dev.watchpost.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests a source says are left, and until when. Forms: {@code RateLimit:
 * "name";r=1;t=9} (draft-ietf-httpapi-ratelimit-headers-10), {@code RateLimit: limit=9,
 * remaining=1, reset=9} (its draft 07), and the pair {@code X-RateLimit-Remaining} and {@code
 * -Reset}, with {@code RateLimit-} or {@code X-Rate-Limit-} in front too. A reset is seconds from
 * now, or since 1970, or milliseconds since 1970.
 *
 * @param resetsAt at most 24 h from now
 */
record RateLimit(long left, Instant resetsAt) {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final List<String> PREFIXES =
      List.of("RateLimit-", "X-RateLimit-", "X-Rate-Limit-");
  private static final Pattern NUMBER =
      Pattern.compile("\\s*(\\d{1,15})(?:\\.\\d+)?\\s*(?:[,;].*)?");
  private static final Pattern LEFT =
      Pattern.compile("(?:^|[;,\\s])(?:r|remaining)\\s*=\\s*(\\d{1,15})");
  private static final Pattern RESET =
      Pattern.compile("(?:^|[;,\\s])(?:t|reset)\\s*=\\s*(\\d{1,15})");

  /** From here on a number of seconds is a date: 2001. */
  private static final long DATE = 1_000_000_000L;

  /** From here on it is one in milliseconds: 1973, or the year 5138 in seconds. */
  private static final long MILLISECONDS = 100_000_000_000L;

  /** The tightest of those an answer names; empty: it names none, or none that still runs. */
  static Optional<RateLimit> of(Headers headers, Instant now) {
    List<RateLimit> named = new ArrayList<>();
    headers.all("RateLimit").forEach(header -> structured(header, now, named));
    for (String prefix : PREFIXES) {
      Long left = number(NUMBER, headers.first(prefix + "Remaining").orElse(""));
      Long reset = number(NUMBER, headers.first(prefix + "Reset").orElse(""));
      add(left, reset, now, named);
    }
    return named.stream()
        .min(
            Comparator.comparing(RateLimit::left)
                .thenComparing(RateLimit::resetsAt, Comparator.reverseOrder()));
  }

  private static void structured(String header, Instant now, List<RateLimit> named) {
    boolean oneLimit = header.contains("remaining");
    for (String item : oneLimit ? new String[] {header} : header.split(",")) {
      add(number(LEFT, item), number(RESET, item), now, named);
    }
  }

  private static Long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    boolean found = pattern == NUMBER ? matcher.matches() : matcher.find();
    return found ? Long.valueOf(matcher.group(1)) : null;
  }

  private static void add(Long left, Long reset, Instant now, List<RateLimit> named) {
    if (left == null || reset == null) {
      return;
    }
    Instant at = instant(reset, now);
    Instant latest = now.plus(LONGEST);
    if (at.isAfter(now)) {
      named.add(new RateLimit(left, at.isAfter(latest) ? latest : at));
    }
  }

  private static Instant instant(long reset, Instant now) {
    if (reset >= MILLISECONDS) {
      return Instant.ofEpochMilli(reset);
    }
    return reset >= DATE ? Instant.ofEpochSecond(reset) : now.plusSeconds(reset);
  }
}
