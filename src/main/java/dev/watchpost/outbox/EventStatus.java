package dev.watchpost.outbox;

/** How far the delivery of an event got. */
public enum EventStatus {
  /** Waits for its first or next attempt, or is being sent. */
  PENDING,
  /** The callback answered 2xx. */
  DELIVERED,
  /** The last try failed; it waits to be redelivered until its retention ends. */
  DEAD
}
