package dev.watchpost.callback;

import dev.watchpost.instance.EndpointUri;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;

/**
 * Callbacks that are Camel endpoints: {@code kafka:}, {@code jms:}, {@code file:}, {@code direct:},
 * whatever the operator lists in {@code watchpost.callback.schemes} and has on the classpath.
 * Thread-safe.
 */
public final class CamelEndpoints {
  private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{([^=}]*)");

  private final CamelContext context;
  private final Set<String> schemes;

  /**
   * @param schemes that the operator allows, in lower case
   */
  public CamelEndpoints(CamelContext context, Set<String> schemes) {
    this.context = context;
    this.schemes = Set.copyOf(schemes);
  }

  /**
   * What is wrong with an endpoint, with the fix; null: nothing. Connects to nothing: that its
   * broker answers is not known before the first event.
   */
  public String problem(EndpointUri endpoint) {
    if (!schemes.contains(endpoint.scheme())) {
      return "found '%s', whose scheme is not in watchpost.callback.schemes".formatted(endpoint);
    }
    String refused = endpoint.problem();
    if (refused != null) {
      return refused;
    }
    Component component = context.getComponent(endpoint.scheme());
    if (component == null) {
      return "found '%s', and there is no component '%s' on the classpath; add camel-%2$s to lib/"
          .formatted(endpoint, endpoint.scheme());
    }
    try {
      component.createEndpoint(endpoint.uri());
      return null;
    } catch (Exception e) {
      return unusable(endpoint, e);
    }
  }

  /** The value of what is no option is not shown: it may be a secret whose name was misspelt. */
  private static String unusable(EndpointUri endpoint, Exception e) {
    String message = String.valueOf(e.getMessage()).replaceFirst("(?s).* due to: ", "");
    Matcher unknown = UNKNOWN.matcher(message);
    return unknown.find()
        ? "has an option '%s', which component '%s' does not know"
            .formatted(unknown.group(1), endpoint.scheme())
        : "found '%s', which Camel cannot use: %s".formatted(endpoint, endpoint.hidden(message));
  }

  /**
   * The endpoint as messages are sent to it: one that would wait longer than {@code policy} says,
   * and longer than a claim lasts, is told not to.
   *
   * @throws IllegalArgumentException where its scheme is no longer allowed
   */
  EndpointUri bounded(EndpointUri endpoint, DeliveryPolicy policy) {
    if (!schemes.contains(endpoint.scheme())) {
      throw new IllegalArgumentException(
          "the scheme '%s' is not in watchpost.callback.schemes".formatted(endpoint.scheme()));
    }
    String refused = endpoint.problem();
    if (refused != null) {
      throw new IllegalArgumentException("the callback " + refused);
    }
    return endpoint.scheme().equals("kafka") ? endpoint.withDefaults(kafka(policy)) : endpoint;
  }

  private static Map<String, String> kafka(DeliveryPolicy policy) {
    Duration whole = policy.answerTimeout();
    return Map.of(
        "maxBlockMs", Long.toString(policy.connectTimeout().toMillis()),
        "requestTimeoutMs", Long.toString(whole.toMillis() / 2),
        "deliveryTimeoutMs", Long.toString(whole.toMillis()));
  }
}
