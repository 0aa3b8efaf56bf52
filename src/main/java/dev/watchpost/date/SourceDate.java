package dev.watchpost.date;

import java.time.Duration;
import java.time.Instant;

/**
 * A date of a record, known only as exactly as its text says: the interval [start, end). A day for
 * {@code yyyy-MM-dd}, a second for {@code ..ss}, a millisecond for {@code ..SSS}.
 *
 * @param start first instant of the interval
 * @param end first instant after it
 * @param setBack how much earlier it may be as well: by how much a clock was set back in the hour
 *     the text names; else zero
 */
public record SourceDate(Instant start, Instant end, Duration setBack) {

  /** One that the text tells without doubt. */
  public SourceDate(Instant start, Instant end) {
    this(start, end, Duration.ZERO);
  }

  /**
   * True where this date, the earlier one by its text, may be the later one in truth: {@code other}
   * was read in the same hour that the clock ran through twice.
   */
  public boolean mayBeAfter(Instant other) {
    return other.isBefore(start.plus(setBack));
  }

  /** True where the interval's unit is a second or finer. */
  public boolean fine() {
    return !end.isAfter(start.plusSeconds(1));
  }
}
