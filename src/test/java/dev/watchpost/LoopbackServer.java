package dev.watchpost;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** A real HTTP server on a free port of 127.0.0.1, which answers as its handler does. */
public final class LoopbackServer implements AutoCloseable {
  private static final Vertx VERTX = Vertx.vertx();

  private final HttpServer server;

  public LoopbackServer(Handler<HttpServerRequest> handler) {
    server =
        VERTX
            .createHttpServer()
            .requestHandler(handler)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
