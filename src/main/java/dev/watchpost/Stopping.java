package dev.watchpost;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;

/**
 * How a stop begins: nothing new is begun, and what waits for an answer has five seconds; then its
 * connection is closed, so that it is handed back in order before the context is forced to stop.
 */
final class Stopping extends LifecycleStrategySupport {
  private static final int PATIENCE_SECONDS = 5;

  private final List<Runnable> begin;
  private final List<HttpClientConnectionManager> connections;

  /**
   * @param begin keep from beginning anything
   * @param connections what waits for an answer waits on these
   */
  Stopping(List<Runnable> begin, List<HttpClientConnectionManager> connections) {
    this.begin = begin;
    this.connections = connections;
  }

  @Override
  public void onContextStopping(CamelContext context) {
    begin.forEach(Runnable::run);
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> connections.forEach(each -> each.close(CloseMode.IMMEDIATE)));
  }
}
