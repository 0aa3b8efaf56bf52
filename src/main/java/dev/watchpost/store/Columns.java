package dev.watchpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;

/**
 * Values as both databases take them. Times travel as OffsetDateTime: a {@code Timestamp} is read
 * in the JVM's zone by H2 and shifts where that zone's clock is set back.
 */
public final class Columns {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private Columns() {}

  public static Argument time(Instant time) {
    OffsetDateTime utc = truncated(time).atOffset(ZoneOffset.UTC);
    return (position, statement, context) -> statement.setObject(position, utc);
  }

  /** Microseconds since 1970; years outside 1 to 9999 become the nearest inside. */
  public static long micros(Instant time) {
    Instant late = time.isAfter(LAST) ? LAST : time;
    return ChronoUnit.MICROS.between(Instant.EPOCH, late.isBefore(FIRST) ? FIRST : late);
  }

  public static Instant ofMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static Argument array(String type, Collection<?> values) {
    return array(type, values.toArray());
  }

  /** One column of some rows; nulls are kept. */
  public static <T> Argument array(String type, Collection<T> rows, Function<T, ?> column) {
    return array(type, rows.stream().map(column).toArray());
  }

  /**
   * @param type {@link Dialect#binary}
   */
  public static Argument binaries(String type, Collection<byte[]> values) {
    return array(type, values.toArray(new byte[0][]));
  }

  /** As {@link #time}. */
  public static <T> Argument times(Collection<T> rows, Function<T, Instant> column) {
    return array("timestamptz", rows, row -> truncated(column.apply(row)).atOffset(ZoneOffset.UTC));
  }

  private static Argument array(String type, Object[] elements) {
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, elements));
  }

  /** Null where the column is. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Both databases keep microseconds and round: a due time must not slip behind its own now. */
  private static Instant truncated(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
