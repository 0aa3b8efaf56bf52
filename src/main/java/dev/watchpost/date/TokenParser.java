package dev.watchpost.date;

import dev.watchpost.date.TemplatePart.Epoch;
import dev.watchpost.date.TemplatePart.Formatted;
import dev.watchpost.date.TemplatePart.Stamp;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the inside of one {@code ${...}}, and collects what is odd about it. */
final class TokenParser {
  private static final String ISO = "yyyy-MM-dd'T'HH:mm:ss'Z'";

  /** ZONE:F, where ZONE may be an offset with a colon of its own. */
  private static final Pattern ZONE_AND_FORMAT =
      Pattern.compile(
          "((?:GMT|UTC|UT)?[+-]\\d{1,2}:\\d{2}|[^:]*)(?::(.*))?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern PERCENT_ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Pattern NAME_RUNS_ON =
      Pattern.compile("(?i)(date|gmtDate|now)[^A-Za-z:]*(yyyy.*)");
  private static final Pattern PATTERN_LIKE = Pattern.compile("[yYMmDdHhsSZXTazEkKL'\"/:., +-]+");
  private static final Pattern PLUS_FOR_BLANK = Pattern.compile("\\+[Hhk]");
  private static final List<String> NAMES =
      List.of("date", "gmtDate", "dateTimeZone", "epoch", "milliseconds", "now", "nowTimeZone");

  /** What other tools call them, and what they are easily taken for. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("datetime", "date"),
          Map.entry("lastpoll", "date"),
          Map.entry("lastpolldate", "date"),
          Map.entry("lastrun", "date"),
          Map.entry("since", "date"),
          Map.entry("from", "date"),
          Map.entry("start", "date"),
          Map.entry("startdate", "date"),
          Map.entry("gmt", "gmtDate"),
          Map.entry("utc", "gmtDate"),
          Map.entry("utcdate", "gmtDate"),
          Map.entry("timezone", "dateTimeZone"),
          Map.entry("zone", "dateTimeZone"),
          Map.entry("timestamp", "epoch"),
          Map.entry("millis", "epoch"),
          Map.entry("ms", "epoch"),
          Map.entry("unix", "epoch:s"),
          Map.entry("today", "now"),
          Map.entry("to", "now"),
          Map.entry("end", "now"),
          Map.entry("enddate", "now"));

  private final List<String> warnings = new ArrayList<>();

  static boolean isName(String name) {
    return NAMES.stream().anyMatch(name::equalsIgnoreCase);
  }

  List<String> warnings() {
    return warnings;
  }

  /**
   * @param inside what stands between the braces
   */
  Stamp parse(String inside) {
    String token = "${" + inside + "}";
    int colon = inside.indexOf(':');
    String name = (colon < 0 ? inside : inside.substring(0, colon)).strip();
    String argument = colon < 0 ? null : inside.substring(colon + 1);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "date", "gmtdate" -> utc(token, false, argument, name);
      case "now" -> utc(token, true, argument, name);
      case "datetimezone" -> zoned(token, false, argument);
      case "nowtimezone" -> zoned(token, true, argument);
      case "epoch" -> epoch(token, argument);
      case "milliseconds" -> milliseconds(token, argument);
      default -> throw unknown(token, name, inside);
    };
  }

  private Stamp utc(String token, boolean upper, String format, String name) {
    String zone = name.equalsIgnoreCase("gmtDate") ? "GMT" : "UTC";
    return new Stamp(token, upper, formatted(token, format == null ? ISO : format, zone));
  }

  private Stamp zoned(String token, boolean upper, String argument) {
    Matcher parts = ZONE_AND_FORMAT.matcher(argument == null ? "" : argument);
    if (!parts.matches()
        || parts.group(1).isBlank()
        || parts.group(2) == null
        || parts.group(1).contains("yy")) {
      boolean zone = argument != null && argument.matches("[\\w/+:-]+") && !argument.contains("yy");
      String example = zone ? argument : "America/Denver";
      throw invalid(
          token,
          "a zone and a format are needed: " + example(upper, example, "yyyy-MM-dd HH:mm:ss"));
    }
    return new Stamp(token, upper, formatted(token, parts.group(2), parts.group(1).strip()));
  }

  private static String example(boolean upper, String zone, String format) {
    return "${" + (upper ? "nowTimeZone:" : "dateTimeZone:") + zone + ":" + format + "}";
  }

  private Formatted formatted(String token, String format, String zoneName) {
    refuseOddities(token, format);
    DatePatternCheck.fault(format, false)
        .ifPresent(
            fault -> {
              String before = token.substring(0, token.length() - format.length() - 1);
              throw invalid(token, fault.withFix(before, "}"));
            });
    DatePattern pattern = DatePattern.parse(format);
    DateWriter writer = new DateWriter(pattern, zone(token, zoneName));
    warn(token, pattern, writer, zoneName);
    return new Formatted(writer, zoneName);
  }

  private static ZoneId zone(String token, String name) {
    try {
      return Zones.of(name);
    } catch (InvalidDateSetting e) {
      throw invalid(token, e.getMessage());
    }
  }

  private static void refuseOddities(String token, String format) {
    if (format.isBlank()) {
      throw invalid(token, "the format is empty; did you mean ${date}?");
    }
    if (format.startsWith(":")) {
      String better = token.replaceFirst(":+", ":");
      throw invalid(token, "a colon too many; did you mean " + better + "?");
    }
    epochUnit(format)
        .ifPresent(
            unit -> {
              throw invalid(
                  token, format + " is no date format; did you mean ${epoch:" + unit + "}?");
            });
    Matcher zoned = ZONE_AND_FORMAT.matcher(format);
    if (zoned.matches() && zoned.group(2) != null && Zones.isZone(zoned.group(1))) {
      throw invalid(
          token, "a zone goes with dateTimeZone; did you mean ${dateTimeZone:" + format + "}?");
    }
    if (PERCENT_ENCODED.matcher(format).find()) {
      throw invalid(token, "the format is percent-encoded; write it plain, it is encoded later");
    }
  }

