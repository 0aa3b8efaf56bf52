package dev.watchpost.date;

import java.time.Instant;

/**
 * A date of a record, known only as exactly as its text says: the interval [start, end). A day for
 * {@code yyyy-MM-dd}, a second for {@code ..ss}, a millisecond for {@code ..SSS}.
 *
 * @param start first instant of the interval
 * @param end first instant after it
 */
public record SourceDate(Instant start, Instant end) {

  /** True where the interval's unit is a second or finer. */
  public boolean fine() {
    return !end.isAfter(start.plusSeconds(1));
  }
}
