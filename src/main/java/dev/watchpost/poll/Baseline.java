package dev.watchpost.poll;

import dev.watchpost.resource.Resource;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * From where on a resource is compared: what its ledger depends on (id, dates, how changes are
 * detected), and what is forgotten when that changes.
 */
final class Baseline {
  private Baseline() {}

  static ResourceState watch(Handle handle, long instanceId, Resource resource, Instant now) {
    Optional<ResourceState> known = PollStates.find(handle, instanceId, resource.name());
    if (known.isEmpty()) {
      return insert(handle, instanceId, resource, now);
    }
    return resource.baseline().equals(known.get().baseline())
        ? known.get()
        : rebaseline(handle, known.get(), resource);
  }

  /** Another thread may have deleted the instance since it was read, or insert the same. */
  private static ResourceState insert(
      Handle handle, long instanceId, Resource resource, Instant now) {
    handle.execute("select id from instance where id = ? for update", instanceId);
    handle
        .createUpdate(
            """
            insert into resource (instance_id, name, baseline, start_from)
            select i.id, cast(:name as varchar), cast(:baseline as varchar), cast(:now as timestamp with time zone)
            from instance i where i.id = :instance and not exists (
              select 1 from resource r where r.instance_id = i.id and r.name = :name)
            """)
        .bind("instance", instanceId)
        .bind("name", resource.name())
        .bind("baseline", resource.baseline())
        .bind("now", now)
        .execute();
    return PollStates.find(handle, instanceId, resource.name())
        .orElseThrow(() -> new NoSuchElementException("no instance " + instanceId));
  }

  /** Once: the reconciler and a poll may both be first to see the edit. */
  private static ResourceState rebaseline(Handle handle, ResourceState state, Resource resource) {
    int rows =
        handle
            .createUpdate(
                """
                update resource set baseline = ?, rebaseline = cursor_at is not null, etag = null, last_modified = null,
                  validated_url = null, resume = null, ledger_version = ledger_version + 1
                where id = ? and baseline is not distinct from cast(? as varchar)
                """)
            .bind(0, resource.baseline())
            .bind(1, state.id())
            .bind(2, state.baseline())
            .execute();
    if (rows == 1) {
      if (!idLine(resource.baseline()).equals(idLine(state.baseline()))) {
        forgetRecords(handle, state.id());
      }
      forgetDates(handle, state.id());
    }
    return PollStates.find(handle, state.instanceId(), state.name()).orElseThrow();
  }

  /**
   * What another field said of a record is not compared with what this one says: whatever the
   * baseline itself does not show was edited when it shows again.
   */
  private static void forgetDates(Handle handle, long resourceId) {
    handle
        .createUpdate(
            "update ledger_state set updated = null, created = null"
                + " where id in (select l.id from ledger l where l.resource_id = ?)")
        .bind(0, resourceId)
        .execute();
  }

  /** A record under another id is another record. */
  private static String idLine(String baseline) {
    return baseline.lines().findFirst().orElse("");
  }

  /** Forgets cursor, startFrom and what was seen: the next poll is the first. */
  static void reset(Handle handle, long resourceId, Instant now) {
    forgetRecords(handle, resourceId);
    handle
        .createUpdate(
            """
            update resource set cursor_at = null, previous_cursor_at = null, start_from = ?, records_path = null,
              etag = null, last_modified = null, validated_url = null, sweep_at = null, held_deletes = 0,
              rebaseline = false, failures = 0, paused = false, next_poll_at = null, last_error = null,
              last_error_at = null, resume = null, ledger_version = ledger_version + 1 where id = ?
            """)
        .bind(0, now)
        .bind(1, resourceId)
        .execute();
  }

  /**
   * Every record becomes as good as unseen; only its sequence stays, so that no event id ever comes
   * twice.
   */
  private static void forgetRecords(Handle handle, long resourceId) {
    handle
        .createUpdate(
            "update ledger_state set state = 'FORGOTTEN', missing = 0, stale_at = null, told_at = null"
                + " where id in (select l.id from ledger l where l.resource_id = ?)")
        .bind(0, resourceId)
        .execute();
  }
}
