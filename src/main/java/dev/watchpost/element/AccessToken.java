package dev.watchpost.element;

import java.time.Instant;
import java.util.Map;

/**
 * A token that requests to a source carry.
 *
 * @param value the secret itself
 * @param renewAt from when on a new one should be asked for; null: it is not known to expire
 * @param facts what its giver said beside it, such as {@code resource_owner_id}
 */
public record AccessToken(String value, Instant renewAt, Map<String, String> facts) {
  public AccessToken {
    facts = Map.copyOf(facts);
  }

  /** True where a new one should be asked for. */
  public boolean due(Instant now) {
    return renewAt != null && !now.isBefore(renewAt);
  }

  @Override
  public String toString() {
    return "AccessToken[renewAt=%s]".formatted(renewAt);
  }
}
