package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * An event is never sent while an earlier one of its object is pending. A notification that must
 * wait names those it waits for ({@code notification_wait}) and is marked {@code blocked}, so that
 * a claim never looks at it; whatever settles is waited for no longer.
 *
 * <p>All of it happens under the lock of the resource's row, in every process: without it an append
 * that still sees a pending event, and the settle of that event that does not yet see the append,
 * would leave a notification waiting for nothing.
 */
final class ObjectOrder {
  private static final String WAITING_FOR = " where waits_for = any(?)";
  private static final String OF_NOTIFICATIONS = " where notification_id = any(?)";

  private ObjectOrder() {}

  /** The same for several, always in one order: whoever locks some never waits for each other. */
  static void lock(Handle handle, Collection<Long> resourceIds) {
    new TreeSet<>(resourceIds).forEach(id -> lock(handle, id));
  }

  /**
   * @param sure {@code waitsFor} is pending; else it is to be looked at
   */
  record Wait(long notification, long waitsFor, boolean sure) {}

  /**
   * @param object of which the notification carries an event that is not the first
   */
  record Later(long notification, String object) {}

  /** Waits for whoever appends or settles events of the resource; held until the commit. */
  static boolean lock(Handle handle, long resourceId) {
    return handle
        .createQuery("select id from resource where id = ? for update")
        .bind(0, resourceId)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  /** Before the notifications themselves are entered. One statement, or none. */
  static void enter(
      Handle handle, long resourceId, Collection<Wait> waits, Collection<Later> later) {
    if (waits.isEmpty() && later.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into notification_wait (resource_id, notification_id, waits_for)
            select cast(:resource as bigint), w.notification_id, w.waits_for from (
              select t.notification_id, t.waits_for
              from unnest(cast(:waiting as bigint array), cast(:waitsFor as bigint array),
                cast(:sure as boolean array)) as t(notification_id, waits_for, sure)
              left join notification n on n.id = t.waits_for and n.state = 'PENDING'
              where t.sure or n.id is not null
              union
              select t.notification_id, r.notification_id
              from unnest(cast(:later as bigint array), cast(:objects as varchar array))
                as t(notification_id, object)
              join notification_reopened r on r.object = t.object) w
            """)
        .bind("resource", resourceId)
        .bind("waiting", Columns.array("bigint", waits, Wait::notification))
        .bind("waitsFor", Columns.array("bigint", waits, Wait::waitsFor))
        .bind("sure", Columns.array("boolean", waits, Wait::sure))
        .bind("later", Columns.array("bigint", later, Later::notification))
        .bind("objects", Columns.array("varchar", later, Later::object))
        .execute();
  }

  /** Of notifications that are there; those that wait already are left as they are. */
  static void add(Handle handle, long resourceId, Collection<Wait> waits) {
    if (waits.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into notification_wait (resource_id, notification_id, waits_for)
            select cast(? as bigint), t.notification_id, t.waits_for
            from unnest(cast(? as bigint array), cast(? as bigint array))
              as t(notification_id, waits_for)
            where not exists (select 1 from notification_wait w
              where w.notification_id = t.notification_id and w.waits_for = t.waits_for)
            """)
        .bind(0, resourceId)
        .bind(1, Columns.array("bigint", waits, Wait::notification))
        .bind(2, Columns.array("bigint", waits, Wait::waitsFor))
        .execute();
  }

  /**
   * They are no longer pending: what waited for nothing else may be sent.
   *
   * @return whether something waited
   */
  static boolean ended(Handle handle, Collection<Long> notifications) {
    if (notifications.isEmpty()) {
      return false;
    }
    List<Long> waiting =
        handle
            .createQuery("select distinct notification_id from notification_wait" + WAITING_FOR)
            .bind(0, Columns.array("bigint", notifications))
            .mapTo(Long.class)
            .list();
    if (!waiting.isEmpty()) {
      execute(handle, "delete from notification_wait" + WAITING_FOR, notifications);
      mark(handle, waiting);
    }
    // a redelivery may have made one wait while it was being sent
    execute(handle, "delete from notification_wait" + OF_NOTIFICATIONS, notifications);
    execute(handle, "delete from notification_reopened" + OF_NOTIFICATIONS, notifications);
    return !waiting.isEmpty();
  }

  private static void execute(Handle handle, String sql, Collection<Long> notifications) {
    handle.createUpdate(sql).bind(0, Columns.array("bigint", notifications)).execute();
  }

  /** Blocks those that wait for others, and no more. */
  static void mark(Handle handle, Collection<Long> notifications) {
    if (notifications.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            update notification set blocked = not blocked
            where id = any(?) and blocked <> (exists (
                select 1 from notification_wait w where w.notification_id = notification.id))
            """)
        .bind(0, Columns.array("bigint", notifications))
        .execute();
  }
}
