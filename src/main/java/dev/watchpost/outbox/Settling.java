package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes down what became of claimed notifications: one column is one array. */
final class Settling {
  private static final int ERROR_LENGTH = 2000;

  private static final String OUTCOMES =
      """
      unnest(cast(:ids as bigint array), cast(:claims as bigint array),
        cast(:states as varchar array), cast(:due as timestamp with time zone array),
        cast(:tries as integer array)) as t(id, claim, state, due_at, tries)
      """;

  private static final String MOVED =
      """
      state = t.state, claimed = false, due_at = t.due_at,
        settled_at = case when t.state <> 'PENDING' then cast(:now as timestamp with time zone) end,
        attempts = n.attempts + 1, tries = n.tries + t.tries
      """;

  private final Database database;
  private final String move;

  /** A claim of a notification: of one notification two may be settled together, one lapsed. */
  private record Claim(long notification, long number) {
    static Claim of(Settlement settlement) {
      return new Claim(settlement.claimed().id(), settlement.claimed().claim());
    }
  }

  /** H2 has no {@code update .. from}. */
  Settling(Database database) {
    this.database = database;
    this.move =
        switch (database.dialect()) {
          case H2 ->
              """
              select id, claim from final table (
                merge into notification n using %s
                on n.id = t.id when matched and n.claim = t.claim and n.claimed
                then update set %s)
              """
                  .formatted(OUTCOMES, MOVED);
          case POSTGRESQL ->
              """
              update notification n set %s from %s
              where n.id = t.id and n.claim = t.claim and n.claimed returning n.id, n.claim
              """
                  .formatted(MOVED, OUTCOMES);
        };
  }

  /**
   * All of them in one transaction: a number of statements that depends on their resources alone.
   *
   * @return for each whether it was written: not where the claim lapsed and is another's now, or
   *     the notification is gone
   */
  List<Boolean> settle(Handle handle, List<Settlement> settlements, Instant now) {
    List<Settlement> ending = settlements.stream().filter(Settlement::ends).toList();
    ObjectOrder.lock(handle, ending.stream().map(each -> each.claimed().resourceId()).toList());
    Set<Claim> moved = move(handle, settlements, now);
    List<Boolean> settled =
        settlements.stream().map(each -> moved.contains(Claim.of(each))).toList();
    List<Settlement> written =
        settlements.stream().filter(each -> moved.contains(Claim.of(each))).toList();
    insert(handle, written);
    if (ObjectOrder.ended(
        handle, written.stream().filter(Settlement::ends).map(e -> e.claimed().id()).toList())) {
      // an event that others have seen must not come after a later one of its object
      database.tells(handle);
    }
    return settled;
  }

  private Set<Claim> move(Handle handle, List<Settlement> settlements, Instant now) {
    return handle
        .createQuery(move)
        .bind("ids", Columns.array("bigint", settlements, each -> each.claimed().id()))
        .bind("claims", Columns.array("bigint", settlements, each -> each.claimed().claim()))
        .bind("states", Columns.array("varchar", settlements, each -> state(each.result())))
        .bind("due", Columns.times(settlements, each -> due(each.result(), now)))
        .bind("tries", Columns.array("integer", settlements, each -> tries(each.result())))
        .bind("now", Columns.time(now))
        .map((row, context) -> new Claim(row.getLong("id"), row.getLong("claim")))
        .collect(Collectors.toSet());
  }

  private static String state(Settlement.Result result) {
    EventStatus state = EventStatus.PENDING;
    if (result instanceof Settlement.Delivered) {
      state = EventStatus.DELIVERED;
    } else if (result instanceof Settlement.Dead) {
      state = EventStatus.DEAD;
    }
    return state.name();
  }

  private static Instant due(Settlement.Result result, Instant now) {
    return result instanceof Settlement.Retry retry ? retry.dueAt() : now;
  }

  private static int tries(Settlement.Result result) {
    return result instanceof Settlement.Waiting ? 0 : 1;
  }

  private static void insert(Handle handle, List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return;
    }
    List<Attempt> attempts = settlements.stream().map(Settlement::attempt).toList();
    handle
        .createUpdate(
            """
            insert into attempt (notification_id, number, started_at, millis, status, outcome, error)
            select t.notification_id, t.number, t.started_at, t.millis, t.status, t.outcome, t.error
            from unnest(cast(:notifications as bigint array), cast(:numbers as integer array),
              cast(:started as timestamp with time zone array), cast(:millis as bigint array),
              cast(:status as integer array), cast(:outcomes as varchar array),
              cast(:errors as varchar array))
              as t(notification_id, number, started_at, millis, status, outcome, error)
            """)
        .bind("notifications", Columns.array("bigint", settlements, s -> s.claimed().id()))
        .bind("numbers", Columns.array("integer", attempts, Attempt::number))
        .bind("started", Columns.times(attempts, Attempt::startedAt))
        .bind("millis", Columns.array("bigint", attempts, each -> each.took().toMillis()))
        .bind("status", Columns.array("integer", attempts, Attempt::status))
        .bind("outcomes", Columns.array("varchar", attempts, Attempt::outcome))
        .bind("errors", Columns.array("varchar", attempts, each -> shortened(each.error())))
        .execute();
  }

  private static String shortened(String error) {
    return error == null || error.length() <= ERROR_LENGTH
        ? error
        : error.substring(0, ERROR_LENGTH);
  }
}
