package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Dialect;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is known of callback endpoints. */
final class Endpoints {
  private final String insertMissing;

  Endpoints(Dialect dialect) {
    this.insertMissing =
        switch (dialect) {
          case H2 ->
              """
              merge into endpoint e using (select id from instance where id = ?) i
              on e.instance_id = i.id
              when not matched then insert (instance_id, disabled) values (i.id, false)
              """;
          case POSTGRESQL ->
              """
              insert into endpoint (instance_id, disabled)
              select id, false from instance where id = ? on conflict do nothing
              """;
        };
  }

  /** The later of two times counts: answers of parallel attempts come in any order. */
  void slowDown(Handle handle, long instance, Instant until, String reason) {
    handle.execute(insertMissing, instance);
    handle
        .createUpdate(
            "update endpoint set slow_until = :until, reason = :reason"
                + " where instance_id = :id and (slow_until is null or slow_until < :until)")
        .bind("until", Columns.time(until))
        .bind("reason", reason)
        .bind("id", instance)
        .execute();
  }

  void disable(Handle handle, long instance, String reason) {
    handle.execute(insertMissing, instance);
    handle.execute(
        "update endpoint set disabled = true, reason = ? where instance_id = ?", reason, instance);
  }

  void enable(Handle handle, long instance) {
    handle.execute("delete from endpoint where instance_id = ?", instance);
  }

  Optional<EndpointState> state(Handle handle, long instance) {
    return handle
        .createQuery("select disabled, slow_until, reason from endpoint where instance_id = ?")
        .bind(0, instance)
        .map(
            (row, context) ->
                new EndpointState(
                    row.getBoolean("disabled"),
                    Columns.instant(row, "slow_until"),
                    row.getString("reason")))
        .findOne();
  }
}
