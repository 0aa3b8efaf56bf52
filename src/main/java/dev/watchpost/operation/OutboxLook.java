package dev.watchpost.operation;

import java.time.Duration;

/**
 * What was in the outbox when it was looked at.
 *
 * @param pending events not yet accepted
 * @param dead events given up, until they are purged or redelivered
 * @param oldest age of the oldest pending event since its commit; zero where there is none
 */
record OutboxLook(long pending, long dead, Duration oldest) {
  static final OutboxLook EMPTY = new OutboxLook(0, 0, Duration.ZERO);
}
