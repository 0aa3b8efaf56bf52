package dev.watchpost.date;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Reads texts by a pattern, step by step; what the steps found is resolved strictly (no February
 * 30) in the zone of the text, or else in the configured one.
 *
 * @param unit the finest unit of the pattern, fractions of the second aside
 */
record PatternReader(List<PatternStep> steps, ChronoUnit unit, ZoneId zone) implements DateReader {

  static PatternReader of(DatePattern pattern, ZoneId zone) {
    return new PatternReader(new PatternSteps(pattern).compile(), unit(pattern), zone);
  }

  private static ChronoUnit unit(DatePattern pattern) {
    if (pattern.has('s')) {
      return ChronoUnit.SECONDS;
    } else if (pattern.has('m')) {
      return ChronoUnit.MINUTES;
    } else if (pattern.has('H') || pattern.has('k') || pattern.has('h') || pattern.has('K')) {
      return ChronoUnit.HOURS;
    } else if (pattern.has('d') || pattern.has('D')) {
      return ChronoUnit.DAYS;
    }
    return pattern.hasMonth() ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
  }

  @Override
  public SourceDate read(String text) {
    Scan scan = new Scan(text);
    for (PatternStep step : steps) {
      if (!step.read(scan)) {
        return null;
      }
    }
    try {
      return scan.atEnd() ? resolve(scan) : null;
    } catch (DateTimeException impossible) {
      return null;
    }
  }

  private SourceDate resolve(Scan scan) {
    ZoneId in = scan.zone == null ? zone : scan.zone;
    LocalDate date =
        scan.dayOfYear > 0
            ? LocalDate.ofYearDay(scan.year, scan.dayOfYear)
            : LocalDate.of(scan.year, scan.month, scan.day);
    if (unit.isDateBased()) {
      return new SourceDate(
          date.atStartOfDay(in).toInstant(), date.plus(1, unit).atStartOfDay(in).toInstant());
    }
    LocalTime time = LocalTime.of(hour(scan), scan.minute, scan.second, scan.nanos);
    ZonedDateTime local = ZonedDateTime.of(date.atTime(time), in);
    Instant start = local.withLaterOffsetAtOverlap().toInstant();
    Duration setBack = Duration.between(local.withEarlierOffsetAtOverlap().toInstant(), start);
    return new SourceDate(start, start.plus(1, finest(scan)), setBack);
  }

  private ChronoUnit finest(Scan scan) {
    return unit == ChronoUnit.SECONDS ? EpochReader.fractionUnit(scan.fractionDigits) : unit;
  }

  /** A 24-hour clock that says PM all the same (14:00 PM) is believed. */
  private static int hour(Scan scan) {
    if (scan.halfDay < 0 || scan.hour > 12) {
      return scan.hour;
    }
    return scan.hour % 12 + 12 * scan.halfDay;
  }
}
