package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The events of one page on their way into the tables: one column is one array. */
final class Appending {
  /** H2 keeps as much in a row. */
  private static final int LONGEST_CONTENT = 1_000_000;

  private final Feed feed;
  private final Digest digest;
  private final Instant pollAt;
  private final boolean reopened;
  private final List<Message> messages = new ArrayList<>();
  private final Set<ObjectOrder.Wait> waits = new LinkedHashSet<>();
  private final List<ObjectOrder.Later> later = new ArrayList<>();
  private final Map<String, Long> carriers = new HashMap<>();

  /**
   * @param eventIds and objects: with a space between
   */
  private record Message(
      long id,
      String messageId,
      String eventIds,
      String objects,
      int created,
      int updated,
      int deleted,
      byte[] content) {}

  /**
   * @param reopened earlier events may be pending that {@link NewEvent#after} does not tell of
   */
  Appending(Feed feed, Instant pollAt, boolean reopened) {
    this.feed = feed;
    this.digest = new Digest(feed);
    this.pollAt = pollAt;
    this.reopened = reopened;
  }

  void add(long notification, List<NewEvent> members) {
    List<String> ids = new ArrayList<>(members.size());
    List<String> objects = new ArrayList<>(members.size());
    int[] types = new int[EventType.values().length];
    for (NewEvent event : members) {
      ids.add(digest.eventId(event));
      objects.add(digest.object(event.objectId()));
      types[event.type().ordinal()]++;
      order(notification, event, objects.get(objects.size() - 1));
    }
    String eventIds = String.join(" ", ids);
    messages.add(
        new Message(
            notification,
            digest.messageId(eventIds),
            eventIds,
            String.join(" ", objects),
            types[EventType.CREATED.ordinal()],
            types[EventType.UPDATED.ordinal()],
            types[EventType.DELETED.ordinal()],
            PackedEvents.pack(members)));
  }

  private void order(long notification, NewEvent event, String object) {
    Long before = carriers.put(event.objectId(), notification);
    if (before != null) {
      waits.add(new ObjectOrder.Wait(notification, before, true));
    } else if (event.sequence() > 1) {
      if (reopened) {
        later.add(new ObjectOrder.Later(notification, object));
      }
      if (event.after() != null) {
        waits.add(new ObjectOrder.Wait(notification, event.after(), false));
      }
    }
  }

  /** The last notification of each object. */
  Map<String, Long> carriers() {
    return carriers;
  }

  void insert(Handle handle, Dialect dialect, Instant now) {
    ObjectOrder.enter(handle, feed.resourceId(), waits, later);
    insertNotifications(handle, now);
    insertContents(handle, dialect);
  }

  private void insertNotifications(Handle handle, Instant now) {
    handle
        .createUpdate(
            """
            insert into notification (id, instance_id, resource_id, object_type, poll_at,
              created_at, state, event_ids, objects, created, updated, deleted, blocked,
              attempts, tries, due_at, claim, claimed)
            select t.id, cast(:instance as bigint), cast(:resource as bigint),
              cast(:objectType as varchar), cast(:pollAt as timestamp with time zone),
              cast(:now as timestamp with time zone), 'PENDING', t.event_ids, t.objects,
              t.created, t.updated, t.deleted,
              exists (select 1 from notification_wait w where w.notification_id = t.id),
              0, 0, cast(:now as timestamp with time zone), 0, false
            from unnest(cast(:ids as bigint array), cast(:eventIds as varchar array),
              cast(:objects as varchar array), cast(:created as integer array),
              cast(:updated as integer array), cast(:deleted as integer array))
              as t(id, event_ids, objects, created, updated, deleted)
            """)
        .bind("instance", feed.instanceId())
        .bind("resource", feed.resourceId())
        .bind("objectType", feed.objectType())
        .bind("pollAt", Columns.time(pollAt))
        .bind("now", Columns.time(now))
        .bind("ids", Columns.array("bigint", messages, Message::id))
        .bind("eventIds", Columns.array("varchar", messages, Message::eventIds))
        .bind("objects", Columns.array("varchar", messages, Message::objects))
        .bind("created", Columns.array("integer", messages, Message::created))
        .bind("updated", Columns.array("integer", messages, Message::updated))
        .bind("deleted", Columns.array("integer", messages, Message::deleted))
        .execute();
  }

  private void insertContents(Handle handle, Dialect dialect) {
    List<Message> inRow = new ArrayList<>();
    for (Message message : messages) {
      if (message.content.length <= LONGEST_CONTENT) {
        inRow.add(message);
      } else {
        handle.execute(
            "insert into notification_content (notification_id, message_id, long_content)"
                + " values (?, ?, ?)",
            message.id,
            message.messageId,
            message.content);
      }
    }
    if (inRow.isEmpty()) {
      return;
    }
    String binary = dialect.binary();
    handle
        .createUpdate(
            """
            insert into notification_content (notification_id, message_id, content)
            select t.id, t.message_id, t.content
            from unnest(cast(:ids as bigint array), cast(:messageIds as varchar array),
              cast(:contents as %s array)) as t(id, message_id, content)
            """
                .formatted(binary))
        .bind("ids", Columns.array("bigint", inRow, Message::id))
        .bind("messageIds", Columns.array("varchar", inRow, Message::messageId))
        .bind("contents", Columns.binaries(binary, inRow.stream().map(Message::content).toList()))
        .execute();
  }
}
