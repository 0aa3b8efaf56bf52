package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Saved;
import dev.watchpost.poll.PollReport;
import dev.watchpost.source.HubReads;
import dev.watchpost.source.ShownRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The request of the contract's first page, to the letter, against a server that plays Sage. */
final class WatchingSageOneTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "MySecretEventSignatureKey";

  private final Receiver receiver = new Receiver();
  private ObjectNode request;
  private SageServer sage;
  private TestWatchpost watchpost;

  @BeforeEach
  void start() throws Exception {
    try (InputStream verbatim = getClass().getResourceAsStream("/contract-request.json")) {
      request = (ObjectNode) JSON.readTree(verbatim);
    }
    sage = new SageServer(request);
    watchpost = new TestWatchpost(TestDatabase.H2.freshUrl(), Clock.systemUTC(), Map.of()).start();
    ((ObjectNode) request.path("configuration"))
        .put("base.url", sage.url())
        .put("oauth.token.url", sage.url() + "/token")
        .put("event.notification.signature.key", KEY)
        .put("event.notification.callback.url", receiver.url())
        .put("event.poller.refresh_interval", "0.017");
  }

  @AfterEach
  void stop() {
    watchpost.close();
    sage.close();
    receiver.close();
  }

  @Test
  void the_contracts_own_request_is_authenticated_signed_polled_and_delivered() throws Exception {
    sage.save("old", "Known before", Instant.EPOCH, Instant.EPOCH);
    Saved saved = watchpost.watchpost().instances().create(request, null);
    long id = saved.instance().id();
    assertThat(saved.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("quote", "left open"));
    assertThat(sage.exchanges)
        .singleElement()
        .satisfies(
            form ->
                assertThat(form)
                    .containsEntry("grant_type", "authorization_code")
                    .containsEntry("code", "1c6ff4089d58d80e86482ab7d5b97f15dd7b041d")
                    .containsEntry("redirect_uri", "https://mycoolapp.com"));
    awaitServed(1);

    Instant created = now();
    sage.save("c1", "Ada & Söhne", created, created);

    awaitNotifications(1);
    Receiver.Received created1 = receiver.received().get(0);
    isTheEnvelope(created1, id, "CREATED", "create", "c1", created);
    isSigned(created1);

    Instant updated = created.plusSeconds(60);
    sage.save("c1", "Ada Lovelace", created, updated);
    sage.expireToken();

    awaitNotifications(2);
    isTheEnvelope(receiver.received().get(1), id, "UPDATED", "update", "c1", updated);
    assertThat(sage.exchanges).hasSize(2);
    assertThat(sage.exchanges.get(1)).containsEntry("refresh_token", "refresh-1");
    assertThat(sage.complaints).isEmpty();
  }

  @Test
  void every_page_is_read_once_and_the_last_one_is_known() throws Exception {
    Saved saved = watchpost.watchpost().instances().create(request, null);
    awaitServed(1);
    Instant created = now();
    for (int i = 1; i <= 4; i++) {
      sage.save("c" + i, "Customer " + i, created, created);
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(Heard.events(receiver.received()))
                    .containsExactlyInAnyOrder(
                        "CREATED c1", "CREATED c2", "CREATED c3", "CREATED c4"));
    assertThat(sage.served).anyMatch(target -> target.contains("page=2"));
    assertThat(sage.served).noneMatch(target -> target.contains("page=3"));
    assertThat(sage.complaints).isEmpty();
    assertThat(watchpost.watchpost().polls().states(saved.instance().id()).get(0).lastError())
        .isNull();
  }

  @Test
  void a_read_is_signed_renews_the_token_once_and_goes_on_page_by_page() throws Exception {
    ((ObjectNode) request.path("configuration")).put("event.notification.enabled", "false");
    Instance instance = watchpost.watchpost().instances().create(request, null).instance();
    for (int i = 1; i <= 3; i++) {
      sage.save("c" + i, "Customer " + i, Instant.EPOCH, Instant.EPOCH);
    }
    sage.expireToken();
    String query =
        "where=lastModifiedDate%3E%3D%271970-01-01T00%3A00%3A00Z%27%20and%20attributes%3D%27created_at%2Cupdated_at";

    HubReads reads = watchpost.watchpost().hubReads();
    HubReads.Page first = reads.read(instance, "/hubs/finance/customers", query, null, null);
    HubReads.Page second =
        reads.read(
            instance, "/hubs/finance/customers", query, null, first.nextPage().orElseThrow());

    assertThat(ids(first)).containsExactly("c1", "c2");
    assertThat(ids(second)).containsExactly("c3");
    assertThat(second.nextPage()).isEmpty();
    assertThat(sage.exchanges).hasSize(2);
    assertThat(sage.complaints).isEmpty();
  }

  private static List<String> ids(HubReads.Page page) throws Exception {
    List<String> ids = new ArrayList<>();
    for (String record : page.records()) {
      ids.add(JSON.readTree(record).path("id").asText());
    }
    return ids;
  }

  @Test
  void a_dry_run_shows_the_providers_request_and_no_secret() throws Exception {
    ObjectNode configuration = (ObjectNode) request.path("configuration");
    configuration.put("event.poller.refresh_interval", "60");
    long id = watchpost.watchpost().instances().create(request, null).instance().id();
    awaitServed(1);

    PollReport report = watchpost.watchpost().polls().pollNow(id, "customers", true).get(0);

    assertThat(report.error()).isNull();
    ShownRequest shown = report.requests().get(0);
    assertThat(shown.url())
        .startsWith(
            sage.url() + "/accounts/v3/contacts?contact_type_id=CUSTOMER&updated_or_created_since=")
        .contains("&attributes=created_at%2Cupdated_at&");
    assertThat(shown.headers())
        .contains(
            "Authorization: Bearer ********",
            "ocp-apim-subscription-key: ********",
            "X-Site: " + SageServer.OWNER)
        .anyMatch(header -> header.startsWith("X-Nonce: "))
        .anyMatch(header -> header.startsWith("X-Signature: "));
    assertThat(report.toString()).doesNotContain("xxxx", "access/1");
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private void awaitServed(int requests) {
    await().atMost(Duration.ofSeconds(20)).until(() -> sage.served.size() >= requests);
  }

  private void awaitNotifications(int many) {
    await().atMost(Duration.ofSeconds(20)).until(() -> receiver.received().size() >= many);
  }

  /** Field by field, nothing missing and nothing more. */
  private static void isTheEnvelope(
      Receiver.Received received,
      long id,
      String type,
      String action,
      String objectId,
      Instant date)
      throws Exception {
    JsonNode envelope = JSON.readTree(received.body());
    assertThat(names(envelope))
        .containsExactlyInAnyOrder(
            "severity", "createdDate", "topic", "action", "id", "user", "message");
    JsonNode message = envelope.path("message");
    Instant poll = Instant.ofEpochMilli(message.path("raw").path("pollDate").longValue());
    assertThat(envelope.path("severity").textValue()).isEqualTo("medium");
    assertThat(envelope.path("createdDate").textValue())
        .isEqualTo(
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
                .format(poll.atOffset(ZoneOffset.UTC)));
    assertThat(envelope.path("topic").textValue()).isEqualTo("instance-" + id + "-sageone-events");
    assertThat(envelope.path("action").textValue()).isEqualTo(action);
    assertThat(envelope.path("id").textValue()).matches("\\d+");
    assertThat(envelope.path("user").textValue()).isEqualTo("notifications@watchpost");
    isTheMessage(message, received, id);
    isTheEvent(message, type, objectId, date, poll);
  }

  private static void isTheMessage(JsonNode message, Receiver.Received received, long id) {
    assertThat(names(message))
        .containsExactlyInAnyOrder(
            "elementKey",
            "accountId",
            "eventId",
            "companyId",
            "instanceId",
            "instance_id",
            "instanceName",
            "instanceTags",
            "userId",
            "raw",
            "events");
    assertThat(message.path("elementKey").textValue()).isEqualTo("sageone");
    assertThat(message.path("accountId").isInt()).isTrue();
    assertThat(message.path("companyId").isInt()).isTrue();
    assertThat(message.path("userId").isInt()).isTrue();
    assertThat(message.path("eventId").textValue())
        .isEqualTo(received.headers().get("webhook-id"))
        .isEqualTo(received.headers().get("Elements-Webhook-Id"));
    assertThat(message.path("instanceId").longValue()).isEqualTo(id);
    assertThat(message.path("instance_id").longValue()).isEqualTo(id);
    assertThat(message.path("instanceName").textValue()).isEqualTo("API_Polling");
    assertThat(message.path("instanceTags").toString()).isEqualTo("[\"Test\"]");
  }

  private static void isTheEvent(
      JsonNode message, String type, String objectId, Instant date, Instant poll) {
    JsonNode raw = message.path("raw");
    assertThat(names(raw)).containsExactlyInAnyOrder("customers", "pollDate", "objectType");
    assertThat(raw.path("objectType").textValue()).isEqualTo("customers");
    assertThat(raw.path("customers")).hasSize(1);
    assertThat(names(raw.path("customers").get(0)))
        .containsExactly("id", "displayed_as", "$path", "created_at", "updated_at");
    assertThat(raw.path("customers").get(0).path("updated_at").textValue())
        .isEqualTo(date.toString());
    assertThat(message.path("events")).hasSize(1);
    JsonNode event = message.path("events").get(0);
    assertThat(names(event))
        .containsExactlyInAnyOrder(
            "date",
            "pollDate",
            "elementKey",
            "hubKey",
            "eventId",
            "eventType",
            "objectId",
            "objectType");
    assertThat(event.path("date").textValue()).isEqualTo(date.toString());
    assertThat(event.path("pollDate").textValue())
        .isEqualTo(poll.truncatedTo(ChronoUnit.SECONDS).toString());
    assertThat(event.path("elementKey").textValue()).isEqualTo("sageone");
    assertThat(event.path("hubKey").textValue()).isEqualTo("finance");
    assertThat(event.path("eventId").textValue()).isNotBlank();
    assertThat(event.path("eventType").textValue()).isEqualTo(type);
    assertThat(event.path("objectId").textValue()).isEqualTo(objectId);
    assertThat(event.path("objectType").textValue()).isEqualTo("customers");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static void isSigned(Receiver.Received received) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(received.body().getBytes(StandardCharsets.UTF_8));
    assertThat(received.headers().get("Elements-Webhook-Signature"))
        .isEqualTo("sha256=" + Base64.getEncoder().encodeToString(hash));
  }
}
