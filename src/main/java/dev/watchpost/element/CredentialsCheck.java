package dev.watchpost.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Whether the {@code authentication.*} settings of an instance can work together. */
public final class CredentialsCheck {
  /** All settings of authentication. */
  public static final Set<String> KEYS =
      Set.of(
          "authentication.type",
          "authentication.username",
          "authentication.password",
          "authentication.token",
          "authentication.key",
          "authentication.name",
          "authentication.in");

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private final Map<String, String> settings;
  private final BiConsumer<String, String> problem;

  private CredentialsCheck(Map<String, String> settings, BiConsumer<String, String> problem) {
    this.settings = settings;
    this.problem = problem;
  }

  /**
   * @param problem gets the key of each setting that cannot work and a message with the fix; never
   *     a secret
   */
  public static void check(
      Element element, Map<String, String> configuration, BiConsumer<String, String> problem) {
    new CredentialsCheck(element.withDefaults(configuration), problem).check(element);
  }

  /** The type that is set, else the one that the keys there speak of. */
  static AuthenticationType type(Map<String, String> settings) {
    String type = settings.getOrDefault("authentication.type", "");
    return type.isBlank()
        ? inferred(settings).stream().findFirst().orElse(AuthenticationType.NONE)
        : AuthenticationType.named(type.strip()).orElse(AuthenticationType.NONE);
  }

  private static List<AuthenticationType> inferred(Map<String, String> settings) {
    List<AuthenticationType> types = new ArrayList<>();
    if (has(settings, "authentication.username") || has(settings, "authentication.password")) {
      types.add(AuthenticationType.BASIC);
    }
    if (has(settings, "authentication.token")) {
      types.add(AuthenticationType.BEARER);
    }
    if (has(settings, "authentication.key")) {
      types.add(AuthenticationType.API_KEY);
    }
    return types;
  }

  private static boolean has(Map<String, String> settings, String key) {
    return !settings.getOrDefault(key, "").isEmpty();
  }

  private void check(Element element) {
    String written = settings.getOrDefault("authentication.type", "").strip();
    if (!written.isEmpty() && AuthenticationType.named(written).isEmpty()) {
      problem.accept(
          "authentication.type",
          "found '%s'; write one of %s".formatted(written, AuthenticationType.list()));
      return;
    }
    if (written.isEmpty() && inferred(settings).size() > 1) {
      problem.accept(
          "authentication.type",
          "is not set, and the authentication keys speak of %s; say which one it is"
              .formatted(names(inferred(settings))));
      return;
    }
    AuthenticationType type = type(settings);
    if (!element.authentication().contains(type) && type != AuthenticationType.NONE) {
      problem.accept(
          "authentication.type",
          "found '%s'; element '%s' takes %s"
              .formatted(type.text(), element.key(), names(List.copyOf(element.authentication()))));
    }
    checkKeys(type);
    checkName();
    checkIn(type);
  }

  private static String names(List<AuthenticationType> types) {
    return String.join(", ", types.stream().map(AuthenticationType::text).toList());
  }

  private void checkKeys(AuthenticationType type) {
    switch (type) {
      case NONE -> {}
      case BASIC -> {
        require(type, "authentication.username");
        if (settings.getOrDefault("authentication.username", "").contains(":")) {
          problem.accept(
              "authentication.username",
              "holds a ':', which basic authentication cannot carry; remove it");
        }
      }
      case BEARER -> requireLine(type, "authentication.token");
      case API_KEY -> requireLine(type, "authentication.key");
    }
  }

  private void requireLine(AuthenticationType type, String key) {
    require(type, key);
    if (settings.getOrDefault(key, "").chars().anyMatch(c -> c < ' ' || c > '~')) {
      problem.accept(key, "holds a line break or a character outside ASCII; copy the bare value");
    }
  }

  private void require(AuthenticationType type, String key) {
    if (!has(settings, key)) {
      problem.accept(key, "is missing; authentication.type '%s' needs it".formatted(type.text()));
    }
  }

  private void checkName() {
    String name = settings.get("authentication.name");
    if (name != null && !name.matches(TOKEN)) {
      problem.accept(
          "authentication.name",
          "found '%s'; write a header or parameter name such as X-API-Key".formatted(name));
    }
  }

  private void checkIn(AuthenticationType type) {
    String in = settings.get("authentication.in");
    if (in == null) {
      return;
    }
    if (!in.equalsIgnoreCase("header") && !in.equalsIgnoreCase("query")) {
      problem.accept("authentication.in", "found '%s'; write header or query".formatted(in));
    } else if (in.equalsIgnoreCase("query") && type != AuthenticationType.API_KEY) {
      problem.accept(
          "authentication.in",
          "found 'query', which only authentication.type apiKey can be, not '%s'; remove it"
              .formatted(type.text()));
    }
  }
}
