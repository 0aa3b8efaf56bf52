package dev.watchpost.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.LoopbackServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A real HTTP server that answers as a provider's documentation says it does. */
public final class Provider implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoopbackServer server;
  private final Clock clock;
  private final Api api;
  private final Map<Integer, Thing> things = new LinkedHashMap<>();

  /**
   * A record.
   *
   * @param gone it was deleted, at {@code updated}
   */
  record Thing(int id, Instant created, Instant updated, boolean gone) {}

  /** How one provider lists its things. */
  interface Api {
    Answer answer(Asked asked);
  }

  /**
   * @param link target of a header Link with rel next; null: none
   */
  record Answer(int status, Object body, String link) {
    static Answer of(Object body) {
      return new Answer(200, body, null);
    }

    Answer linking(String next) {
      return new Answer(status, body, next);
    }

    static Answer refused(String why) {
      return new Answer(400, Map.of("message", why), null);
    }
  }

  /** What was asked for, of whom, and when. */
  record Asked(
      String url,
      String path,
      Map<String, String> query,
      String userAgent,
      Instant now,
      Map<Integer, Thing> things) {

    String query(String name) {
      return query.getOrDefault(name, "");
    }

    /** Things that are there, by id. */
    List<Thing> there() {
      return sorted(false);
    }

    List<Thing> all() {
      return things.values().stream().sorted(Comparator.comparing(Thing::id)).toList();
    }

    private List<Thing> sorted(boolean gone) {
      return all().stream().filter(thing -> thing.gone() == gone).toList();
    }

    List<Thing> gone() {
      return sorted(true);
    }
  }

  Provider(Api api, Clock clock) {
    this.api = api;
    this.clock = clock;
    server = new LoopbackServer(this::answer);
  }

  /** Those there are, {@code zendesk/tickets}. */
  public static Set<String> resources() {
    return Providers.BY_RESOURCE.keySet();
  }

  /** The provider of an element's resource. */
  public static Provider of(String resource, Clock clock) {
    return new Provider(Providers.BY_RESOURCE.get(resource), clock);
  }

  public String url() {
    return server.url();
  }

  /** Creates or changes one. */
  public synchronized void put(int id, Instant updated) {
    Thing before = things.get(id);
    things.put(id, new Thing(id, before == null ? updated : before.created(), updated, false));
  }

  public synchronized void delete(int id) {
    things.put(id, new Thing(id, things.get(id).created(), clock.instant(), true));
  }

  private synchronized void answer(HttpServerRequest request) {
    if (request.path().equals("/callback")) {
      request.response().end();
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    request.params().forEach(query::put);
    Answer answer =
        api.answer(
            new Asked(
                url(),
                request.path(),
                query,
                request.getHeader("User-Agent"),
                clock.instant(),
                Map.copyOf(things)));
    request.response().setStatusCode(answer.status()).putHeader("Content-Type", "application/json");
    if (answer.link() != null) {
      request.response().putHeader("Link", "<%s%s>; rel=\"next\"".formatted(url(), answer.link()));
    }
    request.response().end(json(answer.body()));
  }

  private static String json(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
