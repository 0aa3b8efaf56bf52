package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A create that bears an Idempotency-Key is done once, however often it is sent. */
class IdempotentCreateTest {
  private static final String KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";
  private static final String REQUEST =
      """
      {"element":{"key":"rest"},"name":"once","configuration":{"base.url":"http://127.0.0.1:9",
       "authentication.token":"s3cret-of-the-source","event.nonsense":"x"}}
      """;

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private TestWatchpost running;
  private Api api;
  private Api other;

  private void start(TestDatabase database) throws Exception {
    Path tenants = directory.resolve("tenants.properties");
    Files.writeString(
        tenants,
        """
        other.organization = other-organization-secret
        other.user.o = other-other-other-oo-1
        """);
    running =
        new TestWatchpost(
            database.freshUrl(), clock, Map.of("watchpost.api.tenants", tenants.toString()));
    api = Api.of(running.context(), running.watchpost());
    other = api.as("User other-other-other-oo-1, Organization other-organization-secret");
    running.start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private HttpResponse<String> create(Api caller, String key, String body) throws Exception {
    return caller.call("POST", "/instances", body, "Idempotency-Key", key);
  }

  private int instances() throws Exception {
    return api.get("/instances").size();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void create_with_a_key_is_done_once_and_answered_the_same(TestDatabase database)
      throws Exception {
    start(database);
    HttpResponse<String> first = create(api, KEY, REQUEST);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(first.body()).contains("event.nonsense").doesNotContain("s3cret");

    HttpResponse<String> again = create(api, "\"" + KEY + "\"", REQUEST);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(instances()).isEqualTo(1);

    HttpResponse<String> otherBody = create(api, KEY, REQUEST.replace("once", "twice"));
    assertThat(otherBody.statusCode()).isEqualTo(422);
    assertThat(otherBody.body()).contains("Idempotency-Key");
    assertThat(api.call("POST", "/elements/rest/instances", REQUEST, "Idempotency-Key", KEY))
        .matches(answer -> answer.statusCode() == 422);
    assertThat(create(api, "another", REQUEST).body()).isNotEqualTo(first.body());
    assertThat(instances()).isEqualTo(2);

    assertThat(create(other, KEY, REQUEST).body()).isNotEqualTo(first.body());
    assertThat(instances()).isEqualTo(2);

    clock.advance(Duration.ofHours(24));
    assertThat(create(api, KEY, REQUEST).body()).isNotEqualTo(first.body());
    assertThat(instances()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void creates_with_one_key_at_the_same_time_make_one_instance(TestDatabase database)
      throws Exception {
    start(database);
    List<CompletableFuture<HttpResponse<String>>> calls =
        IntStream.range(0, 12)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> unchecked(REQUEST)))
            .toList();
    List<String> created = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      HttpResponse<String> answer = call.get();
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 409);
      if (answer.statusCode() == 200) {
        created.add(answer.body());
      } else {
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      }
    }
    assertThat(created).isNotEmpty();
    assertThat(created.stream().distinct()).hasSize(1);
    assertThat(instances()).isEqualTo(1);
  }

  private HttpResponse<String> unchecked(String body) {
    try {
      return create(api, KEY, body);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void refused_create_leaves_its_key_free_and_a_dead_one_is_taken_over(TestDatabase database)
      throws Exception {
    start(database);
    assertThat(create(api, KEY, "{\"element\":{\"key\":\"nothing\"}}").statusCode()).isEqualTo(400);
    assertThat(create(api, KEY, "{").statusCode()).isEqualTo(400);
    assertThat(create(api, "", REQUEST).statusCode()).isEqualTo(400);
    assertThat(create(api, "x".repeat(256), REQUEST).statusCode()).isEqualTo(400);
    JsonNode created = new ObjectMapper().readTree(create(api, KEY, REQUEST).body());
    assertThat(created.path("name").asText()).isEqualTo("once");

    // as a process leaves it that dies before it has created anything
    running.database().write(handle -> handle.execute("update idempotency_key set answer = null"));
    assertThat(create(api, KEY, REQUEST).statusCode()).isEqualTo(409);
    clock.advance(Duration.ofMinutes(2));
    assertThat(create(api, KEY, REQUEST).statusCode()).isEqualTo(200);
    assertThat(create(api, KEY, REQUEST).headers().firstValue("Idempotent-Replayed")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void kept_answers_are_sealed(TestDatabase database) throws Exception {
    start(database);
    JsonNode created = new ObjectMapper().readTree(create(api, KEY, REQUEST).body());
    String stored =
        running
            .database()
            .read(
                handle ->
                    handle.select("select answer from idempotency_key").mapTo(String.class).one());
    assertThat(stored).doesNotContain(created.path("token").asText()).doesNotContain("once");
  }
}
