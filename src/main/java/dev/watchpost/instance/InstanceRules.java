package dev.watchpost.instance;

import java.time.Duration;
import java.util.Set;

/**
 * What the operator allows.
 *
 * @param minimumInterval between two polls of a resource ({@code watchpost.poll.minimum-interval})
 * @param callbackSchemes of callback urls, in lower case ({@code watchpost.callback.schemes})
 */
public record InstanceRules(Duration minimumInterval, Set<String> callbackSchemes) {
  public InstanceRules {
    callbackSchemes = Set.copyOf(callbackSchemes);
  }

  /** 1 s; http and https. */
  public static InstanceRules standard() {
    return new InstanceRules(Duration.ofSeconds(1), Set.of("http", "https"));
  }
}
