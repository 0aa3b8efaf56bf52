package dev.watchpost.change;

import dev.watchpost.change.LedgerRow.State;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import dev.watchpost.store.SequenceBlock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What every resource has shown so far. Each method is a constant number of statements, however
 * many rows it takes; all run in the transaction of the handle they are given.
 */
final class Ledger {
  private static final String COLUMNS =
      "l.id, l.record_id, s.updated, s.created, s.fingerprint, s.sequence, s.state, s.missing,"
          + " s.stale_at, s.record, s.told_at, n.id";
  private static final String JOINED =
      " join ledger_state s on s.id = l.id"
          + " left join notification n on n.id = s.notification_id and n.state = 'PENDING'";

  private final SaveStates saves;
  private final SequenceBlock keys;

  Ledger(Dialect dialect) {
    this.saves = new SaveStates(dialect);
    this.keys = new SequenceBlock(dialect, "ledger_id");
  }

  /**
   * @param rows by id; unseen ones are not in it
   * @param reopened earlier events of them may be pending that the rows do not tell of
   */
  record Known(Map<String, LedgerRow> rows, boolean reopened) {}

  /** The rows of these ids. Joined, not {@code = any(?)}: H2 uses no index for that. */
  Known rows(Handle handle, long resourceId, Collection<String> ids) {
    Map<String, LedgerRow> rows = new HashMap<>(ids.size() * 2);
    AtomicBoolean reopened = new AtomicBoolean();
    handle
        .createQuery(
            "select "
                + COLUMNS
                + ", "
                + Outbox.REOPENED
                + " from unnest(cast(? as varchar array)) as t(id)"
                + " join ledger l on l.resource_id = ? and l.record_id = t.id"
                + JOINED)
        .bind(0, resourceId)
        .bind(1, Columns.array("varchar", ids))
        .bind(2, resourceId)
        .map(
            (row, context) -> {
              reopened.setPlain(row.getBoolean(13));
              return row(row, context);
            })
        .forEach(row -> rows.put(row.id(), row));
    return new Known(rows, reopened.getPlain());
  }

  /** Two statements where some are new, else one. */
  void save(Handle handle, long resourceId, Collection<LedgerRow> rows) {
    List<LedgerRow> fresh = new ArrayList<>();
    List<LedgerRow> stored = new ArrayList<>(rows.size());
    for (LedgerRow row : rows) {
      if (row.key() == null) {
        fresh.add(row.under(keys.next(handle)));
      } else {
        stored.add(row);
      }
    }
    if (!fresh.isEmpty()) {
      enter(handle, resourceId, fresh);
      stored.addAll(fresh);
    }
    saves.save(handle, stored);
  }

  private static void enter(Handle handle, long resourceId, List<LedgerRow> rows) {
    handle
        .createUpdate(
            """
            insert into ledger (id, resource_id, record_id)
            select t.id, cast(? as bigint), t.record_id
            from unnest(cast(? as bigint array), cast(? as varchar array)) as t(id, record_id)
            """)
        .bind(0, resourceId)
        .bind(1, Columns.array("bigint", rows, LedgerRow::key))
        .bind(2, Columns.array("varchar", rows, LedgerRow::id))
        .execute();
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
            select l.record_id from ledger l join ledger_state s on s.id = l.id
            where l.resource_id = ? and l.record_id > ? and s.state in ('LIVE', 'LISTED')
              and (s.told_at is null or s.told_at < ?)
            order by l.record_id limit ?
            """)
        .bind(0, resourceId)
        .bind(1, after)
        .bind(2, pollStart)
        .bind(3, limit)
        .mapTo(String.class)
        .list();
  }

  long countExisting(Handle handle, long resourceId) {
    return countMissing(handle, resourceId, 0);
  }

  /** One more sweep did not show these. */
  void missed(Handle handle, long resourceId, List<String> ids) {
    handle
        .createUpdate(
            """
            update ledger_state set missing = missing + 1 where id in (
              select l.id from unnest(cast(? as varchar array)) as t(record_id)
              join ledger l on l.resource_id = ? and l.record_id = t.record_id)
            """)
        .bind(0, Columns.array("varchar", ids))
        .bind(1, resourceId)
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
            """
            update ledger_state set missing = missing + 1
            where missing > 0 and state in ('LIVE', 'LISTED')
              and id in (select l.id from ledger l where l.resource_id = ?)
            """)
        .bind(0, resourceId)
        .execute();
  }

  /** How many existing rows at least {@code sweeps} sweeps in a row did not show. */
  long countMissing(Handle handle, long resourceId, int sweeps) {
    return handle
        .createQuery(
            "select count(*) from ledger l join ledger_state s on s.id = l.id"
                + " where l.resource_id = ? and s.missing >= ? and s.state in ('LIVE', 'LISTED')")
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
                + " from ledger l"
                + JOINED
                + " where l.resource_id = ? and s.missing >= ? and s.state in ('LIVE', 'LISTED')"
                + " order by l.record_id limit ?")
        .bind(0, resourceId)
        .bind(1, sweeps)
        .bind(2, limit)
        .map(Ledger::row)
        .list();
  }

  private static LedgerRow row(ResultSet row, StatementContext context) throws SQLException {
    return new LedgerRow(
        row.getLong(1),
        row.getString(2),
        row.getObject(3, Long.class),
        row.getObject(4, Long.class),
        row.getLong(5),
        row.getLong(6),
        State.valueOf(row.getString(7)),
        row.getInt(8),
        row.getObject(9, Long.class),
        row.getString(10),
        row.getObject(11, Long.class),
        row.getObject(12, Long.class));
  }
}
