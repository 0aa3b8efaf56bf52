package dev.watchpost.instance;

import dev.watchpost.element.CredentialsCheck;
import dev.watchpost.element.Element;
import dev.watchpost.element.ElementWebhooks;
import dev.watchpost.element.JsonataMapping;
import dev.watchpost.element.Setting;
import dev.watchpost.element.WebhookScheme;
import dev.watchpost.resource.Blanks;
import dev.watchpost.resource.Durations;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.ResourceParser;
import dev.watchpost.resource.ResourceReader;
import dev.watchpost.resource.UrlCheck;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the settings of an instance, its resources aside, can work. */
public final class SettingsCheck {
  static final String ENABLED = "event.notification.enabled";
  static final String CALLBACK = "event.notification.callback.url";
  static final String HEADERS = CallbackHeaders.SETTING;
  private static final String SIGNATURE = "event.notification.signature.key";
  private static final String FORMAT = "event.notification.format";
  private static final String BATCH = "event.notification.batch.size";
  private static final String VENDOR = "event.vendor.type";
  private static final String WEBHOOK_SECRET = ElementWebhooks.SECRET;
  private static final String WEBHOOK_SIGNATURE = "event.webhook.signature";
  private static final String WEBHOOK_MAPPING = "event.webhook.mapping";
  private static final String USERNAME = "event.notification.basic.username";
  private static final String PASSWORD = "event.notification.basic.password";

  private static final int MOST_EVENTS = 500;
  static final int LONGEST_URL = 8000;
  private static final Set<String> EVENT_KEYS =
      Set.of(
          ENABLED,
          CALLBACK,
          HEADERS,
          SIGNATURE,
          FORMAT,
          BATCH,
          VENDOR,
          WEBHOOK_SECRET,
          WEBHOOK_SIGNATURE,
          WEBHOOK_MAPPING,
          USERNAME,
          PASSWORD,
          Element.REQUESTS_PER_MINUTE,
          ResourceParser.INTERVAL,
          ResourceParser.CONFIGURATION,
          ResourceParser.URLS);

  private final InstanceRules rules;
  private final Map<String, String> settings;
  private final Report report;

  private SettingsCheck(InstanceRules rules, Map<String, String> settings, Report report) {
    this.rules = rules;
    this.settings = settings;
    this.report = report;
  }

  public static void check(
      InstanceRules rules, Element element, Map<String, String> configuration, Report report) {
    SettingsCheck check = new SettingsCheck(rules, element.withDefaults(configuration), report);
    check.required(element);
    boolean chosen = check.choices(element);
    check.callback();
    check.notification();
    check.polling();
    check.webhooks(element);
    if (chosen) {
      check.base(element, configuration);
    }
    new UnknownSettings(EVENT_KEYS, element, report).check(check.settings);
    CredentialsCheck.check(
        element,
        configuration,
        (key, message) -> report.problem(path(key), message),
        (key, message) -> report.warn(path(key), message));
  }

  /** Whether the source's own webhooks take the place of polls. */
  static boolean byWebhooks(Map<String, String> settings) {
    return settings.getOrDefault(VENDOR, "").strip().toLowerCase(Locale.ROOT).startsWith("webhook");
  }

  private static String path(String key) {
    return "configuration." + key;
  }

  private void problem(String key, String message) {
    report.problem(path(key), message);
  }

  private String value(String key) {
    return settings.getOrDefault(key, "").strip();
  }

  private void required(Element element) {
    for (Setting setting : element.settings()) {
      if (setting.required() && value(setting.key()).isEmpty()) {
        problem(setting.key(), "is missing; element '%s' needs it".formatted(element.key()));
      }
    }
  }

  /** False where a setting is none of its choices: what follows from it is missing then. */
  private boolean choices(Element element) {
    boolean chosen = true;
    for (Setting setting : element.settings()) {
      String value = value(setting.key());
      if (!value.isEmpty() && !setting.takes(value)) {
        problem(
            setting.key(),
            "found '%s'; write one of %s"
                .formatted(Report.shown(value), String.join(", ", setting.choices().keySet())));
        chosen = false;
      }
    }
    return chosen;
  }

  private void callback() {
    String enabled = value(ENABLED);
    if (!enabled.isEmpty() && !enabled.matches("(?i)true|false")) {
      problem(ENABLED, "found '%s'; write true or false".formatted(Report.shown(enabled)));
    }
    String url = value(CALLBACK);
    if (!url.isEmpty()) {
      callbackUrl(url);
    } else if (enabled.equalsIgnoreCase("true")) {
      problem(CALLBACK, "is missing, and %s is true; say where events are sent".formatted(ENABLED));
    }
  }

