package dev.watchpost.change;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import java.util.Collection;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/**
 * Writes what is known of records that have their number: one statement, whatever was known of them
 * before. Where nothing out of the ordinary is known of any, half of the columns are constants.
 */
final class SaveStates {
  private static final String ALWAYS =
      """
      unnest(cast(? as bigint array), cast(? as bigint array), cast(? as bigint array), cast(? as bigint array),
        cast(? as bigint array), cast(? as bigint array)""";
  private static final String PLAIN =
      """
      select t.*, cast('LIVE' as varchar) as state, 0 as missing, cast(null as bigint) as stale_at,
        cast(null as varchar) as record, cast(null as bigint) as told_at
      from %s) as t(id, updated, created, fingerprint, sequence, notification_id)
      """
          .formatted(ALWAYS);
  private static final String WHOLE =
      """
      select t.* from %s, cast(? as varchar array), cast(? as bigint array), cast(? as bigint array),
        cast(? as varchar array), cast(? as bigint array))
        as t(id, updated, created, fingerprint, sequence, notification_id, state, missing, stale_at, record, told_at)
      """
          .formatted(ALWAYS);
  private static final String H2 =
      """
      merge into ledger_state s using (%s) t on (s.id = t.id)
      when matched then update set updated = t.updated, created = t.created, fingerprint = t.fingerprint,
        sequence = t.sequence, state = t.state, missing = t.missing, stale_at = t.stale_at, record = t.record,
        told_at = t.told_at, notification_id = t.notification_id
      when not matched then insert
        (id, updated, created, fingerprint, sequence, state, missing, stale_at, record, told_at, notification_id)
        values (t.id, t.updated, t.created, t.fingerprint, t.sequence, t.state, t.missing, t.stale_at, t.record,
          t.told_at, t.notification_id)
      """;
  private static final String POSTGRESQL =
      """
      insert into ledger_state
        (id, updated, created, fingerprint, sequence, notification_id, state, missing, stale_at, record, told_at)
      %s
      on conflict (id) do update set updated = excluded.updated, created = excluded.created,
        fingerprint = excluded.fingerprint, sequence = excluded.sequence, state = excluded.state,
        missing = excluded.missing, stale_at = excluded.stale_at, record = excluded.record,
        told_at = excluded.told_at, notification_id = excluded.notification_id
      """;

  private final String plain;
  private final String whole;

  SaveStates(Dialect dialect) {
    String save =
        switch (dialect) {
          case H2 -> H2;
          case POSTGRESQL -> POSTGRESQL;
        };
    this.plain = save.formatted(PLAIN);
    this.whole = save.formatted(WHOLE);
  }

  void save(Handle handle, Collection<LedgerRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    boolean isPlain = rows.stream().allMatch(LedgerRow::plain);
    Update update =
        handle
            .createUpdate(isPlain ? plain : whole)
            .bind(0, numbers(rows, LedgerRow::key))
            .bind(1, numbers(rows, LedgerRow::updated))
            .bind(2, numbers(rows, LedgerRow::created))
            .bind(3, numbers(rows, LedgerRow::fingerprint))
            .bind(4, numbers(rows, LedgerRow::sequence))
            .bind(5, numbers(rows, LedgerRow::notification));
    if (!isPlain) {
      update
          .bind(6, texts(rows, row -> row.state().name()))
          .bind(7, numbers(rows, row -> (long) row.missing()))
          .bind(8, numbers(rows, LedgerRow::staleAt))
          .bind(9, texts(rows, LedgerRow::record))
          .bind(10, numbers(rows, LedgerRow::toldAt));
    }
    int written = update.execute();
    if (written != rows.size()) {
      throw new IllegalStateException(
          "ledger: expected %d rows written, found %d".formatted(rows.size(), written));
    }
  }

  private static Argument texts(Collection<LedgerRow> rows, Function<LedgerRow, String> column) {
    return Columns.array("varchar", rows, column);
  }

  private static Argument numbers(Collection<LedgerRow> rows, Function<LedgerRow, Long> column) {
    return Columns.array("bigint", rows, column);
  }
}
