package dev.watchpost.callback;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.watchpost.outbox.Attempt;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.Settlement;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wide line for each attempt. */
final class DeliveryLog {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final String LINE =
      "delivery instance={} resource={} notification={} message={} events={} attempt={} status={} outcome={} result={} ms={}";

  private DeliveryLog() {}

  static void write(Settlement settlement, boolean settled) {
    if (settlement.attempt().error() != null) {
      LOG.warn(LINE + " error=\"{}\"", values(settlement, settled));
    } else if (LOG.isInfoEnabled()) {
      Object[] values = values(settlement, settled);
      LOG.info(LINE, Arrays.copyOf(values, values.length - 1));
    }
  }

  private static Object[] values(Settlement settlement, boolean settled) {
    Claimed claimed = settlement.claimed();
    Attempt attempt = settlement.attempt();
    return new Object[] {
      claimed.instanceId(),
      claimed.objectType(),
      claimed.id(),
      claimed.messageId(),
      claimed.events().size(),
      attempt.number(),
      attempt.status() == null ? "-" : attempt.status(),
      attempt.outcome(),
      settled ? settlement.result().getClass().getSimpleName() : "Lapsed",
      attempt.took().toMillis(),
      attempt.error() == null
          ? null
          : new String(JsonStringEncoder.getInstance().quoteAsString(attempt.error()))
    };
  }
}