  private void callbackUrl(String url) {
    if (url.length() > LONGEST_URL) {
      problem(CALLBACK, "is longer than %d characters; shorten it".formatted(LONGEST_URL));
      return;
    }
    EndpointUri endpoint = EndpointUri.of(url).orElse(null);
    String scheme = url.replaceFirst("(?s):.*", "").toLowerCase(Locale.ROOT);
    if (!UrlCheck.isAbsolute(url) || !rules.callbackSchemes().contains(scheme)) {
      problem(
          CALLBACK,
          "found '%s'; write a url of one of the schemes the operator allows: %s%s"
              .formatted(
                  Report.shown(endpoint == null ? UrlCheck.withoutUser(url) : endpoint),
                  String.join(", ", new TreeSet<>(rules.callbackSchemes())),
                  UrlCheck.startsWithHost(url) ? ", such as https://" + url : ""));
      return;
    }
    String wrong =
        endpoint == null ? UrlCheck.absolute(url) : rules.endpointProblem().apply(endpoint);
    if (wrong != null) {
      problem(CALLBACK, wrong);
    }
    if (endpoint == null) {
      Blanks.warn(report, path(CALLBACK), url);
    } else if (!value(USERNAME).isEmpty()) {
      report.warn(path(USERNAME), "has no effect: the callback is not of http or https");
    }
  }

  private void notification() {
    CallbackHeaders.check(value(HEADERS), report);
    if (settings.containsKey(SIGNATURE) && value(SIGNATURE).isEmpty()) {
      problem(SIGNATURE, "is empty; write a key or leave the setting out");
    }
    if (value(USERNAME).isEmpty() && !value(PASSWORD).isEmpty()) {
      problem(USERNAME, "is missing beside " + PASSWORD + "; write the user's name");
    }
    oneOf(FORMAT, Set.of("elements", "cloudevents"));
    oneOf(VENDOR, Set.of("polling", "webhooks", "webhook"));
    String size = value(BATCH);
    if (!size.isEmpty() && !(size.matches("\\d{1,3}") && inBatch(Integer.parseInt(size)))) {
      problem(
          BATCH,
          "found '%s'; write a whole number from 1 to %d"
              .formatted(Report.shown(size), MOST_EVENTS));
    }
  }

  private static boolean inBatch(int size) {
    return size >= 1 && size <= MOST_EVENTS;
  }

  private void oneOf(String key, Set<String> values) {
    String value = value(key);
    if (!value.isEmpty() && !values.contains(value.toLowerCase(Locale.ROOT))) {
      problem(
          key,
          "found '%s'; write one of %s"
              .formatted(Report.shown(value), String.join(", ", new TreeSet<>(values))));
    }
  }

  private void polling() {
    String perMinute = value(Element.REQUESTS_PER_MINUTE);
    if (!perMinute.isEmpty() && !perMinute.matches("[1-9]\\d{0,5}")) {
      problem(
          Element.REQUESTS_PER_MINUTE,
          "found '%s'; write a whole number of requests from 1 to 999999, or leave it out"
              .formatted(Report.shown(perMinute)));
    }
    String interval = value(ResourceParser.INTERVAL);
    if (interval.isEmpty()) {
      return;
    }
    Durations.parse(interval, Duration.ofMinutes(1))
        .filter(d -> !d.isZero())
        .ifPresentOrElse(
            duration -> {
              if (duration.compareTo(rules.minimumInterval()) < 0) {
                problem(
                    ResourceParser.INTERVAL,
                    ResourceReader.tooShort(interval, rules.minimumInterval()));
              }
            },
            () ->
                problem(
                    ResourceParser.INTERVAL,
                    "found '%s'; write minutes, more than 0, such as 15 or 0.5"
                        .formatted(Report.shown(interval))));
  }

  private void webhooks(Element element) {
    if (!value(WEBHOOK_MAPPING).isEmpty()) {
      try {
        JsonataMapping.untrusted(value(WEBHOOK_MAPPING));
      } catch (IllegalArgumentException e) {
        problem(WEBHOOK_MAPPING, e.getMessage());
      }
    }
    if (byWebhooks(settings)
        && element.webhooks() != null
        && !value(WEBHOOK_SIGNATURE).equalsIgnoreCase("none")
        && element.webhooks().signature() != WebhookScheme.NONE
        && value(element.webhooks().secretSetting()).isEmpty()) {
      report.warn(
          path(element.webhooks().secretSetting()),
          "is missing: webhooks are refused until it holds what they are signed with");
    }
    if (byWebhooks(settings) && element.webhooks() == null) {
      report.warn(
          path(VENDOR),
          "element '%s' does not say how its webhooks are read: none is taken"
              .formatted(element.key()));
    }
  }

  private void base(Element element, Map<String, String> configuration) {
    String base = element.baseUrl(configuration);
    if (base == null) {
      return;
    }
    String wrong = UrlCheck.absolute(base);
    if (wrong != null) {
      problem("base.url", wrong);
    } else if (base.matches(".*[{}\\s?#].*")) {
      problem(
          "base.url",
          "found '%s'; write it without query, fragment, spaces and placeholders that no setting"
                  .formatted(Report.shown(base))
              + " fills");
    }
  }
}
