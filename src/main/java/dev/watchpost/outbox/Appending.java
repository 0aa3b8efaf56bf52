package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** The events of one page on their way into the tables: one column is one array. */
final class Appending {
  private final Feed feed;
  private final Instant pollAt;
  private final List<Row> rows = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Set<String> objects = new HashSet<>();

  private record Row(long notification, int position, String eventId, NewEvent event) {}

  /**
   * @param blocked it holds an event of an object that has an earlier one pending
   */
  private record Message(long id, String messageId, int events, boolean blocked) {}

  Appending(Feed feed, Instant pollAt) {
    this.feed = feed;
    this.pollAt = pollAt;
  }

  /** Objects that have events pending from before. */
  void awaiting(Collection<String> pendingObjects) {
    objects.addAll(pendingObjects);
  }

  void add(long notification, List<NewEvent> members) {
    List<String> ids = new ArrayList<>();
    boolean blocked = false;
    for (NewEvent event : members) {
      String eventId = Digest.eventId(feed, event);
      rows.add(new Row(notification, ids.size(), eventId, event));
      ids.add(eventId);
      blocked |= !objects.add(event.objectId());
    }
    messages.add(new Message(notification, Digest.messageId(ids), ids.size(), blocked));
  }

  void insert(Handle handle, Instant now) {
    insertNotifications(handle, now);
    insertEvents(handle);
  }

  private void insertNotifications(Handle handle, Instant now) {
    handle
        .createUpdate(
            """
            insert into notification (id, message_id, instance_id, resource_id, object_type,
              poll_at, created_at, state, events, blocked, attempts, tries, due_at, claim, claimed)
            select t.id, t.message_id, cast(:instance as bigint), cast(:resource as bigint),
              cast(:objectType as varchar), cast(:pollAt as timestamp with time zone),
              cast(:now as timestamp with time zone), 'PENDING', t.events,
              t.blocked,
              0, 0,
              cast(:now as timestamp with time zone), 0, false
            from unnest(cast(:ids as bigint array), cast(:messageIds as varchar array),
              cast(:events as integer array), cast(:blocked as boolean array))
              as t(id, message_id, events, blocked)
            """)
        .bind("instance", feed.instanceId())
        .bind("resource", feed.resourceId())
        .bind("objectType", feed.objectType())
        .bind("pollAt", Columns.time(pollAt))
        .bind("now", Columns.time(now))
        .bind("ids", Columns.array("bigint", of(messages, Message::id)))
        .bind("messageIds", Columns.array("varchar", of(messages, Message::messageId)))
        .bind("events", Columns.array("integer", of(messages, Message::events)))
        .bind("blocked", Columns.array("boolean", of(messages, Message::blocked)))
        .execute();
  }

  private void insertEvents(Handle handle) {
    handle
        .createUpdate(
            """
            insert into event (event_id, notification_id, position, instance_id, resource_id,
              object_type, object_id, sequence, event_type, event_at, poll_at, pending,
              raw, before_raw, changed_fields)
            select t.event_id, t.notification_id, t.position, cast(:instance as bigint),
              cast(:resource as bigint), cast(:objectType as varchar), t.object_id, t.sequence,
              t.event_type, cast(t.event_at as timestamp with time zone),
              cast(:pollAt as timestamp with time zone), true, t.raw, t.before_raw,
              t.changed_fields
            from unnest(cast(:eventIds as varchar array), cast(:notifications as bigint array),
              cast(:positions as integer array), cast(:objectIds as varchar array),
              cast(:sequences as bigint array), cast(:types as varchar array),
              cast(:dates as varchar array), cast(:raws as text array),
              cast(:befores as text array), cast(:changedFields as text array))
              as t(event_id, notification_id, position, object_id, sequence, event_type,
                event_at, raw, before_raw, changed_fields)
            """)
        .bind("instance", feed.instanceId())
        .bind("resource", feed.resourceId())
        .bind("objectType", feed.objectType())
        .bind("pollAt", Columns.time(pollAt))
        .bind("eventIds", Columns.array("varchar", of(rows, Row::eventId)))
        .bind("notifications", Columns.array("bigint", of(rows, Row::notification)))
        .bind("positions", Columns.array("integer", of(rows, Row::position)))
        .bind("objectIds", texts(NewEvent::objectId))
        .bind("sequences", Columns.array("bigint", of(rows, row -> row.event().sequence())))
        .bind("types", texts(event -> event.type().name()))
        .bind("dates", texts(event -> Columns.timeText(event.date())))
        .bind("raws", texts(NewEvent::raw))
        .bind("befores", texts(NewEvent::before))
        .bind("changedFields", texts(NewEvent::changedFields))
        .execute();
  }

  private Argument texts(Function<NewEvent, String> column) {
    return Columns.array("varchar", of(rows, row -> column.apply(row.event())));
  }

  private static <T, C> List<C> of(List<T> rows, Function<T, C> column) {
    List<C> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(column.apply(row)));
    return values;
  }
}
