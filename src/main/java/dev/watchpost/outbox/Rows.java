package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Rows of the tables as records. */
final class Rows {
  /** What {@link #events} reads, of a notification {@code n} and its content {@code c}. */
  static final String EVENTS = "n.event_ids, n.poll_at, c.content, c.long_content";

  private Rows() {}

  /** The events of each of these notifications. */
  static Map<Long, List<OutboxEvent>> events(Handle handle, Collection<Long> notifications) {
    Map<Long, List<OutboxEvent>> events = new HashMap<>();
    handle
        .createQuery(
            "select n.id, "
                + EVENTS
                + " from unnest(cast(? as bigint array)) as t(id)"
                + " join notification n on n.id = t.id"
                + " join notification_content c on c.notification_id = n.id")
        .bind(0, Columns.array("bigint", notifications))
        .map((row, context) -> Map.entry(row.getLong("id"), events(row)))
        .forEach(entry -> events.put(entry.getKey(), entry.getValue()));
    return events;
  }

  static List<OutboxEvent> events(ResultSet row) throws SQLException {
    byte[] content = row.getBytes("content");
    return PackedEvents.unpack(
        content == null ? row.getBytes("long_content") : content,
        List.of(row.getString("event_ids").split(" ")),
        Columns.instant(row, "poll_at"));
  }

  /** Of a notification {@code n} and its content {@code c}. */
  static Claimed claimed(ResultSet row) throws SQLException {
    return new Claimed(
        row.getLong("id"),
        row.getString("message_id"),
        row.getLong("instance_id"),
        row.getLong("resource_id"),
        row.getString("object_type"),
        Columns.instant(row, "poll_at"),
        Columns.instant(row, "created_at"),
        row.getInt("attempts"),
        row.getInt("tries"),
        row.getLong("claim"),
        events(row));
  }

  /** The events of a notification with the state of their delivery. */
  static List<StoredEvent> stored(ResultSet row) throws SQLException {
    List<StoredEvent> stored = new ArrayList<>();
    for (OutboxEvent event : events(row)) {
      stored.add(stored(row, event));
    }
    return stored;
  }

  private static StoredEvent stored(ResultSet row, OutboxEvent event) throws SQLException {
    EventStatus status = EventStatus.valueOf(row.getString("state"));
    return new StoredEvent(
        event,
        row.getLong("instance_id"),
        row.getString("object_type"),
        row.getLong("id"),
        row.getString("message_id"),
        status,
        status == EventStatus.PENDING ? Columns.instant(row, "due_at") : null,
        Columns.instant(row, "settled_at"),
        row.getInt("attempts"),
        List.of());
  }

  static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        Columns.instant(row, "started_at"),
        Duration.ofMillis(row.getLong("millis")),
        row.getObject("status", Integer.class),
        row.getString("outcome"),
        row.getString("error"));
  }
}
