package dev.watchpost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A callback: an HTTP server that puts what it gets into the {@link Inbox} of the moment. */
final class EventReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Inbox inbox = new Inbox(() -> 200);

  /**
   * @param onNext runs at each GET of {@link #nextUrl}, before it is answered
   */
  EventReceiver(Runnable onNext) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::receive);
    server.createContext(
        "/next",
        exchange -> {
          try (exchange) {
            onNext.run();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
  }

  String url() {
    return origin() + "/hook";
  }

  String nextUrl() {
    return origin() + "/next";
  }

  private String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void into(Inbox next) {
    inbox = next;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String webhookId = exchange.getRequestHeaders().getFirst("webhook-id");
      exchange.sendResponseHeaders(inbox.take(webhookId, body), -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
