package dev.watchpost.instance;

import dev.watchpost.element.CredentialsCheck;
import dev.watchpost.element.Element;
import dev.watchpost.element.Setting;
import dev.watchpost.oauth.OAuthCheck;
import dev.watchpost.resource.Nearest;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.ResourceParser;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tells settings that have no effect. Elements may have settings of any name, and urls may hold any
 * as placeholders, so that a key of no known family is let be, unless it is a known one spelt
 * otherwise.
 */
final class UnknownSettings {
  /** A flattened object with a url among its first members. */
  private static final Pattern RESOURCE =
      Pattern.compile("^\\s*\\{(?:[^{}\\[\\]]*,)?\\s*\"url\"\\s*:\\s*\"");

  private final Set<String> eventKeys;
  private final Set<String> all;
  private final Report report;

  UnknownSettings(Set<String> eventKeys, Element element, Report report) {
    this.eventKeys = eventKeys;
    this.report = report;
    this.all = new TreeSet<>(eventKeys);
    all.addAll(CredentialsCheck.KEYS);
    all.addAll(OAuthCheck.KEYS);
    all.add("base.url");
    element.settings().stream().map(Setting::key).forEach(all::add);
  }

  void check(Map<String, String> settings) {
    settings.forEach(
        (key, value) -> {
          String path = "configuration." + key;
          if (RESOURCE.matcher(value).find()) {
            report.problem(
                path, "is a resource; move it into configuration." + ResourceParser.CONFIGURATION);
          } else if (!all.contains(key)) {
            warn(path, key);
          }
        });
  }

  private void warn(String path, String key) {
    Set<String> family =
        switch (key.replaceFirst("\\..*", "")) {
          case "event" -> eventKeys;
          case "authentication" -> CredentialsCheck.KEYS;
          case "oauth" -> OAuthCheck.KEYS;
          default -> null;
        };
    if (family != null) {
      report.warn(path, "is not known and has no effect; " + Nearest.suggestion(key, family));
    } else {
      all.stream()
          .filter(known -> letters(known).equals(letters(key)))
          .findFirst()
          .ifPresent(
              known -> report.warn(path, "has no effect; did you mean '%s'?".formatted(known)));
    }
  }

  private static String letters(String key) {
    return key.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
  }
}
