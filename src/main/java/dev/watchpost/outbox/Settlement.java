package dev.watchpost.outbox;

import java.time.Instant;

/**
 * What becomes of a claimed notification after an attempt.
 *
 * @param attempt its number is one more than {@code claimed.attempts()}
 */
public record Settlement(Claimed claimed, Attempt attempt, Result result) {

  /** The notification is no longer pending. */
  boolean ends() {
    return result instanceof Delivered || result instanceof Dead;
  }

  /** Where the notification goes from here. */
  public sealed interface Result {}

  /** The callback has it. */
  public record Delivered() implements Result {}

  /** It is tried again at {@code dueAt}; the try counts. */
  public record Retry(Instant dueAt) implements Result {}

  /** It is tried again when its endpoint takes deliveries again; the try does not count. */
  public record Waiting() implements Result {}

  /** The last try failed: it is a dead letter. */
  public record Dead() implements Result {}
}
