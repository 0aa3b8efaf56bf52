package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A source of thousands of records that never rests, and the callback that hears of it: every few
 * milliseconds a record is created or edited, {@code /records} lists them all, and {@code /hook/x}
 * keeps what it is sent.
 */
final class BusySource implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OLD = 5_000;
  private static final int MILLIS_BETWEEN_CHANGES = 20;

  private final HttpServer server;
  private final ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
  private final Map<Integer, ObjectNode> records = new TreeMap<>();
  private final Map<String, List<Heard>> heard = new TreeMap<>();
  private int turn;

  /** An event as the callback got it. */
  record Heard(String eventId, String type, int id, int version) {}

  BusySource() throws IOException {
    for (int id = 1; id <= OLD; id++) {
      records.put(id, record(id, 1, 0));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/records", this::list);
    server.createContext("/hook/", this::hear);
    server.start();
  }

  private static ObjectNode record(int id, int version, long at) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("version", version)
        .put("created", id <= OLD ? 0 : at)
        .put("updated", at)
        .put("text", "some text that makes the record as long as records are, more or less");
  }

  void change() {
    changes.scheduleAtFixedRate(this::changeOne, 0, MILLIS_BETWEEN_CHANGES, TimeUnit.MILLISECONDS);
  }

  /** No change comes after this. */
  void rest() throws InterruptedException {
    changes.shutdown();
    changes.awaitTermination(10, TimeUnit.SECONDS);
  }

  private synchronized void changeOne() {
    turn++;
    int id = turn % 2 == 0 ? records.size() + 1 : 1 + (turn * 7_919) % records.size();
    ObjectNode before = records.get(id);
    long now = System.currentTimeMillis();
    ObjectNode after = record(id, before == null ? 1 : before.path("version").asInt() + 1, now);
    if (before != null) {
      after.set("created", before.get("created"));
    }
    records.put(id, after);
  }

  /** Version by id, of all that was changed. */
  synchronized Map<Integer, Integer> changed() {
    Map<Integer, Integer> versions = new TreeMap<>();
    records.forEach(
        (id, record) -> {
          if (record.path("updated").asLong() > 0) {
            versions.put(id, record.path("version").asInt());
          }
        });
    return versions;
  }

  /** What that callback was told, in order. */
  List<Heard> heard(String name) {
    synchronized (heard) {
      return heard.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void list(HttpExchange exchange) throws IOException {
    byte[] body;
    synchronized (this) {
      ArrayNode all = JSON.createArrayNode();
      all.addAll(new ArrayList<>(records.values()));
      body = JSON.writeValueAsBytes(all);
    }
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody()).path("message");
      String name = exchange.getRequestURI().getPath().substring("/hook/".length());
      JsonNode raw = message.path("raw").path("records");
      for (JsonNode event : message.path("events")) {
        int id = event.path("objectId").asInt();
        int version = -1;
        for (JsonNode record : raw) {
          version = record.path("id").asInt() == id ? record.path("version").asInt() : version;
        }
        heard(name)
            .add(
                new Heard(
                    event.path("eventId").asText(), event.path("eventType").asText(), id, version));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    changes.shutdownNow();
    server.stop(0);
  }
}
