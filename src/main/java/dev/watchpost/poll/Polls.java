package dev.watchpost.poll;

import java.time.Instant;
import java.util.List;

/** The polls of an instance: their state, their history, and polling now. */
public final class Polls {

  /**
   * State of every resource of an instance, by name; of all instances where {@code instanceId} is
   * null.
   */
  public List<ResourceState> states(Long instanceId) {
    throw new UnsupportedOperationException("to come");
  }

  /** A past poll. */
  public record Past(
      long id,
      String resource,
      Instant startedAt,
      Instant endedAt,
      Instant windowStart,
      String outcome,
      String error,
      int pages,
      long records,
      long created,
      long updated,
      long deleted,
      long quarantined) {}

  /** Past polls of an instance, newest first. */
  public List<Past> history(long instanceId, String resource, int limit, int offset) {
    throw new UnsupportedOperationException("to come");
  }

  /** A record in quarantine. */
  public record Quarantine(
      String resource,
      String objectId,
      String reason,
      String excerpt,
      Instant firstAt,
      Instant lastAt) {}

  /** Records in quarantine of an instance, newest first. */
  public List<Quarantine> quarantine(long instanceId, int limit) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Polls now, through the resource's route, and waits for it. A failed poll is reported, not
   * thrown.
   *
   * @param resource null: all of the instance's
   * @return one report a resource, in the order of the configuration
   * @throws java.util.NoSuchElementException where the instance has no such resource
   * @throws IllegalStateException where that resource is being polled right now
   */
  public List<PollReport> pollNow(long instanceId, String resource, boolean dryRun) {
    throw new UnsupportedOperationException("to come");
  }

  /** Forgets cursor, startFrom and ledger of a resource: its next poll is its first. */
  public void reset(long instanceId, String resource) {
    throw new UnsupportedOperationException("to come");
  }

  /** Lets the next sweep enter the deletes that its limit held back. */
  public void release(long instanceId, String resource) {
    throw new UnsupportedOperationException("to come");
  }
}
