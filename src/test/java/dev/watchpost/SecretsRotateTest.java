package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.oauth.Tokens;
import dev.watchpost.store.Database;
import dev.watchpost.store.KeyRotation;
import dev.watchpost.store.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code watchpost.secrets.key} is replaced: nothing is lost, and the old key can go. */
class SecretsRotateTest {
  private static final String OLD = Secrets.newKey();
  private static final String NEW = Secrets.newKey();
  private static final String REQUEST =
      """
      {"element": {"key": "rest"}, "providerData": {"hint": "h1"},
       "configuration": {"base.url": "http://127.0.0.1:1", "authentication.token": "a-token"}}
      """;

  private String url;

  private TestWatchpost with(String keys) throws Exception {
    return new TestWatchpost(url, Clock.systemUTC(), Map.of("watchpost.secrets.key", keys));
  }

  private static long create(TestWatchpost running) throws Exception {
    JsonNode request = new ObjectMapper().readTree(REQUEST);
    return running.watchpost().instances().create(request, null).instance().id();
  }

  private static Tokens tokens() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    return new Tokens("access", "refresh", now, now.plusSeconds(60), "https://a.test/", Map.of());
  }

  private static String token(TestWatchpost running, long id) {
    return running
        .watchpost()
        .instances()
        .find(id)
        .orElseThrow()
        .configuration()
        .get("authentication.token");
  }

  private static List<String> sealed(Database database) {
    List<String> texts = new ArrayList<>();
    for (String column :
        List.of(
            "token from instance",
            "configuration from instance",
            "provider_data from instance",
            "tokens from oauth_token")) {
      texts.addAll(
          database.read(
              handle -> handle.createQuery("select " + column).mapTo(String.class).list()));
    }
    return texts;
  }

  @ParameterizedTest
  @EnumSource
  void a_new_key_before_the_old_one_seals_everything_anew_and_the_old_one_can_go(TestDatabase kind)
      throws Exception {
    url = kind.freshUrl();
    long id;
    List<String> before;
    try (TestWatchpost running = with(OLD)) {
      id = create(running);
      running
          .database()
          .write(
              handle ->
                  TestWatchpost.tokens(running.database(), Secrets.withKeys(OLD), Clock.systemUTC())
                      .save(handle, id, tokens()));
      before = sealed(running.database());
    }
    try (TestWatchpost running = with(NEW + ", " + OLD)) {
      assertThat(sealed(running.database())).hasSize(4).doesNotContainAnyElementsOf(before);
    }
    try (TestWatchpost running = with(NEW)) {
      assertThat(token(running, id)).isEqualTo("a-token");
    }
    assertThatThrownBy(() -> with(OLD)).isInstanceOf(KeyRotation.MissingKey.class);
    kind.drop(url);
  }

  @ParameterizedTest
  @EnumSource
  void keys_are_replaced_while_everything_runs(TestDatabase kind) throws Exception {
    url = kind.freshUrl();
    try (TestWatchpost running = with(OLD)) {
      long first = create(running);
      running.watchpost().rotate(NEW + "," + OLD, OLD);
      long second = create(running);
      running.watchpost().rotate(NEW, NEW + "," + OLD);
      assertThat(token(running, first)).isEqualTo("a-token");
      assertThat(token(running, second)).isEqualTo("a-token");
      assertThatThrownBy(() -> running.watchpost().rotate(OLD, NEW))
          .isInstanceOf(KeyRotation.MissingKey.class);
      assertThat(token(running, create(running))).as("the former key").isEqualTo("a-token");
    }
    kind.drop(url);
  }

  @Test
  void keys_are_read_again_from_files_and_wrong_ones_passed_over() throws Exception {
    url = TestDatabase.H2.freshUrl();
    try (TestWatchpost running = with(OLD)) {
      long id = create(running);
      AtomicReference<String> file = new AtomicReference<>(OLD);
      ChangedKeys changed = new ChangedKeys(running.watchpost(), OLD, file::get);
      List<String> before = sealed(running.database());
      for (String wrong : Arrays.asList(OLD, null, "no key", NEW)) {
        file.set(wrong);
        changed.run();
        assertThat(sealed(running.database())).as(wrong).isEqualTo(before);
      }
      file.set(NEW + "," + OLD);
      changed.run();
      assertThat(sealed(running.database())).doesNotContainAnyElementsOf(before);
      file.set(NEW);
      changed.run();
      assertThat(token(running, create(running))).isEqualTo("a-token");
      assertThat(token(running, id)).isEqualTo("a-token");
    }
    try (TestWatchpost running = with(NEW)) {
      assertThat(sealed(running.database())).as("all with the new one").hasSize(6);
    }
    TestDatabase.H2.drop(url);
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_key_stops_the_start_with_one_line(TestDatabase kind) throws Exception {
    url = kind.freshUrl();
    try (TestWatchpost running = with(OLD)) {
      create(running);
    }
    assertThatThrownBy(() -> with(NEW))
        .satisfies(
            failure ->
                assertThat(StartFailure.line(new IllegalStateException(failure)))
                    .isEqualTo(
                        "watchpost.secrets.key: instance.token holds texts that another key has"
                            + " sealed; write that key there, after the new one and a comma if it"
                            + " was replaced"));
    assertThatThrownBy(() -> with("c2hvcnQ="))
        .satisfies(
            failure ->
                assertThat(StartFailure.line(failure))
                    .isEqualTo(
                        "watchpost.secrets.key: expected 32 bytes as Base64, found 5 bytes"));
    kind.drop(url);
  }
}
