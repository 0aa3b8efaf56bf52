package dev.watchpost.model;

import dev.watchpost.LoopbackServer;
import dev.watchpost.SettableClock;
import dev.watchpost.model.Plan.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The model of an API, served over HTTP: every version of every record, what of it is visible when,
 * and what it has shown in the poll under way. Beside it, on the same server, the callback.
 */
final class ModelSource implements AutoCloseable {
  private static final Comparator<Version> ORDER =
      Comparator.comparing(Version::updated).thenComparing(Version::id);
  private static final Vertx VERTX = Vertx.vertx();

  private final LoopbackServer server;
  private final SettableClock clock;
  private final ModelCallback callback;
  private final Map<String, List<Version>> versions = new LinkedHashMap<>();
  private final List<Version> shown = new ArrayList<>();
  private Plan plan;
  private Fault fault = Fault.NONE;
  private int faultyPage;
  private boolean faultMet;
  private int requests;
  private Runnable between;

  ModelSource(SettableClock clock, ModelCallback callback) {
    this.clock = clock;
    this.callback = callback;
    server = new LoopbackServer(this::handle);
  }

  String url() {
    return server.url();
  }

  /** Empties it for the next history. */
  synchronized void begin(Plan next) {
    plan = next;
    versions.clear();
    expect(Fault.NONE, 1, null);
  }

  /** The next poll meets this. */
  synchronized void expect(Fault next, int page, Runnable afterFirstPage) {
    fault = next;
    faultyPage = page;
    faultMet = false;
    requests = 0;
    between = afterFirstPage;
    shown.clear();
  }

  synchronized boolean faultMet() {
    return faultMet;
  }

  /** What the poll under way, or the last one, was shown, in that order. */
  synchronized List<Version> shown() {
    return List.copyOf(shown);
  }

  Instant now() {
    return clock.instant().plusSeconds(plan.skewSeconds());
  }

  synchronized void create(int lateSeconds) {
    add("r" + (versions.size() + 1), lateSeconds, false);
  }

  synchronized void edit(int which, int lateSeconds) {
    pick(which, false).ifPresent(id -> add(id, lateSeconds, false));
  }

  synchronized void delete(int which) {
    pick(which, false).ifPresent(id -> add(id, 0, true));
  }

  synchronized void restore(int which) {
    pick(which, true).ifPresent(id -> add(id, 0, false));
  }

  private Optional<String> pick(int which, boolean deleted) {
    List<String> ids =
        versions.entrySet().stream()
            .filter(each -> last(each.getValue()).deleted() == deleted)
            .map(Map.Entry::getKey)
            .toList();
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(which % ids.size()));
  }

  private static Version last(List<Version> all) {
    return all.get(all.size() - 1);
  }

  private void add(String id, int lateSeconds, boolean deleted) {
    List<Version> all = versions.computeIfAbsent(id, none -> new ArrayList<>());
    Instant now = now().truncatedTo(ChronoUnit.SECONDS);
    Instant created = all.isEmpty() ? now : all.get(0).created();
    all.add(new Version(id, all.size() + 1, created, now, now.plusSeconds(lateSeconds), deleted));
  }

  /** The newest visible version of a record, deleted or not. */
  synchronized Optional<Version> current(String id) {
    return versions.get(id).stream()
        .filter(version -> !version.visible().isAfter(now()))
        .reduce((older, newer) -> newer);
  }

  synchronized List<String> ids() {
    return List.copyOf(versions.keySet());
  }

  /** The version a record had then. */
  synchronized Version version(String id, int number) {
    return versions.get(id).get(number - 1);
  }

  private void handle(HttpServerRequest request) {
    if (request.path().startsWith("/callback")) {
      callback.handle(request);
    } else {
      answer(request);
    }
  }

  private synchronized void answer(HttpServerRequest request) {
    requests++;
    if (requests == 2 && between != null) {
      between.run();
    }
    HttpServerResponse response = request.response();
    response.putHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC)));
    boolean faulty = fault != Fault.NONE && requests == faultyPage;
    faultMet |= faulty;
    if (faulty && refused(response)) {
      return;
    }
    ModelPage page = ModelPage.of(plan, listed(request.getParam("since")), request, url());
    page.link().ifPresent(link -> response.putHeader("Link", link));
    response.putHeader("Content-Type", "application/json");
    String body = page.body();
    if (faulty) {
      broken(request, response, body);
    } else {
      shown.addAll(page.records());
      response.end(body);
    }
  }

  private boolean refused(HttpServerResponse response) {
    switch (fault) {
      case TOO_MANY_REQUESTS -> response.setStatusCode(429).putHeader("Retry-After", "30").end();
      case SERVER_ERROR -> response.setStatusCode(500).end("sorry");
      case STALL -> VERTX.setTimer(5_000, late -> response.reset());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Half of the body: then the connection is reset, or the answer just ends. */
  private void broken(HttpServerRequest request, HttpServerResponse response, String body) {
    String half = body.substring(0, body.length() / 2);
    if (fault == Fault.CUT_OFF) {
      response.end(half);
      return;
    }
    response.putHeader("Content-Length", Integer.toString(body.length()));
    response.write(half).onComplete(written -> request.connection().close());
  }

  private List<Version> listed(String since) {
    boolean marked = plan.listing() == Plan.Listing.SINCE_MARKED;
    return versions.keySet().stream()
        .map(id -> current(id).orElse(null))
        .filter(Objects::nonNull)
        .filter(version -> marked || !version.deleted())
        .filter(version -> since == null || !version.updated().isBefore(Instant.parse(since)))
        .sorted(ORDER)
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
