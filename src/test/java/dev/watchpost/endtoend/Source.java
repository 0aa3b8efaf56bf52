package dev.watchpost.endtoend;

import dev.watchpost.LoopbackServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API of records on loopback whose clock is the test's: answers as its {@link Api} says. */
final class Source implements AutoCloseable {

  /** What it answers to a request. */
  interface Api {
    void answer(Source source, HttpServerRequest request);
  }

  private final LoopbackServer server;
  private final Clock clock;
  private final Api api;
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private final Map<String, String> records = new LinkedHashMap<>();

  Source(Clock clock, Api api) {
    this.clock = clock;
    this.api = api;
    server = new LoopbackServer(this::handle);
  }

  /** Lists all its records, whatever is asked. */
  static Source ofRecords(Clock clock) {
    return new Source(clock, (source, request) -> list(request, source.records()));
  }

  String url() {
    return server.url();
  }

  /** Path and query of each request, as sent. */
  List<String> targets() {
    return targets;
  }

  /** A record as JSON, by id, in the order first put. */
  synchronized void put(String id, String json) {
    records.put(id, json);
  }

  synchronized void drop(String id) {
    records.remove(id);
  }

  synchronized List<String> records() {
    return List.copyOf(records.values());
  }

  private void handle(HttpServerRequest request) {
    targets.add(request.uri());
    request
        .response()
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    api.answer(this, request);
  }

  /** A list of records. */
  static void list(HttpServerRequest request, List<String> records) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end("[" + String.join(",", records) + "]");
  }

  @Override
  public void close() {
    server.close();
  }
}
