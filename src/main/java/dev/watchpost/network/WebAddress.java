package dev.watchpost.network;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http or https URL in the two parts camel-http needs apart, because it re-encodes any URL it is
 * given ({@code ~}, {@code |} and more) and resolves <code>{{..}}</code> in it.
 *
 * @param origin scheme, host and port with a closing slash, for the header {@code CamelHttpUri}:
 *     {@code http://127.0.0.1:8080/}
 * @param target path and query as they go over the wire, for the header {@value #TARGET}: {@code
 *     /customers?since=%27x%27}
 */
public record WebAddress(String origin, String target) {

  /** The header that {@link GuardedHttp} takes off a request and sends as its request target. */
  public static final String TARGET = "Watchpost-Target";

  private static final Pattern URL =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#\\\\]*)(?<rest>.*)");
  private static final Pattern HOST =
      Pattern.compile("(?<host>[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\\.?|\\[[0-9a-fA-F:.]+])");

  /** Browsers and libraries read such a host as an address: {@code 127.1}, {@code 0x7f000001}. */
  private static final Pattern NUMBER_LAST = Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

  private static final Set<String> HTTP = Set.of("http", "https");

  /** What is wrong with hosts: a poll asks the same one for every page. */
  private static final LoadingCache<String, Optional<String>> AUTHORITIES =
      Caffeine.newBuilder().maximumSize(10_000).build(WebAddress::authorityProblem);

  private static final Pattern PORT = Pattern.compile("(?<host>.*?)(:(?<port>\\d{0,5}))?");

  /**
   * Null where {@code url} is http or https with a host that may be connected to, as far as that is
   * known without asking DNS, and without user-info; else a sentence saying what is wrong. Path and
   * query may still hold tokens: they are not looked at.
   */
  public static String problem(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return "The URL must be absolute, such as https://api.example.com/customers.";
    }
    if (!HTTP.contains(parts.group("scheme").toLowerCase(Locale.ROOT))) {
      return "The URL must start with http:// or https://, not %s://."
          .formatted(parts.group("scheme"));
    }
    return authorityProblem(parts.group("authority"), parts.group("rest"));
  }

  private static String authorityProblem(String authority, String rest) {
    if (authority.contains("@")) {
      return "The URL must not hold a user name or password; use authentication settings.";
    }
    if (rest.startsWith("\\")) {
      return "The URL must not hold a backslash after its host.";
    }
    return AUTHORITIES.get(authority).orElse(null);
  }

  private static Optional<String> authorityProblem(String authority) {
    Matcher parts = PORT.matcher(authority);
    parts.matches();
    String wrong = hostProblem(parts.group("host"));
    if (wrong != null) {
      return Optional.of(wrong);
    }
    String port = parts.group("port");
    boolean fits = port == null || port.isEmpty() || validPort(Integer.parseInt(port));
    return fits ? Optional.empty() : Optional.of("The URL's port must lie between 1 and 65535.");
  }

  private static String hostProblem(String host) {
    if (!HOST.matcher(host).matches()) {
      return "The URL's host must be a name of letters, digits, dots and hyphens, or an address.";
    }
    if (NUMBER_LAST.matcher(host).matches() && Cidr.literal(host) == null) {
      return "The URL's host is an address in an unusual form; write it as 192.0.2.1.";
    }
    String never = AddressPolicy.never(host);
    return never == null ? null : "The URL's host %s is %s".formatted(host, never);
  }

  private static boolean validPort(int port) {
    return port >= 1 && port <= 65535;
  }

  /**
   * Takes an encoded URL apart; a fragment is left out.
   *
   * @throws IllegalArgumentException with {@link #problem}, or where path or query hold anything
   *     but visible ASCII
   */
  public static WebAddress of(String url) {
    String problem = problem(url);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    Matcher parts = URL.matcher(url);
    parts.matches();
    String rest = parts.group("rest");
    int fragment = rest.indexOf('#');
    rest = fragment < 0 ? rest : rest.substring(0, fragment);
    if (!isTarget("/" + rest)) {
      throw new IllegalArgumentException("The URL's path and query must be percent-encoded.");
    }
    String origin = parts.group("scheme") + "://" + parts.group("authority") + "/";
    return new WebAddress(origin, rest.startsWith("/") ? rest : "/" + rest);
  }

  static boolean isTarget(String text) {
    return text.startsWith("/") && text.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
  }
}
