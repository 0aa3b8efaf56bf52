package dev.watchpost.instance;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.SensitiveUtils;

/**
 * A callback that is a Camel endpoint: {@code kafka:customers?brokers=localhost:9092}. Tenants
 * write it and Camel resolves it, so what Camel would look up, evaluate or make for it is refused
 * here: properties, expressions, references to objects. Immutable.
 */
public final class EndpointUri {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
  private static final Pattern OPTION =
      Pattern.compile("(?<=[?&])([^=&]*)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)");
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)([a-z0-9+.-]+://|(s?ftps?|smtps?|imaps?|pop3s?|smb):)[^:@/?]*:[^@/?]*@.*");

  /** Our own queues and routes. */
  private static final Pattern OURS = Pattern.compile("(?i)(direct|seda):/*watchpost.*");

  private static final Set<String> WEB = Set.of("http", "https");

  private static final int DECODINGS = 5;

  /** Shorter values are in too many texts by chance. */
  private static final int SHORTEST_SECRET = 4;

  private final String uri;

  private EndpointUri(String uri) {
    this.uri = uri;
  }

  /** Empty where a callback is of http or https, too long, or no url at all. */
  public static Optional<EndpointUri> of(String callback) {
    return callback.length() <= SettingsCheck.LONGEST_URL
            && SCHEME.matcher(callback).matches()
            && !WEB.contains(scheme(callback))
        ? Optional.of(new EndpointUri(callback))
        : Optional.empty();
  }

  private static String scheme(String uri) {
    return uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  /** In lower case, as {@code watchpost.callback.schemes} lists it. */
  public String scheme() {
    return scheme(uri);
  }

  /** With its secrets. */
  public String uri() {
    return uri;
  }

  /** What must not be in it, with the fix; null: nothing. Shows nothing of it. */
  public String problem() {
    String decoded = decoded(uri);
    if (decoded == null) {
      return "is percent-encoded many times over; write it plainly";
    } else if (decoded.contains("{{") || decoded.contains("}}")) {
      return "holds {{ or }}: properties are not resolved in callbacks; write the value";
    } else if (decoded.contains("${") || decoded.contains("$simple{")) {
      return "holds ${ or $simple{: expressions are not evaluated in callbacks; write the value";
    } else if (OURS.matcher(decoded).matches()) {
      return "names a route of Watchpost's own; give yours another name";
    } else if (PASSWORD.matcher(uri).matches()) {
      return "carries a password before '@'; write it as an option of the endpoint instead";
    }
    for (Map.Entry<String, String> option : options().entrySet()) {
      if (decoded(option.getValue()).replaceFirst("^\\s*RAW[({]", "").strip().startsWith("#")) {
        return "option '%s' refers to an object; write a value without '#'"
            .formatted(option.getKey());
      }
    }
    return null;
  }

  /** Decoded until nothing changes any more; null where that does not end. */
  private static String decoded(String text) {
    String before = text;
    for (int i = 0; i < DECODINGS; i++) {
      String after = decodedOnce(before);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return null;
  }

  private static String decodedOnce(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEncoding) {
      return text;
    }
  }

  /** Options by name, as written. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    OPTION.matcher(uri).results().forEach(option -> options.put(option.group(1), option.group(2)));
    return options;
  }

  /** Whether it names an option, in any case. */
  public boolean has(String option) {
    return options().keySet().stream().anyMatch(option::equalsIgnoreCase);
  }

  /** With options it does not name itself. */
  public EndpointUri withDefaults(Map<String, String> defaults) {
    StringBuilder whole = new StringBuilder(uri);
    defaults.forEach(
        (name, value) -> {
          if (!has(name)) {
            whole.append(whole.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value);
          }
        });
    return new EndpointUri(whole.toString());
  }

  /** As it is shown. */
  public String masked() {
    return OPTION
        .matcher(uri)
        .replaceAll(
            option ->
                Matcher.quoteReplacement(
                    option.group(1) + "=" + (isSecret(option) ? Masking.MASK : option.group(2))));
  }

  /** A text without its secrets, and without itself as a whole. */
  public String hidden(String text) {
    String shown = text.replace(uri, masked());
    for (MatchResult option : OPTION.matcher(uri).results().toList()) {
      if (isSecret(option) && option.group(2).length() >= SHORTEST_SECRET) {
        shown = shown.replace(option.group(2), Masking.MASK);
        shown = shown.replace(decodedOnce(option.group(2)), Masking.MASK);
        shown = shown.replace(plain(option.group(2)), Masking.MASK);
      }
    }
    return shown;
  }

  private static String plain(String value) {
    return value.matches("RAW[({].+[)}]") ? value.substring(4, value.length() - 1) : value;
  }

  /** By Camel's own list of such options, and by ours. */
  private static boolean isSecret(MatchResult option) {
    String name = decodedOnce(option.group(1)).strip();
    return SensitiveUtils.containsSensitive(name)
        || Masking.isSecret(name)
        || name.toLowerCase(Locale.ROOT).contains("jaas");
  }

  /** Whether it came back as it was shown. */
  boolean holdsMask() {
    return options().containsValue(Masking.MASK);
  }

  /** With the values that its masks stand for; null where one stands for nothing. */
  String unmasked(EndpointUri stored) {
    Map<String, String> values = stored == null ? Map.of() : stored.options();
    boolean known =
        options().entrySet().stream()
            .filter(option -> option.getValue().equals(Masking.MASK))
            .allMatch(option -> values.containsKey(option.getKey()));
    return known ? filledIn(values) : null;
  }

  private String filledIn(Map<String, String> values) {
    return OPTION
        .matcher(uri)
        .replaceAll(
            option ->
                Matcher.quoteReplacement(
                    option.group(1)
                        + "="
                        + (option.group(2).equals(Masking.MASK)
                            ? values.get(option.group(1))
                            : option.group(2))));
  }

  /** Without its options, which may hold secrets. */
  @Override
  public String toString() {
    return masked();
  }
}