  /**
   * The unit that {@code ms}, {@code millis} or {@code seconds} names; empty for any other word.
   */
  private static Optional<String> epochUnit(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "ms", "millis", "millisecond", "milliseconds" -> Optional.of("ms");
      case "s", "sec", "second", "seconds", "unix" -> Optional.of("s");
      case "us", "micros", "microsecond", "microseconds" -> Optional.of("us");
      default -> Optional.empty();
    };
  }

  private void warn(String token, DatePattern pattern, DateWriter writer, String zoneName) {
    OddPattern.warnings(pattern, writer.zone()).forEach(w -> warnings.add(token + ": " + w));
    Zones.warnings(zoneName).forEach(w -> warnings.add(token + ": " + w));
    if (writer.misleading()) {
      warnings.add(
          token + ": the offset is written out, but zone " + zoneName + " is not always there");
    }
    if (PLUS_FOR_BLANK.matcher(pattern.text()).find()) {
      warnings.add(token + ": '+' is sent as %2B, not as a blank; write a blank");
    }
    if (pattern.fields().stream().anyMatch(f -> f.count() == 1 && "ms".indexOf(f.letter()) >= 0)) {
      warnings.add(token + ": five past is written as 5; did you mean mm and ss?");
    }
    if (!pattern.text().equals(pattern.text().strip())) {
      warnings.add(token + ": the blank at the edge of the format is sent too");
    }
  }

  /** Without a unit milliseconds, as Cloud Elements' NetSuite and Quickbase pollers expect. */
  private static Stamp epoch(String token, String unit) {
    EpochUnit known = unit == null ? EpochUnit.MILLISECONDS : EpochUnit.of(unit.strip());
    if (known == null) {
      String better =
          epochUnit(unit)
              .map(word -> "${epoch:" + word + "}")
              .or(() -> sound(unit).map(format -> "${date:" + format + "}"))
              .map(fix -> "; did you mean " + fix + "?")
              .orElse("");
      throw invalid(token, unit + " is no unit of an epoch; write ms, s, us or 0" + better);
    }
    return new Stamp(token, false, new Epoch(known));
  }

  private static Stamp milliseconds(String token, String argument) {
    if (argument != null) {
      throw invalid(token, "milliseconds takes no argument; did you mean ${milliseconds}?");
    }
    return new Stamp(token, false, new Epoch(EpochUnit.MILLISECONDS));
  }

  private static InvalidDateSetting unknown(String token, String name, String inside) {
    if (name.equalsIgnoreCase("env")) {
      return invalid(token, "environment variables resolve in files under routes/ only");
    } else if (name.equalsIgnoreCase("seconds") || name.equalsIgnoreCase("microseconds")) {
      boolean seconds = name.equalsIgnoreCase("seconds");
      return invalid(token, "did you mean ${epoch:" + (seconds ? "s" : "us") + "}?");
    }
    Matcher run = NAME_RUNS_ON.matcher(inside);
    if (run.matches()) {
      return invalid(
          token, "a colon is missing; did you mean ${" + run.group(1) + ":" + run.group(2) + "}?");
    }
    if (!name.matches("[A-Za-z]+") || DatePatternCheck.sound(name, false)) {
      Optional<String> format = format(inside);
      if (format.isPresent()) {
        return invalid(
            token, "the token's name is missing; did you mean ${date:" + format.get() + "}?");
      }
    }
    String rest = inside.substring(inside.indexOf(name) + name.length());
    String letters = name.replaceAll("[^A-Za-z]", "");
    Optional<String> near =
        Optional.ofNullable(OTHER_NAMES.get(letters.toLowerCase(Locale.ROOT)))
            .or(() -> Suggestion.nearest(letters, NAMES));
    return near.map(
            n -> invalid(token, "no such token; did you mean ${" + n + mended(n, rest) + "}?"))
        .orElseGet(
            () ->
                invalid(
                    token,
                    "no token is called \"%s\"; there are %s"
                        .formatted(name, String.join(", ", NAMES))));
  }

  /** What follows a misspelt name, with its format mended too. */
  private static String mended(String name, String rest) {
    boolean format = rest.startsWith(":") && List.of("date", "gmtDate", "now").contains(name);
    return format && !DatePatternCheck.sound(rest.substring(1), false)
        ? DatePatternRepair.suggest(rest.substring(1), false).map(f -> ":" + f).orElse(rest)
        : rest;
  }

  /** The inside of a token without a name, where it is a date format, mended if need be. */
  private static Optional<String> format(String inside) {
    if (DatePatternCheck.sound(inside, false) && !inside.isBlank()) {
      return Optional.of(inside);
    }
    boolean dated = inside.contains("yy") || inside.contains("YY");
    boolean letters = PATTERN_LIKE.matcher(inside).matches();
    return dated && letters ? DatePatternRepair.suggest(inside, false) : Optional.empty();
  }

  private static Optional<String> sound(String format) {
    boolean sound = format.contains("yy") && DatePatternCheck.sound(format, false);
    return sound ? Optional.of(format) : Optional.empty();
  }

  private static InvalidDateSetting invalid(String token, String message) {
    return new InvalidDateSetting(token + ": " + message);
  }
}
