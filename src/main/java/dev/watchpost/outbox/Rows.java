package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Rows of the tables as records. */
final class Rows {
  /** What {@link #event} reads, of a table {@code e}. */
  static final String EVENT =
      "e.event_id, e.event_type, e.object_id, e.sequence, e.event_at, e.poll_at, e.raw,"
          + " e.before_raw, e.changed_fields";

  private Rows() {}

  static OutboxEvent event(ResultSet row) throws SQLException {
    return new OutboxEvent(
        row.getString("event_id"),
        EventType.valueOf(row.getString("event_type")),
        row.getString("object_id"),
        row.getLong("sequence"),
        Columns.instant(row, "event_at"),
        Columns.instant(row, "poll_at"),
        row.getString("raw"),
        row.getString("before_raw"),
        row.getString("changed_fields"));
  }

  static Claimed claimed(ResultSet row, List<OutboxEvent> events) throws SQLException {
    return new Claimed(
        row.getLong("id"),
        row.getString("message_id"),
        row.getLong("instance_id"),
        row.getLong("resource_id"),
        row.getString("object_type"),
        Columns.instant(row, "poll_at"),
        row.getInt("attempts"),
        row.getInt("tries"),
        row.getLong("claim") + 1,
        events);
  }

  static StoredEvent stored(ResultSet row) throws SQLException {
    EventStatus status = EventStatus.valueOf(row.getString("state"));
    return new StoredEvent(
        event(row),
        row.getLong("instance_id"),
        row.getString("object_type"),
        row.getLong("notification_id"),
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
