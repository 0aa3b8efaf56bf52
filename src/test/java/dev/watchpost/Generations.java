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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A source whose every version is owed. Objects stand in groups; a group is one page, so its
 * records are judged and entered in one transaction. All objects of a group change together, and
 * only once the callback was sent one of the versions that it shows: then the whole group was read,
 * and entered for good. Most of these versions are still undelivered at that moment, and their
 * objects change all the same.
 *
 * <p>{@code /all} lists all objects of its half at every poll, {@code /changed} those of the other
 * half that changed since. Thread-safe.
 */
final class Generations implements AutoCloseable {
  static final int GROUPS = 16;
  static final int GROUP_SIZE = 125;
  static final int GENERATIONS = 10;
  static final int CHANGES = GROUPS * GROUP_SIZE * GENERATIONS;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OF_ALL = GROUPS / 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final PageGuard guard;
  private final Group[] groups = new Group[GROUPS];
  private int allowed;
  private int published;

  /** Told of every page, on the thread that serves it. */
  interface PageGuard {
    /** Nothing of the answer was sent. */
    void before();

    /** Half of the answer was sent. */
    void halfway();
  }

  /** What a group shows; nothing before its first generation. */
  private static final class Group {
    int generation;
    boolean arrived = true;
    long created;
    long updated;
  }

  Generations(PageGuard guard) throws IOException {
    this.guard = guard;
    for (int group = 0; group < GROUPS; group++) {
      groups[group] = new Group();
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/all", exchange -> serve(exchange, 0, OF_ALL));
    server.createContext("/changed", exchange -> serve(exchange, OF_ALL, GROUPS));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** So many of all changes may have happened from now on, in whole groups. */
  synchronized void allow(int changes) {
    allowed = changes / GROUP_SIZE;
    change();
  }

  /** This version was sent to the callback. */
  synchronized void arrived(JsonNode record) {
    Group group = groups[record.path("group").asInt()];
    if (group.generation == record.path("version").asInt()) {
      group.arrived = true;
      change();
    }
  }

  /** Groups take turns. */
  private void change() {
    for (int generation = 0; generation < GENERATIONS; generation++) {
      for (Group group : groups) {
        if (published < allowed && group.generation == generation && group.arrived) {
          published++;
          group.generation++;
          group.arrived = false;
          group.updated = Math.max(System.currentTimeMillis(), group.updated + 1);
          group.created = group.generation == 1 ? group.updated : group.created;
        }
      }
    }
  }

  private void serve(HttpExchange exchange, int first, int end) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    int from = Integer.parseInt(query.getOrDefault("cursor", Integer.toString(first)));
    byte[] body = page(from, end, Long.parseLong(query.getOrDefault("since", "0")));
    try (exchange) {
      guard.before();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, body.length / 2);
      exchange.getResponseBody().flush();
      guard.halfway();
      exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : text == null ? new String[0] : text.split("&")) {
      int equals = parameter.indexOf('=');
      parameters.put(
          parameter.substring(0, equals),
          URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private synchronized byte[] page(int from, int end, long since) throws IOException {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode items = page.putArray("items");
    int shown = next(from, end, since);
    if (shown < end) {
      for (int object = 0; object < GROUP_SIZE; object++) {
        items.add(record(shown, object));
      }
      int following = next(shown + 1, end, since);
      page.put("next", following < end ? Integer.toString(following) : null);
    }
    return JSON.writeValueAsBytes(page);
  }

  private int next(int from, int end, long since) {
    int group = from;
    while (group < end && (groups[group].generation == 0 || groups[group].updated < since)) {
      group++;
    }
    return group;
  }

  private ObjectNode record(int group, int object) {
    Group of = groups[group];
    return JSON.createObjectNode()
        .put("id", id(group, object))
        .put("group", group)
        .put("version", of.generation)
        .put("created", of.created)
        .put("updated", of.updated)
        .put("text", "some text that makes the record as long as records are, more or less");
  }

  private static String id(int group, int object) {
    return "%d-%d".formatted(group, object);
  }

  /** Of all objects. */
  static Stream<String> ids() {
    return IntStream.range(0, GROUPS)
        .boxed()
        .flatMap(group -> IntStream.range(0, GROUP_SIZE).mapToObj(object -> id(group, object)));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
