package dev.watchpost.date;

import static java.util.Map.entry;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Zones as users name them: ids in any case, offsets ({@code -8:00}, {@code GMT+2}), abbreviations
 * as {@link ZoneId#SHORT_IDS} reads them ({@code PST} is America/Los_Angeles with its daylight
 * saving, {@code EST} is UTC-5 all year).
 */
final class Zones {
  private static final Pattern OFFSET =
      Pattern.compile("(?:GMT|UTC|UT)?([+-])(\\d{1,2})(?::?(\\d{2}))?", Pattern.CASE_INSENSITIVE);

  private static final Pattern OFFSET_WITHIN =
      Pattern.compile("(?:GMT|UTC)\\s?([+-]\\d{1,2}:?\\d{2})");

  private static final List<String> WELL_KNOWN =
      List.of(
          "America/Los_Angeles",
          "America/Denver",
          "America/Chicago",
          "America/New_York",
          "America/Halifax",
          "America/Anchorage",
          "Pacific/Honolulu",
          "Europe/London",
          "Europe/Paris",
          "Europe/Athens",
          "Asia/Kolkata",
          "Asia/Tokyo",
          "Asia/Singapore",
          "Australia/Sydney");

  /** Abbreviations that neither SHORT_IDS nor the zone database knows. */
  private static final Map<String, String> MORE =
      Map.ofEntries(
          entry("EDT", "America/New_York"),
          entry("CDT", "America/Chicago"),
          entry("MDT", "America/Denver"),
          entry("PDT", "America/Los_Angeles"),
          entry("AKST", "America/Anchorage"),
          entry("AKDT", "America/Anchorage"),
          entry("CEST", "CET"),
          entry("EEST", "EET"),
          entry("WEST", "WET"),
          entry("MSK", "Europe/Moscow"),
          entry("KST", "Asia/Seoul"),
          entry("SGT", "Asia/Singapore"),
          entry("HKT", "Asia/Hong_Kong"),
          entry("AEST", "Australia/Sydney"),
          entry("AEDT", "Australia/Sydney"),
          entry("AWST", "Australia/Perth"),
          entry("NZST", "Pacific/Auckland"),
          entry("NZDT", "Pacific/Auckland"),
          entry("UT", "UTC"),
          entry("Z", "UTC"));

  private static final Map<String, String> SURPRISING =
      Map.of(
          "EST", "zone EST is UTC-5 all year; America/New_York has daylight saving",
          "MST", "zone MST is UTC-7 all year; America/Denver has daylight saving",
          "HST", "zone HST is UTC-10 all year",
          "BST", "zone BST is Asia/Dhaka, as Java reads it; British time is Europe/London",
          "IST", "zone IST is Asia/Kolkata; Israel is Asia/Jerusalem, Ireland Europe/Dublin");

  private static final Map<String, ZoneId> BY_NAME = byName();

  private Zones() {}

  /**
   * @param name null or blank is UTC
   * @throws InvalidDateSetting where no zone is called so, with a near name
   */
  static ZoneId of(String name) {
    if (name == null || name.isBlank()) {
      return ZoneId.of("UTC");
    }
    String wanted = name.strip();
    Matcher offset = OFFSET.matcher(wanted);
    if (offset.matches()) {
      return ofOffset(wanted, offset);
    }
    ZoneId zone = BY_NAME.get(wanted.replace(' ', '_'));
    if (zone == null) {
      throw new InvalidDateSetting("zone \"" + wanted + "\" is unknown; " + suggestion(wanted));
    }
    return zone;
  }

  /** Whether {@link #of} accepts this name; false for a blank one. */
  static boolean isZone(String name) {
    String wanted = name.strip();
    return OFFSET.matcher(wanted).matches() || BY_NAME.containsKey(wanted.replace(' ', '_'));
  }

  /** What is suspicious about a zone that {@link #of} accepts. */
  static List<String> warnings(String name) {
    String warning = name == null ? null : SURPRISING.get(name.strip().toUpperCase(Locale.ROOT));
    return warning == null ? List.of() : List.of(warning);
  }

  static boolean isUtc(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC);
  }

  private static ZoneId ofOffset(String name, Matcher parts) {
    int sign = parts.group(1).equals("-") ? -1 : 1;
    int hours = Integer.parseInt(parts.group(2));
    int minutes = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    try {
      // named GMT-08:00, which is what SimpleDateFormat prints for the letter z
      return ZoneId.ofOffset("GMT", ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes));
    } catch (DateTimeException e) {
      throw new InvalidDateSetting(
          "zone \"" + name + "\" is no offset; offsets run from -18:00 to +18:00");
    }
  }

  private static String suggestion(String name) {
    String spelled = name.replace(' ', '_');
    for (ZoneId zone : BY_NAME.values()) {
      String id = zone.getId();
      if (id.regionMatches(true, id.lastIndexOf('/') + 1, spelled, 0, spelled.length())
          && id.length() - id.lastIndexOf('/') - 1 == spelled.length()) {
        return "did you mean " + id + "?";
      }
    }
    return offsetWithin(name)
        .or(() -> longName(name))
        .or(() -> nearest(spelled))
        .map(near -> "did you mean " + near + "?")
        .orElse("write an id (America/Denver), an offset (-08:00) or an abbreviation (PST)");
  }

  /** {@code (GMT-08:00) Pacific Time} as drop-down lists show it. */
  private static Optional<String> offsetWithin(String name) {
    Matcher offset = OFFSET_WITHIN.matcher(name);
    return offset.find() ? Optional.of(offset.group(1)) : Optional.empty();
  }

  /** {@code Pacific Standard Time}, as people and Windows name zones. */
  private static Optional<String> longName(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceAll("\\b(standard|daylight|summer)\\b", "");
    for (String id : WELL_KNOWN) {
      String known = TimeZone.getTimeZone(id).getDisplayName(false, TimeZone.LONG, Locale.ENGLISH);
      String plain = known.toLowerCase(Locale.ROOT).replace("standard ", "");
      if (plain.equals(bare.strip().replaceAll("\\s+", " "))) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nearest(String name) {
    List<String> cities = new ArrayList<>();
    for (ZoneId zone : BY_NAME.values()) {
      String id = zone.getId();
      if (id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/")) {
        cities.add(id);
      }
    }
    return Suggestion.nearest(name, cities).or(() -> Suggestion.nearest(name, BY_NAME.keySet()));
  }

  private static Map<String, ZoneId> byName() {
    Map<String, ZoneId> zones = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ZoneId.getAvailableZoneIds().forEach(id -> zones.put(id, ZoneId.of(id)));
    MORE.forEach((name, id) -> zones.put(name, ZoneId.of(id)));
    ZoneId.SHORT_IDS.forEach(
        (name, id) ->
            zones.put(
                name,
                id.contains("/") ? ZoneId.of(id) : ZoneId.ofOffset("GMT", ZoneOffset.of(id))));
    return zones;
  }
}
