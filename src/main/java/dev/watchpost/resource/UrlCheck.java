package dev.watchpost.resource;

import dev.watchpost.date.UrlEncoding;
import dev.watchpost.network.WebAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a url can be asked. Tokens are left aside. */
public final class UrlCheck {
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern AUTHORITY =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://([^/?#\\\\]*)");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:@\\[\\]\"<>|^`]+)(:(\\d{1,5}))?");

  /** {@code www.example.com/things}: it would become a path. */
  private static final Pattern HOST_FIRST =
      Pattern.compile(
          "(?i)^(?:www\\.[^/?]+|[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|org|net|io|dev|app|cloud|eu|de"
              + "|uk|us|local|test|example)(?::\\d+)?)(?:[/?]|$)");

  private static final Pattern BROKEN_SCHEME = Pattern.compile("(?i)^https?[/;]");
  private static final Pattern SECOND_QUERY = Pattern.compile("\\?[^?]*\\?[A-Za-z_$]+=");

  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z:]+}");

  private static final Pattern HOST_END = Pattern.compile("[/?#]");

  private UrlCheck() {}

  public static boolean isAbsolute(String url) {
    return SCHEME.matcher(url).find();
  }

  /** What is wrong with an absolute url, with the fix; null: nothing. Never shows a password. */
  public static String absolute(String url) {
    Matcher scheme = SCHEME.matcher(url);
    if (!scheme.find() || !scheme.group(1).matches("(?i)https?")) {
      return "found '%s'; write a url that starts with http:// or https://"
          .formatted(Report.shown(withoutUser(url)));
    }
    Matcher authority = AUTHORITY.matcher(url);
    if (!authority.find() || authority.group(1).isEmpty()) {
      return "found '%s', which names no host; write https://host/path"
          .formatted(Report.shown(withoutUser(url)));
    }
    if (authority.group(1).contains("@")) {
      return "carries a user before '@'; remove it and use the settings for the password instead";
    }
    Matcher host = HOST.matcher(authority.group(1));
    if (path(url).indexOf('\\') >= 0
        || !host.matches()
        || (host.group(3) != null && Integer.parseInt(host.group(3)) > 65_535)) {
      return "found '%s', whose host cannot be; write https://host:port/path"
          .formatted(Report.shown(withoutUser(url)));
    }
    return authority.group(1).indexOf('{') < 0 ? host(url, authority.group()) : null;
  }

  /** What no address policy allows, and what others may read in another way than we do. */
  private static String host(String url, String origin) {
    String problem = WebAddress.problem(UrlEncoding.encode(origin + "/"));
    return problem == null
        ? null
        : "found '%s'; %s%s"
            .formatted(
                Report.shown(withoutUser(url)),
                problem.substring(0, 1).toLowerCase(Locale.ROOT),
                problem.substring(1).replaceAll("\\.$", ""));
  }

  /** Whether only the scheme is missing. */
  public static boolean startsWithHost(String url) {
    return HOST_FIRST.matcher(url).find();
  }

  /** What stands before the query: there a browser reads {@code \} as {@code /}. */
  private static String path(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /** Whether a brace has no partner, as where a token ends too early. */
  static boolean bracesMatch(String url) {
    int open = 0;
    for (int i = 0; i < url.length() && open >= 0; i++) {
      open += url.charAt(i) == '{' ? 1 : url.charAt(i) == '}' ? -1 : 0;
    }
    return open == 0;
  }

  /** {@code $name}}: a token whose opening brace was lost. */
  static boolean holdsVariable(String url) {
    return VARIABLE.matcher(url).find();
  }

  /** What is suspicious about a url that can be asked; null: nothing. */
  static String oddity(String url) {
    if (url.contains("&amp;")) {
      return "holds '&amp;', which is sent so; write '&'";
    } else if (url.indexOf('#') >= 0) {
      return "what follows '#' is not sent; write %23 for a '#' that belongs to the url";
    } else if (SECOND_QUERY.matcher(url).find()) {
      return "holds '?' twice; write '&' between parameters";
    }
    return null;
  }

  public static String withoutUser(String url) {
    int begin = url.indexOf("//") + 2;
    int at = url.lastIndexOf('@');
    if (begin < 2 || at < begin) {
      return url;
    }
    Matcher end = HOST_END.matcher(url);
    int inHost = url.lastIndexOf('@', end.find(begin) ? end.start() - 1 : url.length());
    int colon = url.indexOf(':', begin);
    // a password may hold a slash; a port is a number
    boolean later = colon > 0 && colon < at && !Character.isDigit(url.charAt(colon + 1));
    return inHost >= begin || later
        ? url.substring(0, begin) + url.substring((later ? at : inHost) + 1)
        : url;
  }

  /** What is wrong with a relative url; null: nothing. */
  static String relative(String url, String baseUrl) {
    if (url.startsWith("//") || path(url).indexOf('\\') >= 0) {
      return "found '%s'; write a path such as /customers, or a whole url"
          .formatted(Report.shown(withoutUser(url)));
    }
    if (startsWithHost(url) || BROKEN_SCHEME.matcher(url).find()) {
      return "found '%s', which is no path; write https://host/path, or a path such as /customers"
          .formatted(Report.shown(withoutUser(url)));
    }
    if (baseUrl == null) {
      return "found '%s', which is relative, and there is no base.url; set configuration.base.url"
              .formatted(Report.shown(withoutUser(url)))
          + " or write a whole url";
    }
    return null;
  }
}
