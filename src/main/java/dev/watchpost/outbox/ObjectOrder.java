package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * An event is never sent while an earlier one of its object is pending. A notification that must
 * wait is marked {@code blocked}, so a claim never looks at it; the mark is worked out when it is
 * appended and whenever the notification before it settles.
 *
 * <p>Both happen under the lock of the resource's row, in every process: without it an append that
 * still sees a pending event, and the settle of that event that does not yet see the append, would
 * leave a notification waiting for nothing.
 */
final class ObjectOrder {
  private ObjectOrder() {}

  /** Waits for whoever appends or settles events of the resource; held until the commit. */
  static void lock(Handle handle, long resourceId) {
    handle
        .createQuery("select id from resource where id = ? for update")
        .bind(0, resourceId)
        .mapTo(Long.class)
        .findOne();
  }

  /** The notifications that carry the first pending event of each of a notification's objects. */
  static List<Long> next(Handle handle, long notificationId) {
    return handle
        .createQuery(
            """
            select distinct t.next from (
              select (select s.notification_id from event s
                      where s.resource_id = d.resource_id and s.object_id = d.object_id and s.pending
                      order by s.resource_id, s.object_id, s.pending, s.sequence limit 1) as next
              from event d where d.notification_id = ?) t
            where t.next is not null
            """)
        .bind(0, notificationId)
        .mapTo(Long.class)
        .list();
  }

  /** Those of {@code objects} that have an event pending. */
  static List<String> pending(Handle handle, long resourceId, Collection<String> objects) {
    if (objects.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            select t.id from unnest(cast(? as varchar array)) as t(id)
            join event p on p.resource_id = ? and p.object_id = t.id and p.pending
            """)
        .bind(0, Columns.array("varchar", objects))
        .bind(1, resourceId)
        .mapTo(String.class)
        .list();
  }

  /** Sets or clears the mark of those of {@code notifications} that are pending. */
  static void refresh(Handle handle, Collection<Long> notifications) {
    if (notifications.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            update notification set blocked = not blocked
            where id in (select t.id from unnest(cast(? as bigint array)) as t(id))
              and state = 'PENDING'
              and blocked <> (exists (
                select 1 from event m
                join event p on p.resource_id = m.resource_id and p.object_id = m.object_id
                  and p.pending and p.sequence < m.sequence
                where m.notification_id = notification.id))
            """)
        .bind(0, Columns.array("bigint", notifications))
        .execute();
  }
}
