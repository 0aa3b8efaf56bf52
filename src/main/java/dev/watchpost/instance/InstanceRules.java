package dev.watchpost.instance;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * What the operator allows.
 *
 * @param minimumInterval between two polls of a resource ({@code watchpost.poll.minimum-interval})
 * @param callbackSchemes of callback urls, in lower case ({@code watchpost.callback.schemes})
 * @param endpointProblem what is wrong with a callback that is a Camel endpoint of one of those
 *     schemes; null: nothing
 */
public record InstanceRules(
    Duration minimumInterval,
    Set<String> callbackSchemes,
    Function<EndpointUri, String> endpointProblem) {
  public InstanceRules {
    callbackSchemes = Set.copyOf(callbackSchemes);
  }

  /** 1 s; http and https. */
  public static InstanceRules standard() {
    return new InstanceRules(Duration.ofSeconds(1), Set.of("http", "https"), EndpointUri::problem);
  }
}
