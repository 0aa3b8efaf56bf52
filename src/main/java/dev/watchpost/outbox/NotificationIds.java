package dev.watchpost.outbox;

import dev.watchpost.store.Dialect;
import org.jdbi.v3.core.Handle;

/**
 * Numbers of notifications, fetched from the sequence in blocks. Numbers of a transaction that
 * rolls back are lost. Thread-safe.
 */
final class NotificationIds {
  /** The sequence's increment. */
  private static final int BLOCK = 100_000;

  private final String nextBlock;
  private long next;
  private long end;

  NotificationIds(Dialect dialect) {
    this.nextBlock =
        switch (dialect) {
          case H2 -> "select next value for notification_id";
          case POSTGRESQL -> "select nextval('notification_id')";
        };
  }

  synchronized long next(Handle handle) {
    if (next == end) {
      next = handle.createQuery(nextBlock).mapTo(Long.class).one();
      end = next + BLOCK;
    }
    return next++;
  }
}
