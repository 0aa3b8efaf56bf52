package dev.watchpost.callback;

import dev.watchpost.instance.Instance;
import dev.watchpost.tenant.Owner;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Fixtures {
  private Fixtures() {}

  static Instance instance(long id, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("event.notification.enabled", "true");
    return new Instance(
        id,
        "token",
        "netsuiteerpv2",
        "API \"Polling\"",
        List.of("Test"),
        all,
        Map.of(),
        false,
        null,
        new Owner(7, 8),
        Instant.EPOCH);
  }
}
