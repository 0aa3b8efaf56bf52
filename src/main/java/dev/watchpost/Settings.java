package dev.watchpost;

import dev.watchpost.api.ApiPolicy;
import dev.watchpost.callback.DeliveryPolicy;
import dev.watchpost.network.AddressPolicy;
import dev.watchpost.poll.PollPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Watchpost's own properties ({@code watchpost.*}), read and checked once. Where a property is set
 * twice, the system property wins over the environment ({@code WATCHPOST_DATABASE_URL}), that over
 * the file.
 *
 * @param databaseUrl JDBC url of H2 or PostgreSQL
 * @param apiUser null: generated and kept in {@code data/credentials.properties}
 * @param apiOrganization likewise
 * @param tenants file that names further organizations and users; may be missing
 * @param secretsKey as apiUser
 * @param api how much of it one caller gets
 * @param patience with clients of our ports
 * @param retrySchedule waits between deliveries
 * @param retention of delivered and dead notifications
 */
public record Settings(
    String databaseUrl,
    String databaseUsername,
    String databasePassword,
    Path routesDirectory,
    Path elementsDirectory,
    String apiUser,
    String apiOrganization,
    Path tenants,
    String secretsKey,
    ApiPolicy api,
    ApiPolicy.Patience patience,
    AddressPolicy addresses,
    Set<String> callbackSchemes,
    PollPolicy poll,
    List<Duration> retrySchedule,
    Duration deliveryConnectTimeout,
    Duration deliveryTimeout,
    Duration retention) {

  static final String PREFIX = "watchpost.";
  private static final Map<String, String> DEFAULTS = defaults();

  private static Map<String, String> defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("database.url", "jdbc:h2:file:./data/watchpost;DB_CLOSE_ON_EXIT=FALSE");
    values.put("database.username", "");
    values.put("database.password", "");
    values.put("routes.directory", "routes");
    values.put("elements.directory", "elements");
    values.put("api.user", "");
    values.put("api.organization", "");
    values.put("api.tenants", "data/tenants.properties");
    values.put("api.requests-per-minute", "600");
    values.put("api.failures-per-minute", "60");
    values.put("api.body-limit", "1048576");
    values.put("api.header-timeout", "10s");
    values.put("api.body-timeout", "30s");
    values.put("api.idle-timeout", "60s");
    values.put("secrets.key", "");
    values.put("network.allow", "");
    values.put("callback.schemes", "http,https");
    values.put("poll.minimum-interval", "1s");
    values.put("poll.timeout", "30s");
    values.put("poll.backoff-initial", "5s");
    values.put("poll.backoff-max", "30m");
    values.put("poll.failure-limit", "100");
    values.put("poll.requests-per-minute", "");
    values.put("delivery.retry-schedule", "5s,5m,30m,2h,5h,10h,14h,20h,24h");
    values.put("delivery.connect-timeout", "5s");
    values.put("delivery.timeout", "20s");
    values.put("outbox.retention", "7d");
    values.put("outbox.limit", "1000000");
    values.put("cluster.enabled", "false");
    return values;
  }

  /** A property that is unknown or wrong: one line that names it. */
  public static final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidSetting(String message) {
      super(message);
    }
  }

  /**
   * @param properties all there are; those that do not start with {@code watchpost.} are left alone
   * @param environment of the process
   * @throws InvalidSetting at the first property that is unknown or wrong
   */
  public static Settings of(Map<String, String> properties, Map<String, String> environment) {
    properties.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(name -> !DEFAULTS.containsKey(name.substring(PREFIX.length())))
        .sorted()
        .findFirst()
        .ifPresent(Settings::unknown);
    return new Reader(properties, environment).settings();
  }

  private static void unknown(String name) {
    throw new InvalidSetting(
        "%s is no property of Watchpost; the known ones are %s"
            .formatted(name, String.join(", ", new TreeMap<>(DEFAULTS).keySet())));
  }

  /** Reads each property once, naming it where its value is wrong. */
  private record Reader(Map<String, String> properties, Map<String, String> environment) {

    Settings settings() {
      refuseCluster();
      return new Settings(
          text("database.url"),
          text("database.username"),
          text("database.password"),
          Path.of(text("routes.directory")),
          Path.of(text("elements.directory")),
          orNull("api.user"),
          orNull("api.organization"),
          Path.of(text("api.tenants")),
          orNull("secrets.key"),
          api(),
          patience(),
          value("network.allow", AddressPolicy::allowing),
          value("callback.schemes", Settings::parseSchemes),
          poll(),
          value("delivery.retry-schedule", DeliveryPolicy::parse),
          duration("delivery.connect-timeout"),
          duration("delivery.timeout"),
          duration("outbox.retention"));
    }

    private ApiPolicy api() {
      return new ApiPolicy(
          number("api.requests-per-minute"),
          number("api.failures-per-minute"),
          number("api.body-limit"));
    }

    private ApiPolicy.Patience patience() {
      return new ApiPolicy.Patience(
          duration("api.header-timeout"),
          duration("api.body-timeout"),
          duration("api.idle-timeout"));
    }

    private PollPolicy poll() {
      return new PollPolicy(
          duration("poll.minimum-interval"),
          duration("poll.timeout"),
          duration("poll.backoff-initial"),
          duration("poll.backoff-max"),
          number("poll.failure-limit"),
          count("outbox.limit"),
          requestsPerMinute());
    }

    private int requestsPerMinute() {
      return text("poll.requests-per-minute").isEmpty()
          ? 0
          : value(
              "poll.requests-per-minute",
              text -> {
                int number = Integer.parseInt(text);
                if (number < 1) {
                  throw new IllegalArgumentException("expected 1 or more, or nothing: no limit");
                }
                return number;
              });
    }

    private void refuseCluster() {
      boolean cluster =
          value(
              "cluster.enabled",
              text -> {
                if (!text.equals("true") && !text.equals("false")) {
                  throw new IllegalArgumentException("expected true or false");
                }
                return text.equals("true");
              });
      if (cluster) {
        throw new InvalidSetting(
            "watchpost.cluster.enabled = true: several nodes on one database are not there yet; set false");
      }
    }

    private String text(String name) {
      String variable = "WATCHPOST_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
      String property = properties.get(PREFIX + name);
      String system = System.getProperty(PREFIX + name);
      if (system != null) {
        return system.strip();
      }
      return environment
          .getOrDefault(variable, property == null ? DEFAULTS.get(name) : property)
          .strip();
    }

    private String orNull(String name) {
      String text = text(name);
      return text.isEmpty() ? null : text;
    }

    private Duration duration(String name) {
      return value(name, Settings::parseDuration);
    }

    private int number(String name) {
      return (int) Math.min(count(name), Integer.MAX_VALUE);
    }

    private long count(String name) {
      return value(
          name,
          text -> {
            long count = Long.parseLong(text);
            if (count < 1) {
              throw new IllegalArgumentException("expected 1 or more");
            }
            return count;
          });
    }

    private <T> T value(String name, Function<String, T> parse) {
      String text = text(name);
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new InvalidSetting(
            "%s%s = '%s': expected a whole number".formatted(PREFIX, name, text));
      } catch (IllegalArgumentException e) {
        throw new InvalidSetting("%s%s = '%s': %s".formatted(PREFIX, name, text, e.getMessage()));
      }
    }
  }

  private static Set<String> parseSchemes(String text) {
    Set<String> schemes = new TreeSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\s*,\\s*")));
    for (String scheme : schemes) {
      if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
        throw new IllegalArgumentException("expected schemes such as http,https,kafka");
      }
    }
    return schemes;
  }

  /**
   * A duration such as {@code 500ms}, {@code 5s}, {@code 30m}, {@code 2h}, {@code 7d}; more than
   * zero.
   */
  static Duration parseDuration(String text) {
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)").matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException("expected a duration such as 500ms, 5s, 30m, 2h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
