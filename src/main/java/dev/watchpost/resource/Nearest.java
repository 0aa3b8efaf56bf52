package dev.watchpost.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a misspelt one was meant to be. */
public final class Nearest {
  private static final int LONGEST = 100;
  private static final int MOST_LISTED = 12;

  private Nearest() {}

  /** Words for a message: the near name, else all known ones. */
  public static String suggestion(String name, Collection<String> known) {
    return to(name, known)
        .map(near -> "did you mean '%s'?".formatted(near))
        .orElseGet(() -> "known are " + String.join(", ", new TreeSet<>(known)));
  }

  /** As {@link #suggestion}, after a semicolon; silent where too many are known to be read. */
  static String hint(String name, Collection<String> known) {
    boolean many = known.size() > MOST_LISTED && to(name, known).isEmpty();
    return many ? "" : "; " + suggestion(name, known);
  }

  /** Whether one was probably meant to be the other. */
  static boolean near(String name, String other) {
    return distance(letters(name), letters(other)) <= (other.length() < 5 ? 1 : 2);
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z]", "");
  }

  private static Optional<String> to(String name, Collection<String> known) {
    int most = Math.max(2, name.length() / 4);
    Optional<String> longer =
        known.stream().filter(k -> name.length() > 4 && startsWith(k, name)).sorted().findFirst();
    return longer.isPresent() ? longer : nearest(name, known, most);
  }

  private static boolean startsWith(String name, String start) {
    return name.regionMatches(true, 0, start, 0, start.length());
  }

  private static Optional<String> nearest(String name, Collection<String> known, int most) {
    return known.stream()
        .min(Comparator.comparingInt((String other) -> distance(name, other)).thenComparing(o -> o))
        .filter(other -> distance(name, other) <= most);
  }

  /** Insertions, deletions and replacements between two names, case aside. */
  private static int distance(String one, String other) {
    if (one.length() > LONGEST) {
      return one.length();
    }
    return LevenshteinDistance.getDefaultInstance()
        .apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
  }
}
