package dev.watchpost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A list of customers for who brings an access token that its authorization server calls good. */
final class TokenCheckingApi implements AutoCloseable {
  private static final String CUSTOMERS = "[{\"id\": 1, \"name\": \"Ada\"}]";

  private final AuthorizationServer server;
  private final HttpServer http;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile String nextPage = "/customers?page=2";
  private volatile Runnable beforeAnswer = () -> {};
  private volatile boolean refusing;

  TokenCheckingApi(AuthorizationServer server) throws IOException {
    this.server = server;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext("/", this::answer);
    http.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      seen.add(String.valueOf(authorization));
      boolean good =
          !refusing && authorization != null && isGood(authorization.replace("Bearer ", ""));
      byte[] body = good ? CUSTOMERS.getBytes(StandardCharsets.UTF_8) : new byte[0];
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if ("page=1".equals(exchange.getRequestURI().getQuery())) {
        exchange.getResponseHeaders().set("Link", "<%s>; rel=\"next\"".formatted(nextPage));
      }
      beforeAnswer.run();
      exchange.sendResponseHeaders(good ? 200 : 401, good ? body.length : -1);
      exchange.getResponseBody().write(body);
    }
  }

  private boolean isGood(String token) throws IOException {
    try {
      return server.isActive(token);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Where the page after {@code page=1} is. */
  void nextPage(String link) {
    nextPage = link;
  }

  /** Accepts no token from now on, good ones neither. */
  void refuseAll() {
    refusing = true;
  }

  /** Run before each answer is sent. */
  void beforeAnswer(Runnable action) {
    beforeAnswer = action;
  }

  /** The Authorization headers it got, in their order. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
