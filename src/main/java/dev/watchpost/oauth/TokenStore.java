package dev.watchpost.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.store.Database;
import dev.watchpost.store.SealedColumn;
import dev.watchpost.store.Secrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The tokens of instances, in table {@code oauth_token}, sealed. One process at a time may ask for
 * new ones: it claims the row, asks without a connection, and writes only if the row is still the
 * one it claimed. Thread-safe.
 */
public final class TokenStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is sealed. */
  public static final SealedColumn SEALED =
      new SealedColumn("oauth_token", "instance_id", "tokens", TokenStore::context);

  private final Database database;
  private final Secrets secrets;

  public TokenStore(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * @param version to claim or write with
   * @param refused why its refresh token no longer works; null: it was never refused
   */
  record Row(Tokens tokens, long version, String refused) {}

  /** As {@link Tokens}, in JSON. */
  private record Sealed(
      String access,
      String refresh,
      String issuedAt,
      String expiresAt,
      String tokenUrl,
      Map<String, String> facts) {}

  Optional<Row> find(long instanceId) {
    return database.read(
        handle ->
            handle
                .select("select * from oauth_token where instance_id = ?", instanceId)
                .map((row, context) -> row(row))
                .findOne());
  }

  private Row row(ResultSet row) throws SQLException {
    String context = context(row.getLong("instance_id"));
    return new Row(
        open(secrets.open(row.getString("tokens"), context)),
        row.getLong("version"),
        row.getString("refused"));
  }

  /** New tokens, whatever was there; whoever is asking for others finds that out. */
  void save(Handle handle, long instanceId, Tokens tokens) {
    // the instance's row is there already: it keeps a second one from inserting at the same time
    handle.execute("select id from instance where id = ? for update", instanceId);
    int updated =
        handle.execute(
            """
            update oauth_token set tokens = ?, expires_at = ?, version = version + 1,
              leased_until = null, refused = null where instance_id = ?
            """,
            sealed(instanceId, tokens),
            tokens.expiresAt(),
            instanceId);
    if (updated == 0) {
      handle.execute(
          "insert into oauth_token (instance_id, tokens, expires_at, version) values (?, ?, ?, 1)",
          instanceId,
          sealed(instanceId, tokens),
          tokens.expiresAt());
    }
  }

  void save(long instanceId, Tokens tokens) {
    database.write(handle -> save(handle, instanceId, tokens));
  }

  void delete(Handle handle, long instanceId) {
    handle.execute("delete from oauth_token where instance_id = ?", instanceId);
  }

  /** The refresh token may be tried again: what it is asked with has changed. */
  void forgive(Handle handle, long instanceId) {
    handle.execute("update oauth_token set refused = null where instance_id = ?", instanceId);
  }

  /**
   * @param until when the claim lapses
   * @return the version to write with; empty: someone else holds the row or has changed it
   */
  Optional<Long> claim(long instanceId, long version, Instant now, Instant until) {
    int claimed =
        write(
            """
            update oauth_token set version = version + 1, leased_until = ?
            where instance_id = ? and version = ? and (leased_until is null or leased_until <= ?)
            """,
            until,
            instanceId,
            version,
            now);
    return claimed == 1 ? Optional.of(version + 1) : Optional.empty();
  }

  /** False where the claim was lost: nothing is written then. */
  boolean renew(long instanceId, long claim, Tokens tokens) {
    return write(
            """
            update oauth_token set tokens = ?, expires_at = ?, version = version + 1,
              leased_until = null, refused = null where instance_id = ? and version = ?
            """,
            sealed(instanceId, tokens),
            tokens.expiresAt(),
            instanceId,
            claim)
        == 1;
  }

  /**
   * Gives a claim back.
   *
   * @param refused why the refresh token no longer works; null: that is not known
   */
  void release(long instanceId, long claim, String refused) {
    write(
        """
        update oauth_token set version = version + 1, leased_until = null, refused = ?
        where instance_id = ? and version = ?
        """,
        refused,
        instanceId,
        claim);
  }

  private int write(String sql, Object... values) {
    return database.transaction(handle -> handle.execute(sql, values));
  }

  /** A row's seal opens in that row only. */
  private static String context(long instanceId) {
    return "oauth_token.tokens." + instanceId;
  }

  private String sealed(long instanceId, Tokens tokens) {
    Instant ends = tokens.expiresAt();
    Sealed sealed =
        new Sealed(
            tokens.access(),
            tokens.refresh(),
            tokens.issuedAt().toString(),
            ends == null ? null : ends.toString(),
            tokens.tokenUrl(),
            tokens.facts());
    try {
      return secrets.seal(JSON.writeValueAsString(sealed), context(instanceId));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  private static Tokens open(String json) {
    try {
      Sealed sealed = JSON.readValue(json, Sealed.class);
      return new Tokens(
          sealed.access,
          sealed.refresh,
          Instant.parse(sealed.issuedAt),
          sealed.expiresAt == null ? null : Instant.parse(sealed.expiresAt),
          sealed.tokenUrl,
          sealed.facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored tokens are no JSON", e);
    }
  }
}
