package dev.watchpost.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers of a size given, made up as they are sent: {@code /array} and {@code /object}. */
final class GeneratedAnswer implements AutoCloseable {
  private static final String FILLER = "Lorem ipsum dolor sit amet, \\u00e4\\n".repeat(20);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final long bytes;

  GeneratedAnswer(long bytes) throws IOException {
    this.bytes = bytes;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/array", call -> send(call, "[", "]"));
    server.createContext(
        "/object", call -> send(call, "{\"meta\":{\"page\":1},\"things\":[", "],\"total\":1}"));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void send(HttpExchange call, String before, String after) throws IOException {
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(call.getResponseBody(), 1 << 16)) {
      out.write(before.getBytes(StandardCharsets.US_ASCII));
      long sent = 0;
      for (int id = 0; sent < bytes; id++) {
        String record = BenchSource.record(id, 1);
        byte[] longer =
            ((id == 0 ? "" : ",")
                    + record.substring(0, record.length() - 1)
                    + ",\"text\":\""
                    + FILLER
                    + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        out.write(longer);
        sent += longer.length;
      }
      out.write(after.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
