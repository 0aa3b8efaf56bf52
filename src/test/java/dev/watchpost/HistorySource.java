package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of a history: a real HTTP server whose records, filter, pages and failures the history
 * sets.
 */
final class HistorySource implements AutoCloseable {
  private static final Pattern FAILURE = Pattern.compile("(?:page (\\d+): )?(\\d+)");

  private final LoopbackServer server;
  private final Clock clock;
  private final boolean filters;
  private final int pageSize;
  private final Map<String, JsonNode> records = new LinkedHashMap<>();
  private volatile String fails;

  HistorySource(JsonNode source, Clock clock) {
    this.clock = clock;
    this.filters = source.path("filter").asText().equals("since");
    this.pageSize = source.path("pageSize").asInt(Integer.MAX_VALUE);
    server = new LoopbackServer(this::answer);
  }

  String url() {
    return server.url();
  }

  synchronized void put(JsonNode record) {
    records.put(record.path("id").asText("no id " + records.size()), record);
  }

  synchronized void drop(String id) {
    records.remove(id);
  }

  /** These, in this order, and no others. */
  synchronized void shows(List<? extends JsonNode> all) {
    records.clear();
    all.forEach(this::put);
  }

  /** Null: it does not. */
  void fails(String how) {
    fails = how;
  }

  private synchronized void answer(HttpServerRequest request) {
    if (request.path().equals("/callback")) {
      request.response().end();
      return;
    }
    int page = Integer.parseInt(request.getParam("page", "1"));
    HttpServerResponse response = request.response();
    response.putHeader(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    int status = status(page);
    if (status != 200) {
      response.setStatusCode(status).end();
      return;
    }
    List<JsonNode> shown = shown(request.getParam("since"));
    int from = (int) Math.min(shown.size(), (page - 1L) * pageSize);
    int to = (int) Math.min(shown.size(), (long) page * pageSize);
    if (to < shown.size()) {
      response.putHeader("Link", "<%s/things?page=%d>; rel=\"next\"".formatted(url(), page + 1));
    }
    response.putHeader("Content-Type", "application/json").end(shown.subList(from, to).toString());
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

  @Override
  public void close() {
    server.close();
  }
}
