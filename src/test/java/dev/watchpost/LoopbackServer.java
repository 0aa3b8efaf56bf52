package dev.watchpost;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * A real HTTP server on a free port of 127.0.0.1 or another loopback address, which answers as its
 * handler does.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final Vertx VERTX = Vertx.vertx();

  private final HttpServer server;
  private final String host;

  public LoopbackServer(Handler<HttpServerRequest> handler) {
    this("127.0.0.1", handler);
  }

  /**
   * @param host any of 127.0.0.0/8
   */
  public LoopbackServer(String host, Handler<HttpServerRequest> handler) {
    this.host = host;
    server =
        VERTX
            .createHttpServer()
            .requestHandler(handler)
            .listen(0, host)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public String url() {
    return "http://" + host + ":" + server.actualPort();
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
