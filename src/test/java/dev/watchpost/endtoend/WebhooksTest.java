package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import dev.watchpost.outbox.EventFilter;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks of sources, through the REST API to the callback. */
class WebhooksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "It's a Secret to Everybody";
  private static final String STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Receiver receiver = new Receiver();
  private volatile Callable<?> whilePolled = () -> null;
  private volatile boolean tagged;
  private final Source source =
      new Source(
          Clock.systemUTC(),
          (same, request) -> {
            List<String> shown = same.records();
            try {
              whilePolled.call();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            if (tagged) {
              answerTagged(request, shown);
            } else {
              Source.list(request, shown);
            }
          });
  private TestWatchpost running;
  private Api api;
  private long instance;

  @AfterEach
  void stop() {
    running.close();
    receiver.close();
    source.close();
  }

  private static void answerTagged(HttpServerRequest request, List<String> shown) {
    String tag = "\"" + shown.hashCode() + "\"";
    if (tag.equals(request.getHeader("If-None-Match"))) {
      request.response().setStatusCode(304).end();
    } else {
      request.response().putHeader("ETag", tag);
      Source.list(request, shown);
    }
  }

  private void start(String element, Map<String, String> settings) throws Exception {
    start(TestDatabase.H2, element, settings);
  }

  private void start(TestDatabase database, String element, Map<String, String> settings)
      throws Exception {
    running = new TestWatchpost(database.freshUrl(), Clock.systemUTC(), Map.of()).start();
    api = Api.of(running.context(), running.watchpost());
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", element);
    ObjectNode configuration = request.putObject("configuration");
    configuration.put("event.notification.enabled", "true");
    configuration.put("event.notification.callback.url", receiver.url());
    configuration.put("event.vendor.type", "webhooks");
    configuration.put("event.poller.refresh_interval", "500000");
    settings.forEach(configuration::put);
    instance = api.send("POST", "/instances", request.toString()).path("id").asLong();
  }

  private String url(String element) {
    String id = Long.toString(instance);
    return "/events/%s/%s"
        .formatted(
            element, Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII)));
  }

  private List<String> entered() {
    return running.watchpost().outbox().events(EventFilter.of(instance), 1_000, 0).stream()
        .sorted(Comparator.comparing(stored -> stored.event().sequence()))
        .sorted(Comparator.comparing(stored -> stored.notificationId()))
        .map(
            stored ->
                "%s %s %s"
                    .formatted(
                        stored.event().type(), stored.objectType(), stored.event().objectId()))
        .toList();
  }

  private void heard(String... events) {
    await().untilAsserted(() -> assertThat(Heard.events(receiver.received())).contains(events));
  }

  // GitHub

  private static final Map<String, String> REPOSITORY =
      Map.of(
          "github.owner", "octo-org", "github.repo", "octo-repo", "event.webhook.secret", SECRET);

  private void startGithub() throws Exception {
    Map<String, String> settings = new java.util.HashMap<>(REPOSITORY);
    settings.put("base.url", source.url());
    settings.put("authentication.token", "t");
    start("github", settings);
  }

  private static String issue(String action, long id, String title, String updated) {
    return """
        {"action":"%s","issue":{"id":%d,"title":"%s","score":1.10,"created_at":"2026-11-25T08:00:00Z","updated_at":"%s","labels":[{"id":1}]},
         "repository":{"name":"octo-repo","owner":{"login":"Octo-Org"},"default_branch":"main"}}"""
        .formatted(action, id, title, updated);
  }

  private HttpResponse<String> github(String path, String event, String body) throws Exception {
    return api.post(
        path,
        "application/json",
        body,
        "X-GitHub-Event",
        event,
        "X-GitHub-Delivery",
        UUID.randomUUID().toString(),
        "X-Hub-Signature-256",
        "sha256=" + hex(hmac(SECRET, body)));
  }

  @Test
  void github_webhooks_become_events_of_the_callback_in_order_and_each_once() throws Exception {
    startGithub();
    String opened = issue("opened", 9007199254740995L, "a", "2026-11-25T09:00:00Z");
    String edited = issue("edited", 9007199254740995L, "b", "2026-11-25T09:00:00Z");
    String deleted = issue("deleted", 9007199254740995L, "b", "2026-11-25T09:00:00Z");
    for (String body : List.of(opened, edited, deleted, opened, edited, deleted)) {
      assertThat(github(url("github"), "issues", body).statusCode()).isEqualTo(200);
    }
    assertThat(github(url("github"), "ping", "{\"zen\":\"Keep it simple\"}").body())
        .contains("\"received\":0");

    String id = "issues 9007199254740995";
    assertThat(entered()).containsExactly("CREATED " + id, "UPDATED " + id, "DELETED " + id);
    heard("CREATED 9007199254740995", "UPDATED 9007199254740995", "DELETED 9007199254740995");
    JsonNode first = Heard.message(receiver.received().get(0));
    assertThat(first.at("/raw/issues/0")).isEqualTo(JSON.readTree(opened).path("issue"));
    assertThat(first.at("/events/0/date").asText()).isEqualTo("2026-11-25T09:00:00Z");
  }

  @Test
  void github_pushes_to_the_default_branch_tell_their_commits() throws Exception {
    startGithub();
    String push =
        """
        {"ref":"refs/heads/main","repository":{"name":"octo-repo","owner":{"login":"octo-org"},"default_branch":"main"},
         "commits":[{"id":"c1","distinct":true,"message":"m","timestamp":"2026-11-25T10:00:00+01:00"},
                    {"id":"c0","distinct":false,"timestamp":"2026-11-25T09:00:00+01:00"}]}""";
    assertThat(github(url("github"), "push", push).statusCode()).isEqualTo(200);
    github(url("github"), "push", push.replace("heads/main", "heads/other").replace("c1", "c2"));
    assertThat(entered()).containsExactly("CREATED commits c1");
  }

  @Test
  void github_form_bodies_are_signed_as_they_are() throws Exception {
    startGithub();
    String json = issue("opened", 1, "a + b", "2026-11-25T09:00:00Z");
    String body = "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        api.post(
            url("github"),
            "application/x-www-form-urlencoded",
            body,
            "X-GitHub-Event",
            "issues",
            "X-Hub-Signature-256",
            "sha256=" + hex(hmac(SECRET, body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(entered()).containsExactly("CREATED issues 1");
  }

  @Test
  void webhook_without_an_instance_in_its_url_finds_it_by_its_content() throws Exception {
    startGithub();
    String mine = issue("opened", 1, "a", "2026-11-25T09:00:00Z");
    assertThat(github("/events/github", "issues", mine).statusCode()).isEqualTo(200);
    String others = mine.replace("octo-repo", "another");
    assertThat(github("/events/github", "issues", others).statusCode()).isEqualTo(404);
    assertThat(api.post("/events/github", "application/json", mine).statusCode()).isEqualTo(401);
    assertThat(github("/events/github", "issues", "{}").statusCode()).isEqualTo(422);
    assertThat(github("/events/gitlab", "issues", mine).statusCode()).isEqualTo(404);
    assertThat(entered()).containsExactly("CREATED issues 1");
  }

  @Test
  void github_signature_of_the_published_example_is_accepted_and_others_are_not() throws Exception {
    startGithub();
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    String header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    String url = url("github");
    HttpResponse<String> good =
        api.post(url, "text/plain", "Hello, World!", "X-Hub-Signature-256", header);
    assertThat(good.statusCode()).as("signed, and no JSON").isEqualTo(422);
    assertThat(api.post(url, "text/plain", "Hello, World?", "X-Hub-Signature-256", header).body())
        .contains("x-hub-signature-256");
    assertThat(api.post(url, "application/json", "{}").statusCode()).isEqualTo(401);
    assertThat(api.call("GET", url + "?payload=%7B%7D", null).statusCode()).isEqualTo(401);
    assertThat(entered()).isEmpty();
  }

  @Test
  void secret_that_is_not_set_and_hooks_nobody_takes_are_refused_clearly() throws Exception {
    start(
        "github",
        Map.of(
            "github.owner",
            "o",
            "github.repo",
            "r",
            "authentication.token",
            "t",
            "base.url",
            source.url()));
    HttpResponse<String> answer = github(url("github"), "issues", "{}");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("event.webhook.secret");
    assertThat(github("/events/github/OTk5", "issues", "{}").statusCode()).isEqualTo(404);
    assertThat(github("/events/github/%3F", "issues", "{}").statusCode()).isEqualTo(404);
    assertThat(github(url("stripe"), "issues", "{}").statusCode()).isEqualTo(404);
    api.send(
        "PATCH",
        "/instances/" + instance,
        "{\"configuration\":{\"event.vendor.type\":\"polling\"}}");
    assertThat(github(url("github"), "issues", "{}").statusCode()).isEqualTo(404);
    assertThat(github(url("github"), "issues", " ".repeat((1 << 20) + 1)).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource
  void record_told_by_webhook_is_known_to_polls_and_not_told_twice(TestDatabase database)
      throws Exception {
    startPolling(database);
    github(url("github"), "issues", issue("opened", 1, "a", "2026-11-25T09:00:00Z"));
    // as polls show it: the same version with a field more
    source.put(
        "1", "{\"id\":1,\"title\":\"a\",\"more\":1,\"updated_at\":\"2026-11-25T09:00:00Z\"}");
    poll();
    assertThat(entered()).containsExactly("CREATED issues 1");
    source.put("1", "{\"id\":1,\"title\":\"b\",\"updated_at\":\"2026-11-25T09:00:07Z\"}");
    poll();
    assertThat(entered()).containsExactly("CREATED issues 1", "UPDATED issues 1");
    // late: told of what was before
    github(url("github"), "issues", issue("edited", 1, "a2", "2026-11-25T09:00:03Z"));
    github(url("github"), "issues", issue("deleted", 1, "b", "2026-11-25T09:00:07Z"));
    assertThat(entered()).endsWith("DELETED issues 1").hasSize(3);
    poll();
    assertThat(entered()).as("it is still there").endsWith("CREATED issues 1").hasSize(4);
    heard("CREATED 1", "UPDATED 1", "DELETED 1", "CREATED 1");
  }

  @ParameterizedTest
  @EnumSource
  void webhook_that_comes_while_a_poll_reads_fails_neither_and_is_the_later_word(
      TestDatabase database) throws Exception {
    startPolling(database);
    source.put("1", "{\"id\":1,\"title\":\"a\",\"updated_at\":\"2026-11-25T09:00:00Z\"}");
    source.put("2", "{\"id\":2,\"title\":\"a\",\"updated_at\":\"2026-11-25T09:00:00Z\"}");
    source.put("3", "{\"id\":3,\"title\":\"a\",\"updated_at\":\"2026-11-25T09:00:00Z\"}");
    whilePolled =
        () -> {
          github(url("github"), "issues", issue("opened", 1, "a", "2026-11-25T09:00:00Z"));
          github(url("github"), "issues", issue("edited", 2, "b", "2026-11-25T09:00:05Z"));
          return github(url("github"), "issues", issue("deleted", 3, "a", "2026-11-25T09:00:00Z"));
        };
    poll();
    List<String> told = List.of("CREATED issues 1", "UPDATED issues 2", "DELETED issues 3");
    assertThat(entered()).containsExactlyInAnyOrderElementsOf(told);

    whilePolled = () -> null;
    source.drop("3");
    source.put("2", "{\"id\":2,\"title\":\"b\",\"updated_at\":\"2026-11-25T09:00:05Z\"}");
    poll();
    assertThat(entered()).containsExactlyInAnyOrderElementsOf(told);
  }

  @ParameterizedTest
  @EnumSource
  void record_passed_over_for_a_webhook_is_shown_again_by_a_source_with_etags(TestDatabase database)
      throws Exception {
    startPolling(database);
    tagged = true;
    source.put("1", STILL_THERE);
    whilePolled = this::tellDeleted;
    poll();
    assertThat(entered()).containsExactly("DELETED issues 1");
    whilePolled = () -> null;
    poll();
    assertThat(entered()).endsWith("CREATED issues 1").hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void known_record_that_a_webhook_tells_of_is_shown_again_by_a_source_with_etags(
      TestDatabase database) throws Exception {
    startPolling(database);
    source.put("1", STILL_THERE);
    poll();
    tagged = true;
    whilePolled = this::tellDeleted;
    poll();
    assertThat(entered()).containsExactly("CREATED issues 1", "DELETED issues 1");
    whilePolled = () -> null;
    poll();
    assertThat(entered()).endsWith("CREATED issues 1").hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void poll_after_a_webhook_is_not_answered_304(TestDatabase database) throws Exception {
    startPolling(database);
    tagged = true;
    source.put("1", STILL_THERE);
    poll();
    tellDeleted();
    poll();
    assertThat(entered())
        .containsExactly("CREATED issues 1", "DELETED issues 1", "CREATED issues 1");
  }

  private static final String STILL_THERE =
      "{\"id\":1,\"title\":\"a\",\"updated_at\":\"2026-11-25T09:00:00Z\"}";

  private HttpResponse<String> tellDeleted() throws Exception {
    return github(url("github"), "issues", issue("deleted", 1, "a", "2026-11-25T09:00:00Z"));
  }

  @ParameterizedTest
  @EnumSource
  void the_same_webhook_many_times_at_once_beside_others_is_entered_once(TestDatabase database)
      throws Exception {
    startPolling(database);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String body = issue("opened", 1 + i % 5, "a", "2026-11-25T09:00:00Z");
      sent.add(() -> github(url("github"), "issues", body));
    }
    for (Future<HttpResponse<String>> answer : threads.invokeAll(sent)) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    threads.shutdown();
    assertThat(entered())
        .containsExactlyInAnyOrder(
            "CREATED issues 1",
            "CREATED issues 2",
            "CREATED issues 3",
            "CREATED issues 4",
            "CREATED issues 5");
  }

  /** Polls issues as well, the first time before this returns. */
  private void startPolling(TestDatabase database) throws Exception {
    Map<String, String> settings = new java.util.HashMap<>(REPOSITORY);
    settings.put("base.url", source.url());
    settings.put("authentication.token", "t");
    settings.put(
        "event.poller.configuration",
        """
        {"issues":{"url":"/issues","idField":"id","startFrom":"beginning","datesConfiguration":{
          "updatedDateField":"updated_at","updatedDateFormat":"yyyy-MM-dd'T'HH:mm:ss'Z'"}}}""");
    start(database, "github", settings);
    await()
        .until(
            () ->
                running.watchpost().polls().states(instance).stream()
                    .anyMatch(state -> state.cursor() != null));
  }

  private void poll() {
    assertThat(running.watchpost().polls().pollNow(instance, "issues", false).get(0).error())
        .isNull();
  }

  // Stripe

  private HttpResponse<String> stripe(String body, Instant signedAt) throws Exception {
    String time = Long.toString(signedAt.getEpochSecond());
    String signature = hex(hmac("whsec_test", time + "." + body));
    return api.post(
        url("stripe"),
        "application/json",
        body,
        "Stripe-Signature",
        "t=" + time + ",v1=" + "0".repeat(64) + ",v1=" + signature + ",v0=abc");
  }

  private static String stripeEvent(String id, String type, String customer, long created) {
    return """
        {"id":"%s","object":"event","type":"%s","created":%d,"pending_webhooks":%d,
         "data":{"object":%s}}"""
        .formatted(id, type, created, created % 3, customer);
  }

  @Test
  void stripe_events_are_told_once_each_however_often_they_are_sent() throws Exception {
    start("stripe", Map.of("authentication.token", "t", "event.webhook.secret", "whsec_test"));
    String one = "{\"id\":\"cus_1\",\"object\":\"customer\",\"name\":\"A\",\"created\":1700000000}";
    String two = one.replace("\"A\"", "\"B\"");
    Instant now = Instant.now();
    long at = now.getEpochSecond();
    assertThat(stripe(stripeEvent("evt_1", "customer.created", one, at), now).statusCode())
        .isEqualTo(200);
    stripe(stripeEvent("evt_2", "customer.updated", two, at + 5), now);
    // sent again later, its body not quite the same
    String again =
        stripeEvent("evt_1", "customer.created", one, at).replace("_webhooks\":", "_webhooks\":1");
    assertThat(stripe(again, now).body()).contains("\"repeated\":true");
    stripe(stripeEvent("evt_3", "customer.deleted", two, at + 9), now);
    assertThat(entered())
        .containsExactly(
            "CREATED customers cus_1", "UPDATED customers cus_1", "DELETED customers cus_1");
  }

  @Test
  void stripe_signature_is_good_for_five_minutes() throws Exception {
    start("stripe", Map.of("authentication.token", "t", "event.webhook.secret", "whsec_test"));
    String event =
        stripeEvent("evt_1", "customer.created", "{\"id\":\"c\",\"object\":\"customer\"}", 1);
    assertThat(stripe(event, Instant.now().minusSeconds(330)).statusCode()).isEqualTo(401);
    assertThat(stripe(event, Instant.now().plusSeconds(330)).statusCode()).isEqualTo(401);
    assertThat(stripe(event, Instant.now().minusSeconds(200)).statusCode()).isEqualTo(200);
    assertThat(
            api.post(url("stripe"), "application/json", event, "Stripe-Signature", "v1=1")
                .statusCode())
        .isEqualTo(401);
  }

  // Shopify

  private HttpResponse<String> shopify(String topic, String body, String secret) throws Exception {
    return api.post(
        "/events/shopify",
        "application/json",
        body,
        "X-Shopify-Topic",
        topic,
        "X-Shopify-Shop-Domain",
        "my-store.myshopify.com",
        "X-Shopify-Triggered-At",
        "2026-11-25T10:00:00.123456789Z",
        "X-Shopify-Hmac-Sha256",
        Base64.getEncoder().encodeToString(hmac(secret, body)));
  }

  @Test
  void shopify_webhooks_find_their_shop_and_are_signed_with_its_secret() throws Exception {
    start(
        "shopify",
        Map.of(
            "shopify.shop", "my-store", "authentication.key", "k", "event.webhook.secret", "hush"));
    String order =
        "{\"id\":450789469,\"total_price\":\"1.00\",\"updated_at\":\"2026-11-25T11:00:00+02:00\"}";
    assertThat(shopify("orders/create", order, "hush").statusCode()).isEqualTo(200);
    assertThat(shopify("orders/create", order, "wrong").statusCode()).isEqualTo(401);
    assertThat(shopify("app/uninstalled", "{\"id\":1}", "hush").body()).contains("\"received\":0");
    assertThat(shopify("orders/delete", "{\"id\":450789469}", "hush").statusCode()).isEqualTo(200);
    assertThat(entered()).containsExactly("CREATED orders 450789469", "DELETED orders 450789469");
  }

  // any other

  private HttpResponse<String> standard(String id, String body) throws Exception {
    long now = Instant.now().getEpochSecond();
    return api.post(
        url("rest"),
        "application/json",
        body,
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(now),
        "webhook-signature",
        new Webhook(STANDARD).sign(id, now, body));
  }

  private static String told(String type, String name) {
    return "{\"objectType\":\"things\",\"objectId\":7,\"eventType\":\"%s\",\"raw\":{\"id\":7,\"name\":\"%s\"}}"
        .formatted(type, name);
  }

  @Test
  void standard_webhooks_are_told_in_order_and_a_replay_enters_nothing() throws Exception {
    start("rest", Map.of("event.webhook.secret", STANDARD));
    String first = "[" + told("CREATED", "a") + "," + told("UPDATED", "b") + "]";
    assertThat(standard("msg_1", first).body()).contains("\"created\":1", "\"updated\":1");
    assertThat(standard("msg_1", first).body()).contains("\"repeated\":true");
    assertThat(standard("msg_2", told("CREATED", "b")).body()).contains("\"unchanged\":1");
    assertThat(standard("msg_3", told("CREATED", "a")).body()).contains("\"updated\":1");
    assertThat(standard("msg_4", told("DELETED", "a")).body()).contains("\"deleted\":1");
    assertThat(standard("msg_5", told("DELETED", "a")).body()).contains("\"unchanged\":1");
    assertThat(standard("msg_6", told("CREATED", "a")).body()).contains("\"created\":1");
    assertThat(entered())
        .containsExactly(
            "CREATED things 7",
            "UPDATED things 7",
            "UPDATED things 7",
            "DELETED things 7",
            "CREATED things 7");
    HttpResponse<String> unsigned = api.post(url("rest"), "application/json", first);
    assertThat(unsigned.statusCode()).isEqualTo(401);
    heard("CREATED 7", "UPDATED 7", "UPDATED 7", "DELETED 7", "CREATED 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"objectType\":\"t\",\"objectId\":\"\",\"eventType\":\"CREATED\"};objectId",
        "{\"objectType\":\"t\",\"objectId\":1,\"eventType\":\"MADE\"};eventType",
        "{\"objectType\":\"t\",\"objectId\":1,\"eventType\":\"CREATED\",\"date\":\"soon\"};date",
        "{\"objectType\":\"t\",\"objectId\":1,\"eventType\":\"CREATED\",\"raw\":[]};raw",
        "[1];[0]",
        "{\"a\":;no JSON"
      })
  void what_is_no_event_is_refused_with_its_path(String bodyAndPath) throws Exception {
    start("rest", Map.of("event.webhook.signature", "none"));
    int split = bodyAndPath.lastIndexOf(';');
    HttpResponse<String> answer =
        api.post(url("rest"), "application/json", bodyAndPath.substring(0, split));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains(bodyAndPath.substring(split + 1));
    assertThat(entered()).isEmpty();
  }

  @Test
  void instance_maps_by_its_own_jsonata_and_takes_gets_forms_and_challenges() throws Exception {
    start(
        "rest",
        Map.of(
            "event.webhook.signature",
            "none",
            "event.webhook.mapping",
            "{'objectType': 'pets', 'objectId': pet, 'eventType': 'UPDATED', 'raw': {'id': pet, 'from': $query.from}}"));
    assertThat(
            api.call("GET", url("rest") + "?payload=%7B%22pet%22%3A1%7D&from=x", null).statusCode())
        .isEqualTo(200);
    assertThat(api.call("GET", url("rest") + "?pet=2", null).statusCode()).isEqualTo(200);
    assertThat(api.call("HEAD", url("rest") + "?pet=3", null).statusCode()).isEqualTo(200);
    assertThat(api.call("HEAD", "/events/rest/OTk=?pet=3", null).statusCode()).isEqualTo(404);
    assertThat(
            api.post(url("rest"), "application/x-www-form-urlencoded", "pet=3&other=4")
                .statusCode())
        .isEqualTo(200);
    HttpResponse<String> challenge = api.call("GET", url("rest") + "?challenge=%3Cb%3E1", null);
    assertThat(challenge.body()).isEqualTo("<b>1");
    assertThat(challenge.headers().firstValue("Content-Type"))
        .hasValue("text/plain; charset=utf-8");
    assertThat(entered()).containsExactly("UPDATED pets 1", "UPDATED pets 2", "UPDATED pets 3");
    HttpResponse<String> broken =
        api.call(
            "PATCH",
            "/instances/" + instance,
            "{\"configuration\":{\"event.webhook.mapping\":\"{'a': \"}}");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.body()).contains("event.webhook.mapping").contains("JSONata");
  }

  @Test
  void disabled_instance_asks_to_be_sent_again_later() throws Exception {
    start("rest", Map.of("event.webhook.secret", STANDARD));
    api.send("DELETE", "/instances/" + instance + "/enabled", null);
    HttpResponse<String> answer = standard("msg_1", told("CREATED", "a"));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    api.send("PUT", "/instances/" + instance + "/enabled", null);
    assertThat(standard("msg_1", told("CREATED", "a")).statusCode()).isEqualTo(200);
  }

  private static byte[] hmac(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
