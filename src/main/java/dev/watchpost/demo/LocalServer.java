package dev.watchpost.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server for one path on 127.0.0.1. */
record LocalServer(HttpServer server, ExecutorService workers) implements AutoCloseable {

  static LocalServer start(int port, String path, HttpHandler handler) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    ExecutorService workers = Executors.newFixedThreadPool(4, LocalServer::daemon);
    server.setExecutor(workers);
    server.createContext(path, handler);
    server.start();
    return new LocalServer(server, workers);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "demo-http");
    thread.setDaemon(true);
    return thread;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  static void send(HttpExchange call, int status, byte[] json) throws IOException {
    try (call) {
      call.getResponseHeaders().set("Content-Type", "application/json");
      call.sendResponseHeaders(status, json.length);
      call.getResponseBody().write(json);
    }
  }

  static Map<String, String> query(HttpExchange call) {
    Map<String, String> values = new HashMap<>();
    String query = call.getRequestURI().getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
        values.put(part.substring(0, equals), value);
      }
    }
    return values;
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
