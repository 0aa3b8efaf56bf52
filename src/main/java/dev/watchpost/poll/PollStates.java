package dev.watchpost.poll;

import dev.watchpost.resource.Resource;
import dev.watchpost.store.Columns;
import dev.watchpost.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The stored state of every watched resource: cursor, learned path, validators, failures, schedule.
 */
public final class PollStates {
  private static final String SELECT =
      """
      select r.*, (select count(*) from quarantine q where q.resource_id = r.id) as quarantined from resource r
      """;

  private final Database database;

  public PollStates(Database database) {
    this.database = database;
  }

  /** Of the same resources. */
  public PollHistory history() {
    return new PollHistory(database);
  }

  /** The state of a resource, if it was ever watched. */
  public Optional<ResourceState> find(long instanceId, String name) {
    return database.read(handle -> find(handle, instanceId, name));
  }

  static Optional<ResourceState> find(Handle handle, long instanceId, String name) {
    return handle
        .createQuery(SELECT + "where r.instance_id = ? and r.name = ?")
        .bind(0, instanceId)
        .bind(1, name)
        .map(PollStates::state)
        .findOne();
  }

  /** States of an instance's resources; of all instances where {@code instanceId} is null. */
  public List<ResourceState> list(Long instanceId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + "where cast(? as bigint) is null or r.instance_id = ? order by r.instance_id, r.id")
                .bind(0, instanceId)
                .bind(1, instanceId)
                .map(PollStates::state)
                .list());
  }

  /** States of the resources of all instances of an organization. */
  List<ResourceState> listOf(long organization) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + "join instance i on i.id = r.instance_id where i.organization_id = ? order by r.instance_id, r.id")
                .bind(0, organization)
                .map(PollStates::state)
                .list());
  }

  /**
   * The state of a resource that is to be watched from {@code now} on, stored if it was not. Where
   * what its ledger depends on has changed, its next complete poll is a silent new baseline.
   *
   * @throws java.util.NoSuchElementException where the instance is gone
   */
  public ResourceState watch(long instanceId, Resource resource, Instant now) {
    return database.transaction(handle -> Baseline.watch(handle, instanceId, resource, now));
  }

  /**
   * Moves the cursor, in the transaction of a poll's last page. Where a webhook has written since
   * the poll began, the answer's validators are of no use: what it showed is to be shown again.
   *
   * @param ledgerVersion at which the whole poll was judged, with its own writes
   */
  public void advance(
      Handle handle,
      PollRun run,
      PollCounts counts,
      Instant now,
      int heldDeletes,
      long ledgerVersion) {
    int rows =
        handle
            .createUpdate(
                """
                update resource set previous_cursor_at = cursor_at, cursor_at = ?, start_from = ?, records_path = ?,
                  etag = ?, last_modified = ?, validated_url = case when told_version = ? then cast(? as varchar) end, sweep_at = ?, held_deletes = ?, rebaseline = false,
                  resume = null, polls = polls + 1, failures = 0, paused = false, next_poll_at = ?, last_poll_at = ?, last_success_at = ?,
                  last_error = null, last_error_at = null
                where id = ? and ledger_version = ?
                """)
            .bind(0, run.cursorAfter())
            .bind(1, run.startFrom())
            .bind(2, run.recordsPath())
            .bind(3, run.validators().etag())
            .bind(4, run.validators().lastModified())
            .bind(5, run.state().toldVersion())
            .bind(6, run.validators().url())
            .bind(7, run.sweepAfter())
            .bind(8, heldDeletes)
            .bind(9, run.nextPoll())
            .bind(10, now)
            .bind(11, now)
            .bind(12, run.state().id())
            .bind(13, ledgerVersion)
            .execute();
    if (rows != 1) {
      throw new Overtaken(run.state().id());
    }
    PollHistory.add(handle, run, counts, now, "SUCCESS", null);
  }

  /**
   * Keeps where a poll goes on should it break off, in the transaction of the page before.
   *
   * @param ledgerVersion at which its pages were judged, with its own writes
   */
  public void resumeAt(Handle handle, PollRun run, ResumePoint point, long ledgerVersion) {
    int rows =
        handle
            .createUpdate("update resource set resume = ? where id = ? and ledger_version = ?")
            .bind(0, point.json())
            .bind(1, run.state().id())
            .bind(2, ledgerVersion)
            .execute();
    if (rows != 1) {
      throw new Overtaken(run.state().id());
    }
  }

  /** The deletes that a sweep's limit held back are entered. */
  public void released(Handle handle, long resourceId) {
    handle
        .createUpdate("update resource set held_deletes = 0 where id = ?")
        .bind(0, resourceId)
        .execute();
  }

  /**
   * Records a failed poll. The cursor stays.
   *
   * @param anew the next one does not go on where this one broke off
   */
  void fail(
      PollRun run, Instant now, Instant nextPoll, boolean paused, boolean anew, String error) {
    database.write(
        handle -> {
          handle
              .createUpdate(
                  """
                  update resource set failures = failures + 1, paused = ?, next_poll_at = ?, last_poll_at = ?,
                    last_error = ?, last_error_at = ?, resume = case when ? then null else resume end
                  where id = ?
                  """)
              .bind(0, paused)
              .bind(1, nextPoll)
              .bind(2, now)
              .bind(3, error)
              .bind(4, now)
              .bind(5, anew)
              .bind(6, run.state().id())
              .execute();
          PollHistory.add(handle, run, run.counts(), now, "FAILED", error);
        });
  }

  /** A poll that does not begin yet. The history tells it once, however often it is tried. */
  void waits(PollRun run, Instant now, Instant nextPoll, String reason) {
    database.write(
        handle -> {
          handle
              .createUpdate(
                  "update resource set next_poll_at = ?, last_error = ?, last_error_at = ? where id = ?")
              .bind(0, nextPoll)
              .bind(1, reason)
              .bind(2, now)
              .bind(3, run.state().id())
              .execute();
          if (!reason.equals(run.state().lastError())) {
            PollHistory.add(handle, run, run.counts(), now, "WAITING", reason);
          }
        });
  }

  /** Forgets cursor, startFrom and what was seen: the next poll is the first. */
  void reset(long resourceId, Instant now) {
    database.write(handle -> Baseline.reset(handle, resourceId, now));
  }

  /**
   * After an instance was edited: a pause and a wait after failures end, for the edit may be the
   * remedy, and the next poll may come at once; and no poll is answered 304, for the same answer
   * may mean something else now.
   */
  void edited(long instanceId) {
    database.write(
        handle -> {
          handle.execute(
              "update resource set paused = false, failures = 0, next_poll_at = null where instance_id = ? and paused",
              instanceId);
          handle.execute(
              "update resource set next_poll_at = null where instance_id = ? and failures > 0",
              instanceId);
          handle.execute(
              "update resource set etag = null, last_modified = null, validated_url = null, resume = null where instance_id = ?",
              instanceId);
        });
  }

  private static ResourceState state(ResultSet row, StatementContext context) throws SQLException {
    return new ResourceState(
        row.getLong("id"),
        row.getLong("instance_id"),
        row.getString("name"),
        row.getString("baseline"),
        row.getBoolean("rebaseline"),
        Columns.instant(row, "start_from"),
        Columns.instant(row, "cursor_at"),
        Columns.instant(row, "previous_cursor_at"),
        row.getString("records_path"),
        row.getString("etag"),
        row.getString("last_modified"),
        row.getString("validated_url"),
        Columns.instant(row, "sweep_at"),
        row.getInt("held_deletes"),
        row.getLong("polls"),
        row.getInt("failures"),
        row.getBoolean("paused"),
        Columns.instant(row, "next_poll_at"),
        Columns.instant(row, "last_poll_at"),
        Columns.instant(row, "last_success_at"),
        row.getString("last_error"),
        Columns.instant(row, "last_error_at"),
        row.getLong("quarantined"),
        row.getLong("ledger_version"),
        row.getLong("told_version"),
        ResumePoint.of(row.getString("resume")));
  }
}
