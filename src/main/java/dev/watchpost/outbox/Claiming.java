package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;
import org.jdbi.v3.core.Handle;

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

  /** The order names the whole index: H2 sorts all that is due otherwise. */
  private static final String DUE_NOTIFICATIONS =
      """
      select n.id, n.message_id, n.instance_id, n.resource_id, n.object_type, n.poll_at, n.created_at,
        n.attempts, n.tries, n.claim
      from notification n
      where n.instance_id = :instance and n.state = 'PENDING' and not n.blocked
        and n.due_at <= :now
      order by %s limit :limit
      for update skip locked
      """;

  private final String dueNotifications;
  private long lastInstance;

  Claiming(Dialect dialect) {
    this.dueNotifications =
        DUE_NOTIFICATIONS.formatted(
            switch (dialect) {
              case H2 -> "n.instance_id, n.state, n.blocked, n.due_at";
              case POSTGRESQL -> "n.due_at";
            });
  }

  /** Only one claim of a process runs at a time: they take turns from where the last one ended. */
  synchronized List<Claimed> claim(
      Handle handle, Instant now, Instant lease, int limit, LongToIntFunction roomOf) {
    List<Claimed> claimed = new ArrayList<>();
    long start = lastInstance;
    visit(handle, now, start, Long.MAX_VALUE, limit, roomOf, claimed);
    if (claimed.size() < limit && start > 0) {
      visit(handle, now, 0, start, limit, roomOf, claimed);
    }
    if (claimed.isEmpty()) {
      return claimed;
    }
    mark(handle, lease, claimed);
    return withEvents(handle, claimed);
  }

  /** Instances after {@code after} up to {@code last}; stops when the limit is reached. */
  private void visit(
      Handle handle,
      Instant now,
      long after,
      long last,
      int limit,
      LongToIntFunction roomOf,
      List<Claimed> claimed) {
    long from = after;
    List<Long> instances;
    do {
      instances = dueInstances(handle, now, from, limit);
      for (long instance : instances) {
        if (instance > last || claimed.size() >= limit) {
          return;
        }
        from = instance;
        lastInstance = instance;
        int room = Math.min(roomOf.applyAsInt(instance), limit - claimed.size());
        if (room > 0) {
          claimed.addAll(lockDue(handle, now, instance, room));
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

  private List<Claimed> lockDue(Handle handle, Instant now, long instance, int limit) {
    return handle
        .createQuery(dueNotifications)
        .bind("instance", instance)
        .bind("now", Columns.time(now))
        .bind("limit", limit)
        .map((row, context) -> Rows.claimed(row, List.of()))
        .list();
  }

  private static void mark(Handle handle, Instant lease, List<Claimed> claimed) {
    handle
        .createUpdate(
            "update notification set claim = claim + 1, claimed = true, due_at = :lease"
                + " where id in (<ids>)")
        .bind("lease", Columns.time(lease))
        .bindList("ids", claimed.stream().map(Claimed::id).toList())
        .execute();
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

  private static List<Claimed> withEvents(Handle handle, List<Claimed> claimed) {
    Map<Long, List<OutboxEvent>> events =
        Rows.events(handle, claimed.stream().map(Claimed::id).toList());
    return claimed.stream()
        .map(c -> with(c, events.get(c.id())))
        .sorted(Comparator.comparingLong(Claimed::id))
        .toList();
  }

  private static Claimed with(Claimed c, List<OutboxEvent> events) {
    return new Claimed(
        c.id(),
        c.messageId(),
        c.instanceId(),
        c.resourceId(),
        c.objectType(),
        c.pollAt(),
        c.enteredAt(),
        c.attempts(),
        c.tries(),
        c.claim(),
        events);
  }
}
