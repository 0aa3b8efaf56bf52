package dev.watchpost.date;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats written as another tool wants them: words, strftime, Moment, shell and SQL quotes. */
final class ForeignPattern {
  private static final String MILLISECONDS = "milliseconds";
  private static final String SECONDS = "seconds";
  private static final String MICROSECONDS = "microseconds";
  private static final String DETECTED = "an empty format, which detects ";

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("ms", MILLISECONDS),
          Map.entry("millis", MILLISECONDS),
          Map.entry("epoch", MILLISECONDS),
          Map.entry("epochms", MILLISECONDS),
          Map.entry("epochmillis", MILLISECONDS),
          Map.entry("epochmilliseconds", MILLISECONDS),
          Map.entry("unixms", MILLISECONDS),
          Map.entry("timestamp", MILLISECONDS),
          Map.entry("s", SECONDS),
          Map.entry("sec", SECONDS),
          Map.entry("unix", SECONDS),
          Map.entry("unixtime", SECONDS),
          Map.entry("unixtimestamp", SECONDS),
          Map.entry("epochs", SECONDS),
          Map.entry("epochsecond", SECONDS),
          Map.entry("epochseconds", SECONDS),
          Map.entry("us", MICROSECONDS),
          Map.entry("micros", MICROSECONDS),
          Map.entry("epochus", MICROSECONDS),
          Map.entry("nanos", DETECTED + "epochs"),
          Map.entry("nanoseconds", DETECTED + "epochs"),
          Map.entry("date", DETECTED + "ISO 8601"),
          Map.entry("datetime", DETECTED + "ISO 8601"));

  private static final Map<String, String> STRFTIME =
      Map.ofEntries(
          Map.entry("Y", "yyyy"),
          Map.entry("y", "yy"),
          Map.entry("m", "MM"),
          Map.entry("b", "MMM"),
          Map.entry("B", "MMMM"),
          Map.entry("d", "dd"),
          Map.entry("e", "d"),
          Map.entry("j", "DDD"),
          Map.entry("a", "EEE"),
          Map.entry("A", "EEEE"),
          Map.entry("H", "HH"),
          Map.entry("I", "hh"),
          Map.entry("p", "a"),
          Map.entry("M", "mm"),
          Map.entry("S", "ss"),
          Map.entry("f", "SSSSSS"),
          Map.entry("L", "SSS"),
          Map.entry("z", "Z"),
          Map.entry("Z", "z"),
          Map.entry("F", "yyyy-MM-dd"),
          Map.entry("T", "HH:mm:ss"),
          Map.entry("D", "MM/dd/yy"));

  private static final Pattern TOKEN = Pattern.compile("^\\$\\{(?:[A-Za-z]+:)?(.*)}$");
  private static final Pattern WHOLLY_QUOTED = Pattern.compile("[\"`]([^\"`]*)[\"`]");
  private static final Pattern DIRECTIVE = Pattern.compile("%([A-Za-z])");
  private static final Pattern OTHER_QUOTES = Pattern.compile("[\u2018\u2019`\u00b4\"]|\\\\'");
  private static final Pattern TWICE_QUOTED = Pattern.compile("''([A-Za-z]+)''");
  private static final Pattern LOST_T = Pattern.compile("(?<=d)''(?=[Hhk])");
  private static final Pattern QUOTES_AT_END = Pattern.compile("^''|''$");
  private static final Pattern HALF_QUOTED =
      Pattern.compile("'*(?<='|[yMdHhmsS])([TZ])''+|''+([TZ])'*");
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern BARE_WORD =
      Pattern.compile("(?<![A-Za-z'])(UTC|GMT|at|de|of|um|Uhr)(?![A-Za-z'])");

  private ForeignPattern() {}

  /** What is said of a pattern of another tool; empty where it is none. */
  static Optional<String> reason(String text, boolean reading) {
    if (text.contains("'\\''")) {
      return Optional.of("it holds quotes escaped for a shell ('\\'')");
    } else if (TOKEN.matcher(text).matches()) {
      return Optional.of("a format is written without ${ } around it");
    } else if (text.contains("\\'")) {
      return Optional.of("it holds escaped quotes (\\')");
    } else if (reading && WHOLLY_QUOTED.matcher(text).matches()) {
      return Optional.of("it stands in quotes of its own");
    } else if (DIRECTIVE.matcher(text).find()) {
      return Optional.of("it holds % directives; a format is written as yyyy-MM-dd");
    } else if (reading && isWord(text) && word(text).isPresent()) {
      return Optional.of("it is no pattern such as yyyy-MM-dd");
    } else if (reading && BRACKETS.matcher(text).find()) {
      return Optional.of(
          "[ ] stand for themselves; a fraction and an offset are optional without them");
    }
    return Optional.empty();
  }

  private static boolean isWord(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9 _:-]*");
  }

  /** The setting that a word such as {@code millis} or {@code ISO8601} means. */
  static Optional<String> word(String text) {
    String word = text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    if (word.startsWith("iso")) {
      return Optional.of(DETECTED + "ISO 8601");
    } else if (word.startsWith("rfc")) {
      return Optional.of(DETECTED + "ISO 8601 and RFC 822");
    }
    return Optional.ofNullable(WORDS.get(word))
        .or(() -> Suggestion.nearest(word, List.of(MILLISECONDS, SECONDS, MICROSECONDS)));
  }

  /** The pattern with the other tool's spelling replaced as far as it can be told. */
  static String translated(String text) {
    Matcher shell = WHOLLY_QUOTED.matcher(text);
    Matcher token = TOKEN.matcher(shell.matches() ? shell.group(1) : text);
    String plain = token.replaceAll("$1").replace("'\\''", "'");
    plain = OTHER_QUOTES.matcher(plain).replaceAll("'");
    plain = TWICE_QUOTED.matcher(plain).replaceAll("'$1'");
    plain = LOST_T.matcher(plain).replaceAll("'T'");
    plain = QUOTES_AT_END.matcher(plain).replaceAll("");
    plain = HALF_QUOTED.matcher(plain).replaceAll(ForeignPattern::quoted);
    plain = DIRECTIVE.matcher(plain).replaceAll(m -> STRFTIME.getOrDefault(m.group(1), m.group(1)));
    plain = BRACKETS.matcher(plain).replaceAll(ForeignPattern::unbracketed);
    return BARE_WORD.matcher(plain).replaceAll("'$1'");
  }

  private static String quoted(MatchResult half) {
    return half.group(1) == null ? "'" + half.group(2) + "'" : "'" + half.group(1) + "'";
  }

  /** Moment's {@code [T]} is text, java.time's {@code [.SSS]} is optional. */
  private static String unbracketed(MatchResult part) {
    String inside = part.group(1);
    boolean text = inside.matches("[TZ]|[A-Za-z]{2,}") && !inside.matches("X+|S+|Z{2,}");
    return Matcher.quoteReplacement(text ? "'" + inside + "'" : inside);
  }
}
