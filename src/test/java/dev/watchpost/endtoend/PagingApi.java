package dev.watchpost.endtoend;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * An API that lists its records page by page, as {@code way} says: each page names the next as that
 * paging does, and pages can be made to fail.
 */
final class PagingApi implements Source.Api {
  static final int SIZE = 10;

  /** How it pages, and what settings say so; {@code `} for quotes. */
  enum Way {
    LINK("{`type`:`link`}"),
    PAGE("{`type`:`page`,`parameter`:`p`,`first`:0}"),
    OFFSET("{`type`:`offset`,`parameter`:`skip`}"),
    CURSOR_IN_ANSWER("{`type`:`cursor`,`parameter`:`after`,`path`:`meta.next`}"),
    CURSOR_IN_HEADER("{`type`:`cursor`,`parameter`:`after`,`header`:`X-Next`}"),
    NEXT_URL("{`type`:`nextUrl`,`path`:`$next`}"),
    LAST_ID("{`type`:`lastId`,`parameter`:`after_id`}");

    final String pagination;

    Way(String pagination) {
      this.pagination = pagination;
    }
  }

  private final Way way;
  private volatile IntPredicate broken = page -> false;
  private volatile int status = 500;
  private volatile String retryAfter;
  private volatile Runnable before = () -> {};

  PagingApi(Way way) {
    this.way = way;
  }

  String pagination() {
    return way.pagination;
  }

  /** These pages, counted from 0, are answered {@code status} from now on. */
  void fail(int status, IntPredicate pages) {
    this.status = status;
    this.broken = pages;
  }

  /** The same, with 429. */
  void throttle(int seconds, IntPredicate pages) {
    retryAfter = "" + seconds;
    fail(429, pages);
  }

  /** No page fails from now on. */
  void mend() {
    broken = page -> false;
  }

  /** Runs before each answer. */
  void before(Runnable work) {
    before = work;
  }

  @Override
  public void answer(Source source, HttpServerRequest request) {
    before.run();
    List<String> all = source.records();
    int from = from(request, all);
    if (broken.test(from / SIZE)) {
      if (retryAfter != null) {
        request.response().putHeader("Retry-After", retryAfter);
      }
      request.response().setStatusCode(status).end();
      return;
    }
    int to = Math.min(from + SIZE, all.size());
    String records = "[" + String.join(",", all.subList(Math.min(from, to), to)) + "]";
    request.response().putHeader("Content-Type", "application/json");
    request
        .response()
        .end(to < all.size() ? followed(source, request, records, to) : last(records));
  }

  private int from(HttpServerRequest request, List<String> all) {
    return switch (way) {
      case PAGE -> Integer.parseInt(request.getParam("p")) * SIZE;
      case OFFSET -> Integer.parseInt(request.getParam("skip"));
      case LAST_ID -> {
        String id = request.getParam("after_id");
        yield id == null ? 0 : all.indexOf("{\"id\":" + id + "}") + 1;
      }
      default -> Integer.parseInt(request.getParam("after", "c0").substring(1));
    };
  }

  /** The answer, which names the page after it where this way of paging does. */
  private String followed(Source source, HttpServerRequest request, String records, int to) {
    String url = source.url() + request.path() + "?x=%20y&after=c" + to;
    switch (way) {
      case LINK -> request.response().putHeader("Link", "<" + url + ">; rel=\"next\"");
      case CURSOR_IN_HEADER -> request.response().putHeader("X-Next", "c" + to);
      default -> {}
    }
    return switch (way) {
      case CURSOR_IN_ANSWER -> "{\"data\":%s,\"meta\":{\"next\":\"c%d\"}}".formatted(records, to);
      case NEXT_URL -> "{\"data\":%s,\"$next\":\"%s\"}".formatted(records, url);
      default -> records;
    };
  }

  private String last(String records) {
    return switch (way) {
      case CURSOR_IN_ANSWER -> "{\"data\":%s,\"meta\":{\"next\":null}}".formatted(records);
      case NEXT_URL -> "{\"data\":%s}".formatted(records);
      default -> records;
    };
  }
}
