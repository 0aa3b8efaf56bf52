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
          "authentication.in",
          CustomHeaders.KEY);

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private final Element element;
  private final Map<String, String> settings;
  private final BiConsumer<String, String> problem;
  private final BiConsumer<String, String> warning;

  private CredentialsCheck(
      Element element,
      Map<String, String> settings,
      BiConsumer<String, String> problem,
      BiConsumer<String, String> warning) {
    this.element = element;
    this.settings = settings;
    this.problem = problem;
    this.warning = warning;
  }

  /**
   * @param problem gets the key of each setting that cannot work and a message with the fix; never
   *     a secret
   * @param warning likewise, of what has no effect or is probably missing
   */
  public static void check(
      Element element,
      Map<String, String> configuration,
      BiConsumer<String, String> problem,
      BiConsumer<String, String> warning) {
    CredentialsCheck check =
        new CredentialsCheck(element, element.withDefaults(configuration), problem, warning);
    check.check();
    check.warnOfName(configuration);
  }

  /**
   * The type that is set, else the one that the keys there speak of, else the only one the element
   * takes.
   */
  public static AuthenticationType type(Element element, Map<String, String> configuration) {
    Map<String, String> settings = element.withDefaults(configuration);
    String type = settings.getOrDefault("authentication.type", "");
    return type.isBlank()
        ? inferred(element, settings).stream().findFirst().orElse(only(element))
        : AuthenticationType.named(type.strip()).orElse(AuthenticationType.NONE);
  }

  private static AuthenticationType only(Element element) {
    return element.authentication().size() == 1
        ? element.authentication().iterator().next()
        : AuthenticationType.NONE;
  }

  private static List<AuthenticationType> inferred(Element element, Map<String, String> settings) {
    List<AuthenticationType> types = new ArrayList<>();
    if (speaksOfOAuth(element, settings)) {
      types.add(AuthenticationType.OAUTH2); // user name and password may be those of its grant
    } else if (has(settings, "authentication.username")
        || has(settings, "authentication.password")) {
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

  /** A client id alone is not enough: bodies written for other elements carry one. */
  private static boolean speaksOfOAuth(Element element, Map<String, String> settings) {
    boolean server =
        has(settings, "oauth.token.url")
            || (element.oauth() != null && element.oauth().tokenUrl() != null);
    return element.authentication().contains(AuthenticationType.OAUTH2)
        && server
        && has(settings, "oauth.api.key");
  }

  private static boolean has(Map<String, String> settings, String key) {
    return !settings.getOrDefault(key, "").isEmpty();
  }

  private void check() {
    String written = settings.getOrDefault("authentication.type", "").strip();
    if (!written.isEmpty() && AuthenticationType.named(written).isEmpty()) {
      problem.accept(
          "authentication.type",
          "found '%s'; write one of %s".formatted(written, AuthenticationType.list()));
      return;
    }
    if (written.isEmpty() && inferred(element, settings).size() > 1) {
      problem.accept(
          "authentication.type",
          "is not set, and the authentication keys speak of %s; say which one it is"
              .formatted(names(inferred(element, settings))));
      return;
    }
    AuthenticationType type = type(element, settings);
    if (!element.authentication().contains(type) && type != AuthenticationType.NONE) {
      problem.accept(
          "authentication.type",
          "found '%s'; element '%s' takes %s"
              .formatted(type.text(), element.key(), names(List.copyOf(element.authentication()))));
    }
    if (type == AuthenticationType.NONE && !element.authentication().contains(type)) {
      checkNone(written);
    }
    checkKeys(type);
    checkName();
    checkIn(type);
    checkHeaders();
  }

  /** Who writes none means it; who writes nothing has forgotten something. */
  private void checkNone(String written) {
    String takes = names(List.copyOf(element.authentication()));
    if (written.isEmpty()) {
      problem.accept(
          "authentication.type",
          "there are no credentials; element '%s' takes %s: set those of one of them"
              .formatted(element.key(), takes));
    } else {
      warning.accept(
          "authentication.type",
          "is none, and element '%s' takes %s: its requests go without credentials"
              .formatted(element.key(), takes));
    }
  }

  private void checkHeaders() {
    try {
      CustomHeaders.of(settings);
    } catch (IllegalArgumentException e) {
      problem.accept(CustomHeaders.KEY, e.getMessage());
    }
  }

  private static String names(List<AuthenticationType> types) {
    return String.join(", ", types.stream().map(AuthenticationType::text).toList());
  }

  private void checkKeys(AuthenticationType type) {
    switch (type) {
      case NONE, OAUTH2 -> {}
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

  /** Of one that the instance sets: an element's default may stand beside other types. */
  private void warnOfName(Map<String, String> configuration) {
    AuthenticationType type = type(element, configuration);
    if (configuration.containsKey("authentication.name")
        && (type == AuthenticationType.BASIC || type == AuthenticationType.BEARER)) {
      warning.accept(
          "authentication.name",
          "has no effect with authentication.type '%s', which is sent as Authorization; use apiKey for another header"
              .formatted(type.text()));
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
