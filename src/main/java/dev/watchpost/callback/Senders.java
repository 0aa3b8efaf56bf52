package dev.watchpost.callback;

import dev.watchpost.outbox.Claimed;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/**
 * The threads that send, bean {@code watchpostSenders}: each takes notifications of one instance
 * through the route {@code deliver}, one after the other, as long as some wait. Thread-safe.
 */
public final class Senders {
  private static final String DELIVER = "direct:watchpost-deliver";
  private static final String WAKE = "seda:watchpost-wake?size=1&discardWhenFull=true";

  private final CamelContext context;
  private final Delivery delivery;
  private final ProducerTemplate template;
  private final ExecutorService threads;

  public Senders(CamelContext context, Delivery delivery) {
    this.context = context;
    this.delivery = delivery;
    this.template = context.createProducerTemplate();
    this.threads =
        context.getExecutorServiceManager().newCachedThreadPool(this, "watchpost-sender");
  }

  /** Returns at once. */
  public void start(Claimed claimed) {
    threads.execute(() -> serve(claimed));
  }

  private void serve(Claimed first) {
    long instance = first.instanceId();
    try {
      for (Claimed claimed = first; claimed != null; claimed = next(instance)) {
        send(claimed);
      }
    } finally {
      delivery.leave(instance);
      wake();
    }
  }

  private Claimed next(long instance) {
    Claimed next = context.isStopping() ? null : delivery.next(instance);
    if (next != null) {
      wake();
    }
    return next;
  }

  /** Once the place is free, if it is left: what is due may be waiting for it. */
  private void wake() {
    if (!context.isStopping() && delivery.asks()) {
      template.send(WAKE, exchange -> {});
    }
  }

  private void send(Claimed claimed) {
    template.send(DELIVER, exchange -> exchange.getMessage().setBody(claimed));
  }
}
