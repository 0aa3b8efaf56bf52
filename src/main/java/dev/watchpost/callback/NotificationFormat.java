package dev.watchpost.callback;

import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.OutboxEvent;

/** How a notification is written, {@code event.notification.format}. Thread-safe. */
interface NotificationFormat {

  /**
   * @param bytes the same at every attempt
   */
  record Body(String contentType, byte[] bytes) {}

  /** All events of a notification in one body. */
  Body notification(Instance instance, Claimed notification);

  /** One event of it alone, under the event's own id. */
  Body event(Instance instance, Claimed notification, OutboxEvent event);
}
