package dev.watchpost.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * {@code POST /callback} on 127.0.0.1: checks the signatures and says in a line what it was told;
 * 401 where a signature is wrong.
 */
final class DemoReceiver implements AutoCloseable {

  private static final String PATH = "/callback";
  private static final int LARGEST_BODY = 16 * 1024 * 1024;
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final ObjectMapper json = new ObjectMapper();
  private final SignatureCheck signatures;
  private final Consumer<String> announce;
  private final LocalServer server;

  private DemoReceiver(int port, SignatureCheck signatures, Consumer<String> announce)
      throws IOException {
    this.signatures = signatures;
    this.announce = announce;
    this.server = LocalServer.start(port, PATH, this::answer);
  }

  static DemoReceiver start(int port, String key, Clock clock, Consumer<String> announce)
      throws IOException {
    return new DemoReceiver(port, new SignatureCheck(key, clock), announce);
  }

  String url() {
    return server.url() + PATH;
  }

  private void answer(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readNBytes(LARGEST_BODY);
    LocalServer.send(call, status(call, body), NOTHING);
  }

  private int status(HttpExchange call, byte[] body) throws IOException {
    if (!call.getRequestMethod().equals("POST")) {
      return 405;
    }
    String problem = signatures.problem(call.getRequestHeaders(), body);
    if (problem != null) {
      announce.accept("Callback: refused, it " + problem);
      return 401;
    }
    try {
      tell(json.readTree(body), call.getRequestHeaders().getFirst("webhook-id"));
      return 200;
    } catch (JsonProcessingException e) {
      announce.accept("Callback: refused, its body is not JSON");
      return 400;
    }
  }

  private void tell(JsonNode notification, String webhookId) {
    JsonNode message = notification.path("message");
    for (JsonNode event : message.path("events")) {
      announce.accept(
          "Callback: %s %s %s%s, signature verified (webhook-id %s)"
              .formatted(
                  event.path("eventType").asText(),
                  event.path("objectType").asText(),
                  event.path("objectId").asText(),
                  name(message.path("raw"), event),
                  webhookId));
    }
  }

  private static String name(JsonNode raw, JsonNode event) {
    for (JsonNode customer : raw.path(event.path("objectType").asText())) {
      boolean same = customer.path("id").asText().equals(event.path("objectId").asText());
      if (same && customer.has("name")) {
        return " - name \"%s\"".formatted(customer.get("name").asText());
      }
    }
    return "";
  }

  @Override
  public void close() {
    server.close();
  }
}
