package dev.watchpost.outbox;

import static java.util.stream.Collectors.groupingBy;

import dev.watchpost.store.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Notifications that are sent once more, under the same ids. */
final class Redelivery {
  private Redelivery() {}

  /** One of them, and when. */
  record Due(long notification, Instant at) {}

  /**
   * Makes delivered and dead notifications pending again, all their events with them: they go
   * before the later events of their objects that are not yet on their way. One that waits for a
   * retry becomes due; one that is being sent stays as it is.
   */
  static void redeliver(Handle handle, List<Due> notifications) {
    Map<Optional<Long>, List<Due>> byResource =
        notifications.stream().collect(groupingBy(due -> resource(handle, due.notification())));
    Map<Long, List<Due>> inOrder = new TreeMap<>();
    byResource.forEach((resource, due) -> resource.ifPresent(id -> inOrder.put(id, due)));
    inOrder.forEach((resource, due) -> redeliver(handle, resource, due));
  }

  private static void redeliver(Handle handle, long resource, List<Due> notifications) {
    lock(handle, resource);
    Set<Long> reopened = new HashSet<>();
    for (Due due : notifications) {
      if (reopen(handle, due)) {
        reopened.add(due.notification());
      } else {
        hasten(handle, due);
      }
    }
    if (!reopened.isEmpty()) {
      remember(handle, resource, reopened);
      order(handle, resource, reopened);
    }
  }

  /**
   * What a poll has read of the order of events no longer holds: it judges once more, as after a
   * webhook.
   */
  private static void lock(Handle handle, long resource) {
    handle.execute("update resource set told_version = told_version + 1 where id = ?", resource);
  }

  private static Optional<Long> resource(Handle handle, long notification) {
    return handle
        .createQuery("select resource_id from notification where id = ?")
        .bind(0, notification)
        .mapTo(Long.class)
        .findOne();
  }

  private static boolean reopen(Handle handle, Due due) {
    return handle
            .createUpdate(
                """
                update notification set state = 'PENDING', tries = 0, due_at = :due,
                  settled_at = null, claimed = false, blocked = false
                where id = :id and state <> 'PENDING'
                """)
            .bind("due", Columns.time(due.at()))
            .bind("id", due.notification())
            .execute()
        == 1;
  }

  private static void hasten(Handle handle, Due due) {
    handle
        .createUpdate(
            "update notification set due_at = :due"
                + " where id = :id and state = 'PENDING' and not claimed and due_at > :due")
        .bind("due", Columns.time(due.at()))
        .bind("id", due.notification())
        .execute();
  }

  /** What is entered later of these objects has to wait. */
  private static void remember(Handle handle, long resource, Set<Long> reopened) {
    List<Long> notifications = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    handle
        .createQuery(
            "select n.id, n.objects from unnest(cast(? as bigint array)) as t(id)"
                + " join notification n on n.id = t.id")
        .bind(0, Columns.array("bigint", reopened))
        .map((row, context) -> Map.entry(row.getLong("id"), row.getString("objects")))
        .forEach(
            row -> {
              for (String object : Set.of(row.getValue().split(" "))) {
                notifications.add(row.getKey());
                objects.add(object);
              }
            });
    handle
        .createUpdate(
            """
            insert into notification_reopened (resource_id, object, notification_id)
            select cast(? as bigint), t.object, t.id
            from unnest(cast(? as varchar array), cast(? as bigint array)) as t(object, id)
            """)
        .bind(0, resource)
        .bind(1, Columns.array("varchar", objects))
        .bind(2, Columns.array("bigint", notifications))
        .execute();
  }

  private static void order(Handle handle, long resource, Set<Long> reopened) {
    SharedObjects shared = SharedObjects.of(handle, resource, reopened);
    List<ObjectOrder.Wait> waits = shared.waits(handle);
    ObjectOrder.add(handle, resource, waits);
    ObjectOrder.mark(handle, waits.stream().map(ObjectOrder.Wait::notification).toList());
  }
}
