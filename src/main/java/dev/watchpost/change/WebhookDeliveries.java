package dev.watchpost.change;

import dev.watchpost.store.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** The webhooks that were entered, by what their providers name them. */
final class WebhookDeliveries {
  private WebhookDeliveries() {}

  /**
   * Takes note of one; false where it was noted before. To be called with the rows of its resources
   * locked: two of the same webhook do not come between each other then.
   */
  static boolean first(Handle handle, long instanceId, String deliveryId, Instant now) {
    String hash = hash(deliveryId);
    return handle
            .createUpdate(
                """
                insert into webhook_delivery (instance_id, delivery_id, received_at)
                select i.id, cast(? as varchar), cast(? as timestamp with time zone) from instance i
                where i.id = ? and not exists (
                  select 1 from webhook_delivery d where d.instance_id = i.id and d.delivery_id = ?)
                """)
            .bind(0, hash)
            .bind(1, Columns.time(now))
            .bind(2, instanceId)
            .bind(3, hash)
            .execute()
        == 1;
  }

  static int purge(Handle handle, Instant before) {
    return handle
        .createUpdate("delete from webhook_delivery where received_at < ?")
        .bind(0, Columns.time(before))
        .execute();
  }

  private static String hash(String deliveryId) {
    try {
      byte[] bytes = deliveryId.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
