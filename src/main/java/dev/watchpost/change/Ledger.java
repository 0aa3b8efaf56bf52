package dev.watchpost.change;

import dev.watchpost.change.LedgerRow.State;
import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What every resource has shown so far. Each method is a constant number of statements, however
 * many rows it takes; all run in the transaction of the handle they are given.
 */
final class Ledger {
  private static final String COLUMNS =
      "l.record_id, l.updated, l.created, l.fingerprint, l.sequence, l.state, l.missing, l.stale_at, l.record, l.told_at, l.notification_id";
  private static final String BATCH =
      """
      select t.* from unnest(cast(? as varchar array), cast(? as bigint array), cast(? as bigint array), cast(? as bigint array),
        cast(? as bigint array), cast(? as varchar array), cast(? as bigint array), cast(? as bigint array), cast(? as varchar array),
        cast(? as bigint array), cast(? as bigint array))
        as t(record_id, updated, created, fingerprint, sequence, state, missing, stale_at, record, told_at, notification_id)
      """;
  private static final String SAVE_H2 =
      """
      merge into ledger l using (%s) t on (l.resource_id = ? and l.record_id = t.record_id)
      when matched then update set updated = t.updated, created = t.created, fingerprint = t.fingerprint,
        sequence = t.sequence, state = t.state, missing = t.missing, stale_at = t.stale_at, record = t.record,
        told_at = t.told_at, notification_id = t.notification_id
      when not matched then insert values
        (?, t.record_id, t.updated, t.created, t.fingerprint, t.sequence, t.state, t.missing, t.stale_at, t.record, t.told_at, t.notification_id)
      """
          .formatted(BATCH);
  private static final String SAVE_POSTGRESQL =
      """
      insert into ledger (resource_id, record_id, updated, created, fingerprint, sequence, state, missing, stale_at, record, told_at, notification_id)
      select ?, t.* from (%s) t
      on conflict (resource_id, record_id) do update set updated = excluded.updated, created = excluded.created,
        fingerprint = excluded.fingerprint, sequence = excluded.sequence, state = excluded.state,
        missing = excluded.missing, stale_at = excluded.stale_at, record = excluded.record,
        told_at = excluded.told_at, notification_id = excluded.notification_id
      """
          .formatted(BATCH);

  private final Dialect dialect;

