package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source of a history: a real HTTP server whose records, filter, pages and failures the history
 * sets.
 */
final class HistorySource implements AutoCloseable {
  private static final Pattern FAILURE = Pattern.compile("(?:page (\\d+): )?(\\d+)");

  private final HttpServer server;
  private final Clock clock;
  private final boolean filters;
  private final int pageSize;
  private final Map<String, JsonNode> records = new LinkedHashMap<>();
  private volatile String fails;

  HistorySource(JsonNode source, Clock clock) {
    this.clock = clock;
    this.filters = source.path("filter").asText().equals("since");
    this.pageSize = source.path("pageSize").asInt(Integer.MAX_VALUE);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/things", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void put(JsonNode record) {
    records.put(record.path("id").asText("no id " + records.size()), record);
  }

  synchronized void drop(String id) {
    records.remove(id);
  }

  /** Null: it does not. */
  void fails(String how) {
    fails = how;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    exchange
        .getResponseHeaders()
        .set(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    int status = status(page);
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    List<JsonNode> shown = shown(query.get("since"));
    int from = Math.min(shown.size(), (page - 1) * pageSize);
    int to = (int) Math.min(shown.size(), (long) page * pageSize);
    if (to < shown.size()) {
      exchange
          .getResponseHeaders()
          .add("Link", "<%s/things?page=%d>; rel=\"next\"".formatted(url(), page + 1));
    }
    byte[] body = shown.subList(from, to).toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int status(int page) {
    if (fails == null) {
      return 200;
    }
    Matcher how = FAILURE.matcher(fails);
    if (!how.matches()) {
      throw new IllegalArgumentException("no failure: " + fails);
    }
    boolean thisPage = how.group(1) == null || Integer.parseInt(how.group(1)) == page;
    return thisPage ? Integer.parseInt(how.group(2)) : 200;
  }

  private List<JsonNode> shown(String since) {
    List<JsonNode> all = new ArrayList<>(records.values());
    return filters
        ? all.stream()
            .filter(record -> record.path("updated_at").asText().compareTo(since) >= 0)
            .toList()
        : all;
  }

  private static Map<String, String> query(String raw) {
    if (raw == null) {
      return Map.of();
    }
    return Pattern.compile("&")
        .splitAsStream(raw)
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
