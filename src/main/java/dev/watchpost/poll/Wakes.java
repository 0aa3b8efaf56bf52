package dev.watchpost.poll;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.AsyncProcessorConverterHelper;

/**
 * Ticks of a poll route beside its timer's, which come too seldom for a poll that waits for its
 * turn between two pages.
 */
final class Wakes {
  /** Waits that are longer can bear the timer's tick, five seconds at most. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Wakes() {}

  /** A tick of the route in a while; none where it has gone by then. */
  static void in(Duration wait, CamelContext context, String routeId) {
    if (wait.compareTo(LONGEST) <= 0) {
      Executor later =
          CompletableFuture.delayedExecutor(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
      later.execute(() -> tick(context, routeId));
    }
  }

  /** A tick at once, from another thread; none while the context starts, when all come anyway. */
  static void now(CamelContext context, String routeId) {
    if (context.isStarted()) {
      CompletableFuture.runAsync(() -> tick(context, routeId));
    }
  }

  private static void tick(CamelContext context, String routeId) {
    Route route = context.getRoute(routeId);
    if (route == null || !context.isStarted()) {
      return;
    }
    Exchange tick = route.getEndpoint().createExchange();
    tick.getExchangeExtension().setFromRouteId(routeId);
    AsyncProcessor steps =
        AsyncProcessorConverterHelper.convert(route.getConsumer().getProcessor());
    steps.process(tick, doneSync -> {});
  }
}