  Ledger(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The rows of these ids, by id; unseen ones are not in it. Joined, not {@code = any(?)}: H2 uses
   * no index for that.
   */
  Map<String, LedgerRow> rows(Handle handle, long resourceId, Collection<String> ids) {
    Map<String, LedgerRow> rows = new HashMap<>(ids.size() * 2);
    handle
        .createQuery(
            "select "
                + COLUMNS
                + " from unnest(cast(? as varchar array)) as t(id)"
                + " join ledger l on l.resource_id = ? and l.record_id = t.id")
        .bind(0, Columns.array("varchar", ids))
        .bind(1, resourceId)
        .map(Ledger::row)
        .forEach(row -> rows.put(row.id(), row));
    return rows;
  }

  void save(Handle handle, long resourceId, Collection<LedgerRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    boolean h2 = dialect == Dialect.H2;
    int first = h2 ? 0 : 1;
    var update =
        handle
            .createUpdate(h2 ? SAVE_H2 : SAVE_POSTGRESQL)
            .bind(first, texts(rows, LedgerRow::id))
            .bind(first + 1, numbers(rows, LedgerRow::updated))
            .bind(first + 2, numbers(rows, LedgerRow::created))
            .bind(first + 3, numbers(rows, LedgerRow::fingerprint))
            .bind(first + 4, numbers(rows, LedgerRow::sequence))
            .bind(first + 5, texts(rows, row -> row.state().name()))
            .bind(first + 6, numbers(rows, row -> (long) row.missing()))
            .bind(first + 7, numbers(rows, LedgerRow::staleAt))
            .bind(first + 8, texts(rows, LedgerRow::record))
            .bind(first + 9, numbers(rows, LedgerRow::toldAt))
            .bind(first + 10, numbers(rows, LedgerRow::notification));
    if (h2) {
      update.bind(11, resourceId).bind(12, resourceId);
    } else {
      update.bind(0, resourceId);
    }
    int written = update.execute();
    if (written != rows.size()) {
      throw new IllegalStateException(
          "ledger: expected %d rows written, found %d".formatted(rows.size(), written));
    }
  }

  /**
   * Ids that exist as far as the ledger knows, in order, after {@code after}; at most {@code
   * limit}. Without those that a webhook told of since {@code pollStart}, in microseconds: a
   * listing may have been read before.
   */
  List<String> existing(Handle handle, long resourceId, String after, int limit, long pollStart) {
    return handle
        .createQuery(
            """
            select record_id from ledger where resource_id = ? and record_id > ? and state in ('LIVE', 'LISTED')
              and (told_at is null or told_at < ?)
            order by record_id limit ?
            """)
        .bind(0, resourceId)
        .bind(1, after)
        .bind(2, pollStart)
        .bind(3, limit)
        .mapTo(String.class)
        .list();
  }

  long countExisting(Handle handle, long resourceId) {
    return handle
        .createQuery(
            "select count(*) from ledger where resource_id = ? and state in ('LIVE', 'LISTED')")
        .bind(0, resourceId)
        .mapTo(Long.class)
        .one();
  }

  /** One more sweep did not show these. */
  void missed(Handle handle, long resourceId, List<String> ids) {
    handle
        .createUpdate(
            """
            update ledger set missing = missing + 1 where resource_id = ?
            and record_id in (select t.id from unnest(cast(? as varchar array)) as t(id))
            """)
        .bind(0, resourceId)
        .bind(1, Columns.array("varchar", ids))
        .execute();
  }

  /**
   * One more sweep showed the same as the last one: what was missing is missing again.
   *
   * @return how many rows
   */
  int missedAgain(Handle handle, long resourceId) {
    return handle
        .createUpdate(
            "update ledger set missing = missing + 1 where resource_id = ? and missing > 0 and state in ('LIVE', 'LISTED')")
        .bind(0, resourceId)
        .execute();
  }

  /** How many existing rows at least {@code sweeps} sweeps in a row did not show. */
  long countMissing(Handle handle, long resourceId, int sweeps) {
    return handle
        .createQuery(
            "select count(*) from ledger where resource_id = ? and missing >= ? and state in ('LIVE', 'LISTED')")
        .bind(0, resourceId)
        .bind(1, sweeps)
        .mapTo(Long.class)
        .one();
  }

  /** Those rows, the first {@code limit} by id. */
  List<LedgerRow> missing(Handle handle, long resourceId, int sweeps, int limit) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from ledger l where l.resource_id = ? and l.missing >= ? and l.state in ('LIVE', 'LISTED')"
                + " order by l.record_id limit ?")
        .bind(0, resourceId)
        .bind(1, sweeps)
        .bind(2, limit)
        .map(Ledger::row)
        .list();
  }

  private static Argument texts(Collection<LedgerRow> rows, Function<LedgerRow, String> column) {
    return Columns.array("varchar", rows.stream().map(column).toList());
  }

  private static Argument numbers(Collection<LedgerRow> rows, Function<LedgerRow, Long> column) {
    return Columns.array("bigint", rows.stream().map(column).toList());
  }

  private static LedgerRow row(ResultSet row, StatementContext context) throws SQLException {
    return new LedgerRow(
        row.getString(1),
        row.getObject(2, Long.class),
        row.getObject(3, Long.class),
        row.getLong(4),
        row.getLong(5),
        State.valueOf(row.getString(6)),
        row.getInt(7),
        row.getObject(8, Long.class),
        row.getString(9),
        row.getObject(10, Long.class),
        row.getObject(11, Long.class));
  }
}
