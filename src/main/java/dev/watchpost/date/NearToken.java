package dev.watchpost.date;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that was meant as a token and is none: {@code #{date:..}}, {@code $(date:..)}, {@code
 * $yyyy-MM-dd}}. A request body may hold braces and dollars of its own, so only what holds a date
 * format is refused.
 */
final class NearToken {
  private static final String NAMES =
      "(?:gmtDate|dateTimeZone|nowTimeZone|date|now|epoch|milliseconds)";
  private static final String DATED = NAMES + "(?::[^{}]{0,99}yy[^{}]{0,99}|:(?:ms|us|s|0))";

  /** Each with the inside of the token as its first group. */
  private static final List<Pattern> REFUSED =
      List.of(
          // another template language's sign, something in between, or none
          pattern("\\$[^A-Za-z{]\\{\\s*(" + NAMES + "(?::[^{}]{0,99})?)}"),
          pattern("[#%@]\\{\\s*(" + NAMES + "(?::[^{}]{0,99})?)}"),
          pattern("\\{\\{?\\s*(" + DATED + "?)\\s*}}?"),
          pattern("\\{\\$\\s*(" + NAMES + "(?::[^{}\"]{0,99})?)}"),
          // other brackets, or none
          pattern("\\$[(\\[]\\s*(" + NAMES + "(?::[^{}()\\[\\]]{0,99})?)[)\\]]"),
          pattern("\\$(" + NAMES + ":[^{}\"=&]{0,99}yy[^{}\"=&]{0,99})}"),
          // the name and the brace are missing
          pattern("[${]([yMdHhmsSXZ'T/:. -]{0,99}yyyy[yMdHhmsSXZ'T/:. -]{0,99})}"),
          pattern("(?:\\$|%24)%7B(" + NAMES + "(?:(?!%7D).){0,99})%7D"));

  private static final Pattern MISPLACED_BRACE =
      pattern("\\$([A-Za-z]{1,20})\\{([A-Za-z]{0,20})(:[^{}]{0,99})?}");

  private static final Pattern WITHOUT_DOLLAR =
      pattern("(?<!\\{)\\{(" + NAMES + ":[A-Za-z+-][^}]{0,99})}");

  private NearToken() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /**
   * @param literal text between tokens
   * @throws InvalidDateSetting where it can only be meant as a token
   */
  static void refuse(String literal) {
    refuseMisplacedBrace(literal);
    for (Pattern pattern : REFUSED) {
      Matcher near = pattern.matcher(literal);
      if (near.find()) {
        throw new InvalidDateSetting(
            near.group() + ": no token; did you mean " + meant(near.group(1)) + "?");
      }
    }
  }

  private static String meant(String inside) {
    boolean named = inside.matches("(?is)" + NAMES + "\\b.*");
    return (named ? "${" : "${date:") + inside + "}";
  }

  /** {@code $d{ate:..}}: the brace stands among the letters of the name. */
  private static void refuseMisplacedBrace(String literal) {
    Matcher brace = MISPLACED_BRACE.matcher(literal);
    if (brace.find() && TokenParser.isName(brace.group(1) + brace.group(2))) {
      String rest = brace.group(3) == null ? "" : brace.group(3);
      throw new InvalidDateSetting(
          "%s: no token; did you mean ${%s%s%s}?"
              .formatted(brace.group(), brace.group(1), brace.group(2), rest));
    }
  }

  /** What may be a token without its dollar, or may be meant so. */
  static Optional<String> warning(String literal) {
    Matcher bare = WITHOUT_DOLLAR.matcher(literal);
    return bare.find()
        ? Optional.of(bare.group() + " is sent as it is; did you mean $" + bare.group() + "?")
        : Optional.empty();
  }
}
