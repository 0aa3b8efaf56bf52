package dev.watchpost.outbox;

/** What happened to a record. */
public enum EventType {
  CREATED,
  UPDATED,
  DELETED
}
