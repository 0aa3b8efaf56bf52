package dev.watchpost.api;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.watchpost.store.Columns;
import dev.watchpost.store.Database;
import dev.watchpost.store.SealedColumn;
import dev.watchpost.store.Secrets;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Requests that bear an {@code Idempotency-Key} are done once (draft-ietf-httpapi-idempotency-key-
 * header-07): the answer is kept for a day and given again. What was refused is not kept, for then
 * nothing was done. Kept by organization, in table {@code idempotency_key}. Thread-safe.
 */
public final class IdempotencyKeys {
  /** Answers hold tokens. */
  public static final SealedColumn SEALED =
      new SealedColumn("idempotency_key", "id", "answer", id -> IdempotencyKeys.CONTEXT);

  private static final String CONTEXT = "idempotency_key.answer";
  private static final Duration KEPT = Duration.ofHours(24);

  /** Longer than any create takes: whoever claimed it has died. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final Database database;
  private final Secrets secrets;
  private final Clock clock;

  public IdempotencyKeys(Database database, Secrets secrets, Clock clock) {
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
  }

  private record Claim(long organization, String key, String request, Instant at) {}

  private record Row(String request, Instant claimedAt, String answer) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("request"), Columns.instant(row, "claimed_at"), row.getString("answer"));
    }
  }

  /**
   * Does {@code work} unless the same request was answered before.
   *
   * @param request hash of what is asked for
   * @param work gets what it has to call with its answer, in the transaction that does it
   * @throws Refusal 409 where the same request is being answered, 422 where the key was another's
   */
  Reply once(
      long organization, String key, String request, Consumer<BiConsumer<Handle, Object>> work) {
    Claim claim =
        new Claim(organization, key, request, clock.instant().truncatedTo(ChronoUnit.MICROS));
    Optional<String> before = database.transaction(handle -> claim(handle, claim));
    if (before.isPresent()) {
      String answer = secrets.open(before.get(), CONTEXT);
      return new Reply(200, Map.of("Idempotent-Replayed", "true"), new RawValue(answer));
    }
    String[] answered = new String[1];
    try {
      work.accept(
          (handle, answer) -> {
            answered[0] = new String(Json.write(answer), StandardCharsets.UTF_8);
            keep(handle, claim, answered[0]);
          });
    } catch (RuntimeException e) {
      release(claim);
      throw e;
    }
    return Reply.ok(new RawValue(answered[0]));
  }

  /** Sealed, what was answered before; empty: it is ours to do. */
  private static Optional<String> claim(Handle handle, Claim claim) {
    handle
        .select("select id from organization where id = ? for update", claim.organization)
        .mapTo(Long.class)
        .one();
    handle.execute(
        "delete from idempotency_key where organization_id = ? and name = ? and claimed_at <= ?",
        claim.organization,
        claim.key,
        claim.at.minus(KEPT));
    Optional<Row> known =
        handle
            .select(
                "select * from idempotency_key where organization_id = ? and name = ?",
                claim.organization,
                claim.key)
            .map((row, context) -> Row.of(row))
            .findOne();
    if (known.isEmpty()) {
      insert(handle, claim);
      return Optional.empty();
    }
    Row row = known.get();
    if (!row.request.equals(claim.request)) {
      throw Refusal.of(
          422, "this Idempotency-Key was sent with another request; take a new one for this");
    }
    if (row.answer == null) {
      takeOver(handle, claim, row);
    }
    return Optional.ofNullable(row.answer);
  }

  private static void insert(Handle handle, Claim claim) {
    handle.execute(
        "insert into idempotency_key (organization_id, name, request, claimed_at) values (?, ?, ?, ?)",
        claim.organization,
        claim.key,
        claim.request,
        claim.at);
  }

  private static void takeOver(Handle handle, Claim claim, Row row) {
    if (row.claimedAt.isAfter(claim.at.minus(LEASE))) {
      throw Refusal.conflict("the same request is being answered right now; send it again", "1");
    }
    handle.execute(
        "update idempotency_key set claimed_at = ? where organization_id = ? and name = ?",
        claim.at,
        claim.organization,
        claim.key);
  }

  private void keep(Handle handle, Claim claim, String answer) {
    int rows =
        handle.execute(
            "update idempotency_key set answer = ? where organization_id = ? and name = ? and claimed_at = ?",
            secrets.seal(answer, CONTEXT),
            claim.organization,
            claim.key,
            claim.at);
    if (rows != 1) {
      throw Refusal.conflict("this took so long that the same request is done by another", "1");
    }
  }

  private void release(Claim claim) {
    database.write(
        handle ->
            handle.execute(
                "delete from idempotency_key where organization_id = ? and name = ? and claimed_at = ? and answer is null",
                claim.organization,
                claim.key,
                claim.at));
  }

  /** Forgets what is older than a day. */
  public void purge() {
    Instant before = clock.instant().minus(KEPT);
    database.write(
        handle -> handle.execute("delete from idempotency_key where claimed_at <= ?", before));
  }
}
