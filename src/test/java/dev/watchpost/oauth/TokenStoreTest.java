package dev.watchpost.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.TestDatabase;
import dev.watchpost.store.Database;
import dev.watchpost.store.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may write the tokens of an instance, on both databases. */
class TokenStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Secrets secrets = Secrets.withKeys(Secrets.newKey());
  private Database database;
  private TokenStore store;

  private void open(TestDatabase kind) {
    database = Database.open(kind.freshUrl(), null, null);
    store = new TokenStore(database, secrets);
    for (long id = 1; id <= 2; id++) {
      String name = "i" + id;
      database.write(
          handle ->
              handle.execute(
                  """
                  insert into instance (token, token_hash, element_key, name, tags, configuration,
                    provider_data, disabled, delivering, created_at)
                  values ('t', ?, 'rest', ?, '[]', 'c', 'p', false, true, current_timestamp)
                  """,
                  name,
                  name));
    }
    store.save(1, tokens("first"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Tokens tokens(String access) {
    return new Tokens(
        access,
        "refresh-" + access,
        NOW,
        NOW.plusSeconds(3600),
        "https://login.example.com/token",
        Map.of("resource_owner_id", "o1"));
  }

  private TokenStore.Row row() {
    return store.find(1).orElseThrow();
  }

  private long claim(Instant now) {
    return store.claim(1, row().version(), now, now.plus(LEASE)).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void tokens_come_back_as_they_were_saved_and_go_with_their_instance(TestDatabase kind) {
    open(kind);

    assertThat(row().tokens()).isEqualTo(tokens("first"));
    assertThat(row().refused()).isNull();
    database.write(handle -> handle.execute("delete from instance where id = 1"));
    assertThat(store.find(1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tokens_of_one_instance_do_not_open_as_those_of_another(TestDatabase kind) {
    open(kind);
    database.write(handle -> handle.execute("update oauth_token set instance_id = 2"));

    assertThatThrownBy(() -> store.find(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not open");
  }

  @ParameterizedTest
  @EnumSource
  void claimed_row_is_not_claimed_again_until_the_claim_lapses(TestDatabase kind) {
    open(kind);
    claim(NOW);

    long version = row().version();
    Instant lapsed = NOW.plus(LEASE);
    assertThat(store.claim(1, version, lapsed.minusMillis(1), lapsed.plus(LEASE))).isEmpty();
    assertThat(store.claim(1, version, lapsed, lapsed.plus(LEASE))).contains(version + 1);
  }

  @ParameterizedTest
  @EnumSource
  void row_that_has_changed_is_not_claimed(TestDatabase kind) {
    open(kind);
    long seen = row().version();
    store.save(1, tokens("second"));

    assertThat(store.claim(1, seen, NOW, NOW.plus(LEASE))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void lost_claim_writes_nothing(TestDatabase kind) {
    open(kind);
    long slow = claim(NOW);
    long next = claim(NOW.plus(LEASE));

    assertThat(store.renew(1, slow, tokens("late"))).isFalse();
    store.release(1, slow, "late");
    assertThat(row())
        .returns(tokens("first"), TokenStore.Row::tokens)
        .returns(null, r -> r.refused());
    assertThat(store.renew(1, next, tokens("second"))).isTrue();
    assertThat(row().tokens()).isEqualTo(tokens("second"));
  }

  @ParameterizedTest
  @EnumSource
  void new_authentication_wins_over_a_renewal_under_way(TestDatabase kind) {
    open(kind);
    long renewal = claim(NOW);
    store.save(1, tokens("authenticated anew"));

    assertThat(store.renew(1, renewal, tokens("renewed"))).isFalse();
    assertThat(row().tokens()).isEqualTo(tokens("authenticated anew"));
    assertThat(claim(NOW)).as("nobody holds it").isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void refusal_is_remembered_until_settings_or_tokens_change(TestDatabase kind) {
    open(kind);
    store.release(1, claim(NOW), "it was revoked");
    assertThat(row().refused()).isEqualTo("it was revoked");

    database.write(handle -> store.forgive(handle, 1));
    assertThat(row().refused()).isNull();
    store.release(1, claim(NOW), "it was revoked");
    store.save(1, tokens("second"));
    assertThat(row().refused()).isNull();
  }
}
