package dev.watchpost.element;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.hub.HubMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of API that can be watched, as an {@code elements/*.yaml} describes it. Immutable.
 *
 * @param key what instances name it by
 * @param number the other name of it, unique in the catalogue
 * @param name for people
 * @param hub what kind of API it is, {@code hubKey} of its events
 * @param description for people; empty: none
 * @param baseUrl absolute, may hold {@code {placeholders}} of settings; null: the instance says it
 *     with {@code base.url}
 * @param authentication the ways its requests can be authenticated, at least one; in the order in
 *     which they are proposed
 * @param oauth how its OAuth2 server is asked; null: the instance says it
 * @param headers of its requests beside those of authentication: name to value, which may hold
 *     {@code {placeholders}} of settings; one whose setting is missing is left out
 * @param signature how its requests are signed; null: not at all
 * @param webhooks what its provider's webhooks say; null: it takes none
 * @param hubMapping how urls of hubs become its requests; null: it has none
 * @param requestsPerMinute what its hosts are asked at most, of all its instances together, where
 *     they do not name a number of their own; 0: no limit
 * @param settings those its instances have
 * @param pollerConfiguration what an instance without a poller configuration polls, by resource
 * @param documentation url of the documentation it was made from; null: none
 * @param unverified something in it is confirmed by no source
 * @param guide for people
 */
public record Element(
    String key,
    long number,
    String name,
    String hub,
    String description,
    String baseUrl,
    Set<AuthenticationType> authentication,
    OAuthServer oauth,
    Map<String, String> headers,
    RequestSignature signature,
    ElementWebhooks webhooks,
    HubMapping hubMapping,
    int requestsPerMinute,
    List<Setting> settings,
    Map<String, JsonNode> pollerConfiguration,
    String documentation,
    boolean unverified,
    ElementGuide guide) {

  /** The setting of an instance beside {@link #requestsPerMinute}. */
  public static final String REQUESTS_PER_MINUTE = "event.poller.requests_per_minute";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

  /**
   * An instance's settings with this element's defaults behind them, and with what follows from the
   * choices among them.
   */
  public Map<String, String> withDefaults(Map<String, String> configuration) {
    Map<String, String> all = new LinkedHashMap<>();
    if (requestsPerMinute > 0) {
      all.put(REQUESTS_PER_MINUTE, Integer.toString(requestsPerMinute));
    }
    for (Setting setting : settings) {
      if (setting.defaultValue() != null) {
        all.put(setting.key(), setting.defaultValue());
      }
    }
    all.putAll(configuration);
    for (Setting setting : settings) {
      String value = all.getOrDefault(setting.key(), "");
      setting.following(value).ifPresent(more -> more.forEach(all::putIfAbsent));
    }
    return all;
  }

  /**
   * What relative urls of an instance are appended to: its {@code base.url}, else the element's;
   * null where neither is set. Placeholders are filled in; one without a setting stays.
   */
  public String baseUrl(Map<String, String> configuration) {
    Map<String, String> settings = withDefaults(configuration);
    String own = settings.get("base.url");
    String url = own == null || own.isBlank() ? baseUrl : own.strip();
    return url == null ? null : filled(url, configuration);
  }

  /** {@code url} with its placeholders filled in; one without a setting stays. */
  public String filled(String url, Map<String, String> configuration) {
    Map<String, String> settings = withDefaults(configuration);
    return PLACEHOLDER
        .matcher(url)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(settings.getOrDefault(match.group(1), match.group())));
  }

  /**
   * {@link #headers} for an instance.
   *
   * @param settings with defaults
   */
  Map<String, String> headers(Map<String, String> settings) {
    Map<String, String> filled = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          boolean all =
              PLACEHOLDER
                  .matcher(value)
                  .results()
                  .allMatch(match -> !settings.getOrDefault(match.group(1), "").isBlank());
          if (all) {
            filled.put(name, filled(value, settings));
          }
        });
    return filled;
  }

  /**
   * The secrets that {@link #headers} hold.
   *
   * @param settings with defaults
   */
  Set<String> secrets(Map<String, String> settings) {
    return headers.values().stream()
        .flatMap(value -> PLACEHOLDER.matcher(value).results())
        .filter(match -> isSecret(match.group(1)))
        .map(match -> settings.getOrDefault(match.group(1), ""))
        .filter(value -> !value.isBlank())
        .collect(Collectors.toSet());
  }

  /** True where the element says that a setting must never be shown. */
  public boolean isSecret(String settingKey) {
    return settings.stream().anyMatch(s -> s.secret() && s.key().equals(settingKey));
  }
}
