package dev.watchpost.date;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The zone at the end of a date: {@code Z}, {@code +00:00}, {@code +0000}, {@code +00}, {@code
 * GMT}, {@code GMT+01:00}, {@code PDT}, {@code America/Denver}. An abbreviation is the offset it
 * names, whatever the season: {@code PST} is -08:00 in July too.
 */
final class ZoneText {
  private static final Map<String, ZoneOffset> ABBREVIATIONS = abbreviations();

  private ZoneText() {}

  /** Reads it into {@code scan.zone}; false where none stands here. */
  static boolean read(Scan scan) {
    char c = scan.peek();
    if (c == '+' || c == '-') {
      return offset(scan);
    }
    int start = scan.at;
    while (nameLetter(scan.peek())) {
      scan.at++;
    }
    String name = scan.text.substring(start, scan.at);
    return !name.isEmpty() && named(scan, name);
  }

  private static boolean nameLetter(char c) {
    return DatePattern.isLetter(c) || c == '/' || c == '_';
  }

  private static boolean named(Scan scan, String name) {
    if (name.indexOf('/') > 0) {
      scan.zone = idOrNull(name);
      return scan.zone != null;
    }
    scan.zone = ABBREVIATIONS.get(name.toUpperCase(Locale.ROOT));
    boolean utc = ZoneOffset.UTC.equals(scan.zone);
    if (utc && name.length() > 1 && (scan.peek() == '+' || scan.peek() == '-')) {
      return offset(scan);
    }
    return scan.zone != null;
  }

  private static ZoneId idOrNull(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean offset(Scan scan) {
    int sign = scan.peek() == '-' ? -1 : 1;
    scan.at++;
    int hours = scan.number(2, 2);
    if (hours < 0) {
      return false;
    }
    int minutes = sixtieth(scan);
    int seconds = minutes < 0 ? -1 : sixtieth(scan);
    int total = hours * 3600 + Math.max(0, minutes) * 60 + Math.max(0, seconds);
    if (minutes > 59 || seconds > 59 || total > 18 * 3600) {
      return false;
    }
    scan.zone = ZoneOffset.ofTotalSeconds(sign * total);
    return true;
  }

  /** {@code :30} or {@code 30}; -1 where neither stands here. */
  private static int sixtieth(Scan scan) {
    int start = scan.at;
    if (scan.peek() == ':') {
      scan.at++;
    }
    int value = scan.number(2, 2);
    if (value < 0) {
      scan.at = start;
    }
    return value;
  }

  private static Map<String, ZoneOffset> abbreviations() {
    String table =
        "Z 0 UTC 0 GMT 0 UT 0 WET 0 WEST 1 BST 1 CET 1 MET 1 CEST 2 EET 2 SAST 2 EEST 3 MSK 3 "
            + "IST 5:30 SGT 8 HKT 8 AWST 8 JST 9 KST 9 ACST 9:30 AEST 10 ACDT 10:30 AEDT 11 "
            + "NZST 12 NZDT 13 NST -3:30 NDT -2:30 BRT -3 ADT -3 AST -4 EDT -4 EST -5 CDT -5 CST -6 "
            + "MDT -6 MST -7 PDT -7 PST -8 AKDT -8 AKST -9 HST -10";
    Map<String, ZoneOffset> offsets = new HashMap<>();
    String[] words = table.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      offsets.put(words[i], Zones.of(signed(words[i + 1])).getRules().getOffset(Instant.EPOCH));
    }
    return offsets;
  }

  private static String signed(String hours) {
    return hours.startsWith("-") ? hours : "+" + hours;
  }
}
