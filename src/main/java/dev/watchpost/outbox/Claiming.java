package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Takes due notifications, instance by instance in turn, so that one with a million of them delays
 * no other. Costs two index probes for every instance looked at, whatever waits behind them.
 */
final class Claiming {
  /**
   * An instance that may be delivered to and has something due; a subquery, so that it is a probe.
   */
  private static final String DUE_INSTANCES =
      """
      select i.id from instance i
      left join endpoint p on p.instance_id = i.id
      where i.delivering and not i.disabled
        and (p.instance_id is null
          or (not p.disabled and (p.slow_until is null or p.slow_until <= :now)))
        and i.id > :after
        and (select n.id from notification n
             where n.instance_id = i.id and n.state = 'PENDING' and not n.blocked
               and n.due_at <= :now
             limit 1) is not null
      order by i.id limit :limit
      """;

  /**
   * The order names the whole index, and on H2 no row is locked: it would sort and lock all that is
   * due, however few are wanted. Whoever marks a row first has it.
   */
  private static final String DUE_NOTIFICATIONS =
      """
      select n.id from notification n
      where n.instance_id = :instance and n.state = 'PENDING' and not n.blocked
        and n.due_at <= :now
      order by %s
      """;

  private static final String MARK =
      """
      update notification set claim = claim + 1, claimed = true, due_at = :lease
      where id = any(:ids) and state = 'PENDING' and not blocked and due_at <= :now
      """;

  private static final String CLAIMED =
      "select n.id, c.message_id, n.instance_id, n.resource_id, n.object_type, n.created_at,"
          + " n.attempts, n.tries, n.claim, "
          + Rows.EVENTS
          + " from unnest(cast(? as bigint array)) as t(id)"
          + " join notification n on n.id = t.id"
          + " join notification_content c on c.notification_id = n.id order by n.id";

  private final String dueNotifications;
  private final String mark;
  private long lastInstance;

  Claiming(Dialect dialect) {
    this.dueNotifications =
        DUE_NOTIFICATIONS.formatted(
            switch (dialect) {
              case H2 -> "n.instance_id, n.state, n.blocked, n.due_at limit :limit";
              case POSTGRESQL -> "n.due_at limit :limit for update skip locked";
            });
    this.mark =
        switch (dialect) {
          case H2 -> "select id from final table (" + MARK + ")";
          case POSTGRESQL -> MARK + " returning id";
        };
  }

  /** Only one claim of a process runs at a time: they take turns from where the last one ended. */
  synchronized List<Claimed> claim(
      Handle handle, Instant now, Instant lease, int limit, LongToIntFunction roomOf) {
    List<Long> due = new ArrayList<>();
    long start = lastInstance;
    visit(handle, now, start, Long.MAX_VALUE, limit, roomOf, due);
    if (due.size() < limit && start > 0) {
      visit(handle, now, 0, start, limit, roomOf, due);
    }
    return due.isEmpty() ? List.of() : read(handle, mark(handle, now, lease, due));
  }

  /** Instances after {@code after} up to {@code last}; stops when the limit is reached. */
  private void visit(
      Handle handle,
      Instant now,
      long after,
      long last,
      int limit,
      LongToIntFunction roomOf,
      List<Long> due) {
    long from = after;
    List<Long> instances;
    do {
      instances = dueInstances(handle, now, from, limit);
      for (long instance : instances) {
        if (instance > last || due.size() >= limit) {
          return;
        }
        from = instance;
        lastInstance = instance;
        int room = Math.min(roomOf.applyAsInt(instance), limit - due.size());
        if (room > 0) {
          due.addAll(lockDue(handle, now, instance, room));
        }
      }
    } while (instances.size() == limit);
  }

  private static List<Long> dueInstances(Handle handle, Instant now, long after, int limit) {
    return handle
        .createQuery(DUE_INSTANCES)
        .bind("now", Columns.time(now))
        .bind("after", after)
        .bind("limit", limit)
        .mapTo(Long.class)
        .list();
  }

  private List<Long> lockDue(Handle handle, Instant now, long instance, int limit) {
    return handle
        .createQuery(dueNotifications)
        .bind("instance", instance)
        .bind("now", Columns.time(now))
        .bind("limit", limit)
        .mapTo(Long.class)
        .list();
  }

  /** Those that are ours now. */
  private List<Long> mark(Handle handle, Instant now, Instant lease, List<Long> due) {
    return handle
        .createQuery(mark)
        .bind("lease", Columns.time(lease))
        .bind("now", Columns.time(now))
        .bind("ids", Columns.array("bigint", due))
        .mapTo(Long.class)
        .list();
  }

  private static List<Claimed> read(Handle handle, List<Long> ours) {
    return handle
        .createQuery(CLAIMED)
        .bind(0, Columns.array("bigint", ours))
        .map((row, context) -> Rows.claimed(row))
        .list();
  }

  /** What was claimed and not sent is due again. */
  static void release(Handle handle, List<Claimed> claimed, Instant now) {
    PreparedBatch batch =
        handle.prepareBatch(
            "update notification set claimed = false, due_at = :now"
                + " where id = :id and claim = :claim and claimed");
    for (Claimed each : claimed) {
      batch.bind("now", Columns.time(now)).bind("id", each.id()).bind("claim", each.claim()).add();
    }
    batch.execute();
  }

  /** By instance, so that settled notifications are not looked at. */
  static int release(Handle handle, Instant now) {
    return handle
        .createUpdate(
            """
            update notification set claimed = false, due_at = :now where id in (
              select n.id from instance i
              join notification n on n.instance_id = i.id and n.state = 'PENDING' and n.claimed)
            """)
        .bind("now", Columns.time(now))
        .execute();
  }
}
