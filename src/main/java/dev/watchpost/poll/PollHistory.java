package dev.watchpost.poll;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Past polls of all resources, and the records they put into quarantine. */
public final class PollHistory {
  private final Database database;

  PollHistory(Database database) {
    this.database = database;
  }

  /** A poll that has ended, in the transaction that ends it. */
  static void add(
      Handle handle, PollRun run, PollCounts counts, Instant now, String outcome, String error) {
    handle
        .createUpdate(
            """
            insert into poll (resource_id, started_at, ended_at, window_start, outcome, error, pages, records, created, updated,
              deleted, quarantined) select id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from resource where id = ?
            """)
        .bind(0, run.startedAt())
        .bind(1, now)
        .bind(2, run.windowStart())
        .bind(3, outcome)
        .bind(4, error)
        .bind(5, counts.pages())
        .bind(6, counts.records())
        .bind(7, counts.created())
        .bind(8, counts.updated())
        .bind(9, counts.deleted())
        .bind(10, counts.quarantined())
        .bind(11, run.state().id())
        .execute();
  }

  List<Polls.Past> list(long instanceId, String resource, int limit, int offset) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select p.*, r.name from poll p join resource r on r.id = p.resource_id
                    where r.instance_id = ? and (cast(? as varchar) is null or r.name = ?)
                    order by p.started_at desc, p.id desc limit ? offset ?
                    """)
                .bind(0, instanceId)
                .bind(1, resource)
                .bind(2, resource)
                .bind(3, limit)
                .bind(4, offset)
                .map(PollHistory::past)
                .list());
  }

  /**
   * Number of a poll that has ended; 0: it is not told, for it goes on or waits as the one before.
   */
  long id(PollRun run) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id from poll where resource_id = ? and started_at = ? order by id desc limit 1")
                .bind(0, run.state().id())
                .bind(1, run.startedAt())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  List<Polls.Quarantine> quarantine(long instanceId, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select q.*, r.name from quarantine q join resource r on r.id = q.resource_id
                    where r.instance_id = ? order by q.last_at desc, q.id desc limit ?
                    """)
                .bind(0, instanceId)
                .bind(1, limit)
                .map(
                    (row, context) ->
                        new Polls.Quarantine(
                            row.getString("name"),
                            row.getString("record_id"),
                            row.getString("reason"),
                            row.getString("excerpt"),
                            Columns.instant(row, "first_at"),
                            Columns.instant(row, "last_at")))
                .list());
  }

  /**
   * Deletes the history of polls that started before {@code before}, the last one of each resource
   * excepted.
   */
  public int purge(Instant before) {
    return database.transaction(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from poll where started_at < ?
                    and id not in (select max(id) from poll group by resource_id)
                    """)
                .bind(0, before)
                .execute());
  }

  private static Polls.Past past(ResultSet row, StatementContext context) throws SQLException {
    return new Polls.Past(
        row.getLong("id"),
        row.getString("name"),
        Columns.instant(row, "started_at"),
        Columns.instant(row, "ended_at"),
        Columns.instant(row, "window_start"),
        row.getString("outcome"),
        row.getString("error"),
        row.getInt("pages"),
        row.getLong("records"),
        row.getLong("created"),
        row.getLong("updated"),
        row.getLong("deleted"),
        row.getLong("quarantined"));
  }
}
