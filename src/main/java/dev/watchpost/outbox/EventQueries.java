package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads events with the state of their delivery. */
final class EventQueries {
  private static final String SELECT =
      "select "
          + Rows.EVENT
          + ", e.instance_id, e.object_type, e.notification_id, n.message_id, n.state, n.due_at,"
          + " n.settled_at, n.attempts from event e join notification n on n.id = e.notification_id";

  private EventQueries() {}

  static List<StoredEvent> events(Handle handle, EventFilter filter, int limit, int offset) {
    Conditions where = Conditions.of(filter);
    return where
        .bind(
            handle.createQuery(
                SELECT
                    + where.sql()
                    + " order by e.poll_at desc, e.notification_id desc, e.position"
                    + " limit :limit offset :offset"))
        .bind("limit", limit)
        .bind("offset", offset)
        .map((row, context) -> Rows.stored(row))
        .list();
  }

  static long count(Handle handle, EventFilter filter) {
    Conditions where = Conditions.of(filter);
    String join = filter.status() == null ? "" : " join notification n on n.id = e.notification_id";
    return where
        .bind(handle.createQuery("select count(*) from event e" + join + where.sql()))
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
                "select n.id from event e join notification n on n.id = e.notification_id"
                    + where.sql()
                    + " and n.state <> 'PENDING'"
                    + " group by n.id, n.poll_at order by n.poll_at, n.id limit :limit"))
        .bind("limit", limit)
        .mapTo(Long.class)
        .list();
  }

  static Optional<StoredEvent> event(Handle handle, String eventId) {
    return handle
        .createQuery(SELECT + " where e.event_id = ?")
        .bind(0, eventId)
        .map((row, context) -> Rows.stored(row))
        .findOne()
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
                "e.instance_id in (select id from instance where organization_id = :organization)",
            "instance", "e.instance_id = :instance",
            "objectType", "e.object_type = :objectType",
            "eventType", "e.event_type = :eventType",
            "status", "n.state = :status",
            "from", "e.poll_at >= :from",
            "to", "e.poll_at < :to");

    static Conditions of(EventFilter filter) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("organization", filter.organization());
      values.put("instance", filter.instanceId());
      values.put("objectType", filter.objectType());
      values.put("eventType", filter.eventType() == null ? null : filter.eventType().name());
      values.put("status", filter.status() == null ? null : filter.status().name());
      values.put("from", filter.from() == null ? null : Columns.time(filter.from()));
      values.put("to", filter.to() == null ? null : Columns.time(filter.to()));
      values.values().removeIf(value -> value == null);
      return new Conditions(values);
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
