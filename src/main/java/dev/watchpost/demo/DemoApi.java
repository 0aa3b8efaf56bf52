package dev.watchpost.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A small REST API of customers on 127.0.0.1 that changes by itself: {@code GET
 * /customers?updated_since=&page=&limit=} answers an array with RFC 8288 links, {@code POST
 * /customers} and {@code GET, PUT, PATCH, DELETE /customers/{id}} do what they say.
 */
final class DemoApi implements AutoCloseable {

  private static final String PATH = "/customers";
  private static final int LARGEST_BODY = 64 * 1024;

  private final ObjectMapper json = new ObjectMapper();
  private final Consumer<String> announce;
  private final Customers customers = new Customers(Clock.systemUTC());
  private final LocalServer server;
  private final ScheduledExecutorService life =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-changes");
            thread.setDaemon(true);
            return thread;
          });

  private DemoApi(int port, Consumer<String> announce) throws IOException {
    this.announce = announce;
    this.server = LocalServer.start(port, PATH, this::answer);
  }

  /**
   * @param port 0: any free one
   * @param announce gets a line for each change
   */
  static DemoApi start(int port, Consumer<String> announce) throws IOException {
    return new DemoApi(port, announce);
  }

  /**
   * From now on it changes by itself.
   *
   * @param first time until the first change
   * @param every time between them
   */
  void change(Duration first, Duration every) {
    life.scheduleAtFixedRate(
        new OwnChanges(customers, announce),
        first.toMillis(),
        every.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** {@code http://127.0.0.1:port}. */
  String url() {
    return server.url();
  }

  private void answer(HttpExchange call) throws IOException {
    try {
      String path = call.getRequestURI().getPath();
      if (path.equals(PATH)) {
        answerCollection(call);
      } else if (path.matches(PATH + "/\\d{1,18}")) {
        answerOne(call, Long.parseLong(path.substring(PATH.length() + 1)));
      } else {
        refuse(call, 404, "There is only " + PATH + " and " + PATH + "/{id}.");
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      refuse(call, 400, "The request is not what this API reads; it wants a JSON object.");
    }
  }

  private void answerCollection(HttpExchange call) throws IOException {
    switch (call.getRequestMethod()) {
      case "GET" -> list(call);
      case "POST" -> {
        Optional<ObjectNode> created = customers.create(body(call));
        if (created.isEmpty()) {
          refuse(call, 409, "There are enough customers; delete some first.");
        } else {
          done(call, 201, "created", created);
        }
      }
      default -> refuse(call, 405, "Use GET or POST.");
    }
  }

  private void answerOne(HttpExchange call, long id) throws IOException {
    switch (call.getRequestMethod()) {
      case "GET" -> done(call, 200, "", customers.find(id));
      case "PUT" -> done(call, 200, "edited", customers.change(id, body(call), true));
      case "PATCH" -> done(call, 200, "edited", customers.change(id, body(call), false));
      case "DELETE" -> done(call, 200, "deleted", customers.delete(id));
      default -> refuse(call, 405, "Use GET, PUT, PATCH or DELETE.");
    }
  }

  private void done(HttpExchange call, int status, String verb, Optional<ObjectNode> customer)
      throws IOException {
    if (customer.isEmpty()) {
      refuse(call, 404, "There is no such customer.");
      return;
    }
    if (!verb.isEmpty()) {
      announce.accept(OwnChanges.line(verb, customer.get()) + ", on request");
    }
    send(call, status, customer.get());
  }

  private void list(HttpExchange call) throws IOException {
    Map<String, String> query = LocalServer.query(call);
    List<ObjectNode> found = customers.changedSince(query.getOrDefault("updated_since", ""));
    int limit = Math.max(1, Integer.parseInt(query.getOrDefault("limit", "100")));
    int page = Math.max(1, Integer.parseInt(query.getOrDefault("page", "1")));
    int from = (int) Math.min((page - 1L) * limit, found.size());
    int to = (int) Math.min((long) from + limit, found.size());
    if (to < found.size()) {
      String next = "%s%s?%spage=%d&limit=%d".formatted(url(), PATH, since(query), page + 1, limit);
      call.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
    }
    send(call, 200, json.valueToTree(found.subList(from, to)));
  }

  private static String since(Map<String, String> query) {
    String since = query.get("updated_since");
    return since == null ? "" : "updated_since=" + LocalServer.encode(since) + "&";
  }

  private ObjectNode body(HttpExchange call) throws IOException {
    JsonNode body = json.readTree(call.getRequestBody().readNBytes(LARGEST_BODY));
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("not an object");
  }

  private void refuse(HttpExchange call, int status, String message) throws IOException {
    send(call, status, json.createObjectNode().put("message", message));
  }

  private void send(HttpExchange call, int status, JsonNode body) throws IOException {
    LocalServer.send(call, status, json.writeValueAsBytes(body));
  }

  @Override
  public void close() {
    life.shutdownNow();
    server.close();
  }
}
