package dev.watchpost.api;

import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.EventStatus;
import dev.watchpost.outbox.EventType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;

/** The filters of events, read from the query. */
final class EventQuery {
  private EventQuery() {}

  /**
   * @param instanceId null: of all instances of the caller
   * @throws Refusal 400 that names the parameter and the fix
   */
  static EventFilter filter(Call call, Long instanceId) {
    return new EventFilter(
        call.caller().organization(),
        instanceId,
        call.query("objectType"),
        constant(call, "eventType", EventType.class),
        constant(call, "status", EventStatus.class),
        instant(call, "from"),
        instant(call, "to"));
  }

  private static <E extends Enum<E>> E constant(Call call, String name, Class<E> type) {
    String text = call.query(name);
    if (text == null) {
      return null;
    }
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(
          name,
          "expected one of %s, found '%s'"
              .formatted(Arrays.toString(type.getEnumConstants()), text));
    }
  }

  /** A plus in a query is a space: {@code ..T00:00:00+02:00} sent unescaped is meant as it was. */
  private static Instant instant(Call call, String name) {
    String text = call.query(name);
    if (text == null) {
      return null;
    }
    try {
      if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return text.matches("-?\\d+")
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      throw Refusal.invalid(
          name,
          "expected ISO 8601 such as 2026-01-31T00:00:00Z or milliseconds since 1970, found '%s'"
              .formatted(text));
    }
  }
}
