package dev.watchpost.bench;

import dev.watchpost.LoopbackServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The API that is polled, {@code /customers?page=n} with link paging, and the receiver of
 * callbacks, {@code POST /callback}. Pages are rendered when a version of the records is set, so
 * that serving them costs no more than sending bytes.
 */
final class BenchSource implements AutoCloseable {
  static final int PAGE = 500;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final LoopbackServer server;
  private final AtomicLong received = new AtomicLong();
  private volatile List<Buffer> pages = List.of();

  BenchSource() {
    server = new LoopbackServer(this::answer);
  }

  String url() {
    return server.url();
  }

  /** Every record is another one than in any other version. */
  void show(int records, int version) {
    show(IntStream.range(0, records).toArray(), version);
  }

  void show(int[] ids, int version) {
    List<Buffer> rendered = new ArrayList<>();
    for (int from = 0; from < ids.length; from += PAGE) {
      StringBuilder page = new StringBuilder("[");
      for (int at = from; at < Math.min(ids.length, from + PAGE); at++) {
        page.append(at == from ? "" : ",").append(record(ids[at], version));
      }
      rendered.add(Buffer.buffer(page.append(']').toString().getBytes(StandardCharsets.UTF_8)));
    }
    pages = rendered;
  }

  /** About 350 bytes of what a customer of a business API looks like. */
  static String record(int id, int version) {
    Instant created = FIRST.plusSeconds(id);
    return """
    {"id":"%d","name":"Customer number %d","email":"customer%d@example.com","active":%b,\
    "balance":%d.%02d,"address":{"street":"%d Main Street","city":"Springfield","zip":"%05d","country":"US"},\
    "tags":["retail","v%d"],"notes":"Prefers to be called in the morning. Pays within 30 days.",\
    "created_at":"%s","updated_at":"%s"}"""
        .formatted(
            1_000_000 + id,
            id,
            id,
            id % 3 == 0,
            id % 977,
            version % 100,
            id % 90,
            id % 100_000,
            version,
            created,
            created.plusSeconds(86_400L * version));
  }

  long bytes() {
    return pages.stream().mapToLong(Buffer::length).sum();
  }

  /** POSTs that came to the callback. */
  long received() {
    return received.get();
  }

  private void answer(HttpServerRequest request) {
    if (request.path().equals("/callback")) {
      request.bodyHandler(body -> received.incrementAndGet());
      request.endHandler(end -> request.response().end());
      return;
    }
    int page = Integer.parseInt(request.getParam("page", "1"));
    if (page < pages.size()) {
      request
          .response()
          .putHeader("X-Next", Integer.toString(page + 1))
          .putHeader("Link", "<%s/customers?page=%d>; rel=\"next\"".formatted(url(), page + 1));
    }
    request.response().putHeader("Content-Type", "application/json").end(pages.get(page - 1));
  }

  @Override
  public void close() {
    server.close();
  }
}
