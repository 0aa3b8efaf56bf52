package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Reads events with the state of their delivery. What they are filtered by is in the rows of their
 * notifications; only of those that are shown the content is read.
 */
final class EventQueries {
  private static final Pattern EVENT_ID = Pattern.compile("evt_([0-9a-f]{32})");
  private static final String STORED =
      "select n.id, n.instance_id, n.object_type, c.message_id, n.state, n.due_at, n.settled_at,"
          + " n.attempts, "
          + Rows.EVENTS
          + " from notification n join notification_content c on c.notification_id = n.id";

  private EventQueries() {}

  static List<StoredEvent> events(Handle handle, EventFilter filter, int limit, int offset) {
    List<Long> notifications = new ArrayList<>();
    int skipped = place(handle, filter, limit, offset, notifications);
    Map<Long, List<StoredEvent>> stored = stored(handle, notifications);
    return notifications.stream()
        .flatMap(id -> stored.getOrDefault(id, List.of()).stream())
        .filter(e -> filter.eventType() == null || e.event().type() == filter.eventType())
        .skip(offset - skipped)
        .limit(limit)
        .toList();
  }

  /**
   * Finds the notifications of a page of events.
   *
   * @return how many events there are before the first of them
   */
  private static int place(
      Handle handle, EventFilter filter, int limit, int offset, List<Long> notifications) {
    Conditions where = Conditions.of(filter);
    int before = 0;
    int reached = 0;
    try (ResultIterator<long[]> rows =
        where
            .bind(
                handle.createQuery(
                    "select n.id, %1$s as matching from notification n%2$s and %1$s > 0"
                            .formatted(Conditions.count(filter), where.sql())
                        + " order by n.poll_at desc, n.id desc limit :most"))
            .bind("most", (long) offset + limit)
            .map((row, context) -> new long[] {row.getLong("id"), row.getLong("matching")})
            .iterator()) {
      while (rows.hasNext() && reached < offset + limit) {
        long[] row = rows.next();
        reached += (int) row[1];
        if (reached <= offset) {
          before = reached;
        } else {
          notifications.add(row[0]);
        }
      }
    }
    return before;
  }

  private static Map<Long, List<StoredEvent>> stored(Handle handle, List<Long> notifications) {
    Map<Long, List<StoredEvent>> stored = new LinkedHashMap<>();
    handle
        .createQuery(STORED + " join unnest(cast(? as bigint array)) as t(id) on n.id = t.id")
        .bind(0, Columns.array("bigint", notifications))
        .map((row, context) -> Rows.stored(row))
        .forEach(events -> stored.put(events.get(0).notificationId(), events));
    return stored;
  }

  static long count(Handle handle, EventFilter filter) {
    Conditions where = Conditions.of(filter);
    return where
        .bind(
            handle.createQuery(
                "select coalesce(sum(%s), 0) from notification n%s"
                    .formatted(Conditions.count(filter), where.sql())))
        .mapTo(Long.class)
        .one();
  }

  /**
   * Notifications no longer pending that carry a matching event, in the order they were entered.
   */
  static List<Long> settled(Handle handle, EventFilter filter, int limit) {
    Conditions where = Conditions.of(filter);
    return where
        .bind(
            handle.createQuery(
                "select n.id from notification n%s and %s > 0 and n.state <> 'PENDING'"
                        .formatted(where.sql(), Conditions.count(filter))
                    + " order by n.poll_at, n.id limit :limit"))
        .bind("limit", limit)
        .mapTo(Long.class)
        .list();
  }

  /** Looks through the notifications of the instance; of all instances where it is null. */
  static Optional<StoredEvent> event(Handle handle, Long instanceId, String eventId) {
    var id = EVENT_ID.matcher(eventId);
    if (!id.matches()) {
      return Optional.empty();
    }
    Conditions where = Conditions.of(EventFilter.of(instanceId));
    return where
        .bind(handle.createQuery(STORED + where.sql() + " and n.event_ids like :id"))
        .bind("id", "%" + id.group(1) + "%")
        .map((row, context) -> Rows.stored(row))
        .stream()
        .flatMap(List::stream)
        .filter(event -> event.event().eventId().equals(eventId))
        .findFirst()
        .map(event -> withDeliveries(handle, event));
  }

  private static StoredEvent withDeliveries(Handle handle, StoredEvent e) {
    List<Attempt> deliveries =
        handle
            .createQuery(
                "select number, started_at, millis, status, outcome, error from attempt"
                    + " where notification_id = ? order by number")
            .bind(0, e.notificationId())
            .map((row, context) -> Rows.attempt(row))
            .list();
    return new StoredEvent(
        e.event(),
        e.instanceId(),
        e.objectType(),
        e.notificationId(),
        e.messageId(),
        e.status(),
        e.nextAttemptAt(),
        e.settledAt(),
        e.attempts(),
        deliveries);
  }

  /** A where clause and what it binds. */
  private record Conditions(Map<String, Object> values) {

    private static final Map<String, String> COLUMNS =
        Map.of(
            "organization",
                "n.instance_id in (select id from instance where organization_id = :organization)",
            "instance", "n.instance_id = :instance",
            "objectType", "n.object_type = :objectType",
            "status", "n.state = :status",
            "from", "n.poll_at >= :from",
            "to", "n.poll_at < :to");

    static Conditions of(EventFilter filter) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("organization", filter.organization());
      values.put("instance", filter.instanceId());
      values.put("objectType", filter.objectType());
      values.put("status", filter.status() == null ? null : filter.status().name());
      values.put("from", filter.from() == null ? null : Columns.time(filter.from()));
      values.put("to", filter.to() == null ? null : Columns.time(filter.to()));
      values.values().removeIf(value -> value == null);
      return new Conditions(values);
    }

    /** How many events of a notification match. */
    static String count(EventFilter filter) {
      return filter.eventType() == null
          ? "(n.created + n.updated + n.deleted)"
          : "n." + filter.eventType().name().toLowerCase(Locale.ROOT);
    }

    String sql() {
      return values.keySet().stream()
          .map(COLUMNS::get)
          .map(" and "::concat)
          .collect(Collectors.joining("", " where 1 = 1", ""));
    }

    <S extends SqlStatement<S>> S bind(S statement) {
      values.forEach(statement::bind);
      return statement;
    }
  }
}
