package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Notifications that are sent once more, under the same ids. */
final class Redelivery {
  private Redelivery() {}

  /**
   * Makes a delivered or dead notification pending again, all its events with it: it goes before
   * the later events of its objects that are not yet on their way. One that waits for a retry is
   * due at {@code dueAt}; one that is being sent stays as it is.
   */
  static void redeliver(Handle handle, long notification, Instant dueAt) {
    resource(handle, notification).ifPresent(resource -> ObjectOrder.lock(handle, resource));
    List<Long> order = new ArrayList<>(ObjectOrder.next(handle, notification));
    order.add(notification);
    if (reopen(handle, notification, dueAt)) {
      handle.execute("update event set pending = true where notification_id = ?", notification);
      ObjectOrder.refresh(handle, order);
    } else {
      hasten(handle, notification, dueAt);
    }
  }

  private static Optional<Long> resource(Handle handle, long notification) {
    return handle
        .createQuery("select resource_id from notification where id = ?")
        .bind(0, notification)
        .mapTo(Long.class)
        .findOne();
  }

  private static boolean reopen(Handle handle, long notification, Instant dueAt) {
    return handle
            .createUpdate(
                """
                update notification set state = 'PENDING', tries = 0, due_at = :due,
                  settled_at = null, claimed = false
                where id = :id and state <> 'PENDING'
                """)
            .bind("due", Columns.time(dueAt))
            .bind("id", notification)
            .execute()
        == 1;
  }

  private static void hasten(Handle handle, long notification, Instant dueAt) {
    handle
        .createUpdate(
            "update notification set due_at = :due"
                + " where id = :id and state = 'PENDING' and not claimed and due_at > :due")
        .bind("due", Columns.time(dueAt))
        .bind("id", notification)
        .execute();
  }
}
