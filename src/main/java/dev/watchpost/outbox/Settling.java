package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes down what became of claimed notifications. */
final class Settling {
  private static final int ERROR_LENGTH = 2000;

  private Settling() {}

  /**
   * All of them in one transaction, some statements however many.
   *
   * @return for each whether it was written: not where the claim lapsed and is another's now, or
   *     the notification is gone
   */
  static List<Boolean> settle(Handle handle, List<Settlement> settlements, Instant now) {
    List<Settlement> ending = settlements.stream().filter(Settlement::ends).toList();
    ObjectOrder.lock(handle, ending.stream().map(each -> each.claimed().resourceId()).toList());
    int[] rows = move(handle, settlements, now);
    List<Boolean> settled = new ArrayList<>();
    List<Settlement> moved = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      settled.add(rows[i] == 1);
      if (rows[i] == 1) {
        moved.add(settlements.get(i));
      }
    }
    insert(handle, moved);
    ObjectOrder.ended(
        handle, moved.stream().filter(Settlement::ends).map(each -> each.claimed().id()).toList());
    return settled;
  }

  private static int[] move(Handle handle, List<Settlement> settlements, Instant now) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            update notification set state = :state, claimed = false, due_at = :due,
              settled_at = case when :ends then cast(:now as timestamp with time zone) end,
              attempts = attempts + 1, tries = tries + :tries
            where id = :id and claim = :claim and claimed
            """);
    for (Settlement each : settlements) {
      batch
          .bind("state", state(each.result()).name())
          .bind("due", Columns.time(due(each.result(), now)))
          .bind("ends", each.ends())
          .bind("now", Columns.time(now))
          .bind("tries", each.result() instanceof Settlement.Waiting ? 0 : 1)
          .bind("id", each.claimed().id())
          .bind("claim", each.claimed().claim())
          .add();
    }
    return batch.execute();
  }

  private static EventStatus state(Settlement.Result result) {
    if (result instanceof Settlement.Delivered) {
      return EventStatus.DELIVERED;
    }
    return result instanceof Settlement.Dead ? EventStatus.DEAD : EventStatus.PENDING;
  }

  private static Instant due(Settlement.Result result, Instant now) {
    return result instanceof Settlement.Retry retry ? retry.dueAt() : now;
  }

  private static void insert(Handle handle, List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into attempt (notification_id, number, started_at, millis, status, outcome, error)
            values (:notification, :number, :startedAt, :millis, :status, :outcome, :error)
            """);
    for (Settlement each : settlements) {
      Attempt attempt = each.attempt();
      batch
          .bind("notification", each.claimed().id())
          .bind("number", attempt.number())
          .bind("startedAt", Columns.time(attempt.startedAt()))
          .bind("millis", attempt.took().toMillis())
          .bind("status", attempt.status())
          .bind("outcome", attempt.outcome())
          .bind("error", shortened(attempt.error()))
          .add();
    }
    batch.execute();
  }

  private static String shortened(String error) {
    return error == null || error.length() <= ERROR_LENGTH
        ? error
        : error.substring(0, ERROR_LENGTH);
  }
}
