package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Writes down what became of a claimed notification. */
final class Settling {
  private static final int ERROR_LENGTH = 2000;

  private Settling() {}

  static boolean settle(Handle handle, Settlement settlement, Instant now) {
    Claimed claimed = settlement.claimed();
    Settlement.Result result = settlement.result();
    if (result instanceof Settlement.Delivered || result instanceof Settlement.Dead) {
      ObjectOrder.lock(handle, claimed.resourceId());
    }
    if (!move(handle, claimed, result, now)) {
      return false;
    }
    insert(handle, claimed.id(), settlement.attempt());
    if (result instanceof Settlement.Delivered || result instanceof Settlement.Dead) {
      ObjectOrder.ended(handle, claimed.id());
    }
    return true;
  }

  /** False where the claim lapsed and is another's now, or the notification is gone. */
  private static boolean move(
      Handle handle, Claimed claimed, Settlement.Result result, Instant now) {
    if (result instanceof Settlement.Delivered) {
      return end(handle, claimed, EventStatus.DELIVERED, now);
    } else if (result instanceof Settlement.Dead) {
      return end(handle, claimed, EventStatus.DEAD, now);
    } else if (result instanceof Settlement.Retry retry) {
      return again(handle, claimed, 1, retry.dueAt());
    }
    return again(handle, claimed, 0, now);
  }

  private static boolean end(Handle handle, Claimed claimed, EventStatus status, Instant now) {
    return handle
            .createUpdate(
                """
                update notification set state = :state, settled_at = :now, claimed = false,
                  attempts = attempts + 1, tries = tries + 1
                where id = :id and claim = :claim and claimed
                """)
            .bind("state", status.name())
            .bind("now", Columns.time(now))
            .bind("id", claimed.id())
            .bind("claim", claimed.claim())
            .execute()
        == 1;
  }

  private static boolean again(Handle handle, Claimed claimed, int tries, Instant dueAt) {
    return handle
            .createUpdate(
                """
                update notification set due_at = :due, claimed = false,
                  attempts = attempts + 1, tries = tries + :tries
                where id = :id and claim = :claim and claimed
                """)
            .bind("due", Columns.time(dueAt))
            .bind("tries", tries)
            .bind("id", claimed.id())
            .bind("claim", claimed.claim())
            .execute()
        == 1;
  }

  private static void insert(Handle handle, long notification, Attempt attempt) {
    handle
        .createUpdate(
            """
            insert into attempt (notification_id, number, started_at, millis, status, outcome, error)
            values (:notification, :number, :startedAt, :millis, :status, :outcome, :error)
            """)
        .bind("notification", notification)
        .bind("number", attempt.number())
        .bind("startedAt", Columns.time(attempt.startedAt()))
        .bind("millis", attempt.took().toMillis())
        .bind("status", attempt.status())
        .bind("outcome", attempt.outcome())
        .bind("error", shortened(attempt.error()))
        .execute();
  }

  private static String shortened(String error) {
    return error == null || error.length() <= ERROR_LENGTH
        ? error
        : error.substring(0, ERROR_LENGTH);
  }
}
