package dev.watchpost.bench;

import dev.watchpost.LoopbackServer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** A callback that answers at once and counts; it keeps what it gets while it is told to. */
final class DeliveryReceiver implements AutoCloseable {
  private final LoopbackServer server = new LoopbackServer(this::receive);
  private final Semaphore posts = new Semaphore(0);
  private final ConcurrentLinkedQueue<Kept> kept = new ConcurrentLinkedQueue<>();
  private volatile boolean keeping;
  private volatile long lastAt;

  /**
   * A POST as it came.
   *
   * @param notification the number of what it carries
   */
  record Post(long notification, String path, Map<String, String> headers, byte[] body) {}

  /** It is made a {@link Post} when nobody measures. */
  private record Kept(String path, MultiMap headers, Buffer body) {
    private static final Set<String> OF_THE_CLIENT =
        Set.of("host", "content-length", "content-type", "connection");

    Post post() {
      Map<String, String> own =
          headers.entries().stream()
              .filter(header -> !OF_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT)))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      long notification = Long.parseLong(body.toJsonObject().getString("id"));
      return new Post(notification, path, own, body.getBytes());
    }
  }

  String url(int endpoint) {
    return server.url() + "/hook/" + endpoint;
  }

  String origin() {
    return server.url();
  }

  private void receive(HttpServerRequest request) {
    lastAt = System.nanoTime();
    request.bodyHandler(
        body -> {
          if (keeping) {
            kept.add(new Kept(request.path(), request.headers(), body));
          }
          request.response().end();
          posts.release();
        });
  }

  /** Waits for so many POSTs that were not waited for yet. */
  void await(int count) throws InterruptedException {
    posts.acquire(count);
  }

  /** When the head of the last one was there, {@code System.nanoTime}. */
  long lastAt() {
    return lastAt;
  }

  void keep(boolean keep) {
    keeping = keep;
  }

  /** What was kept, which is forgotten. */
  List<Post> taken() {
    List<Post> all = kept.stream().map(Kept::post).toList();
    kept.clear();
    return all;
  }

  @Override
  public void close() {
    server.close();
  }
}
