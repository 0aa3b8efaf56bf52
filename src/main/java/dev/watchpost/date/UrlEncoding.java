package dev.watchpost.date;

import java.net.IDN;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Percent-encodes a url as a browser would (WHATWG URL, special schemes): path and query each by
 * their set, non-ASCII as UTF-8, a host by IDN, {@code \} in a path as {@code /}; the fragment
 * goes. What is already percent-encoded stays, {@code +} and {@code |} stay. Unlike a browser, a
 * {@code %} that encodes nothing becomes {@code %25}: servers refuse it otherwise.
 */
public final class UrlEncoding {
  private static final String PATH = " \"#<>?^`{}";
  private static final String QUERY = " \"#<>'";
  private static final String HEX = "0123456789ABCDEF";
  private static final Pattern AUTHORITY =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@\\\\]*@)?)([^/?#\\\\]*)");

  private UrlEncoding() {}

  /**
   * @param url absolute, or relative to some base
   */
  public static String encode(String url) {
    String text = trimmed(url);
    int fragment = text.indexOf('#');
    text = fragment < 0 ? text : text.substring(0, fragment);
    Matcher authority = AUTHORITY.matcher(text);
    int path = authority.find() ? authority.end() : 0;
    int query = text.indexOf('?', path);
    int end = query < 0 ? text.length() : query;
    StringBuilder encoded = new StringBuilder(path > 0 ? origin(authority) : "");
    append(encoded, text.substring(path, end).replace('\\', '/'), PATH);
    if (query >= 0) {
      append(encoded.append('?'), text.substring(query + 1), QUERY);
    }
    return encoded.toString();
  }

  /**
   * A name or value of a query, or one step of a path: all but letters, digits and {@code - . _ ~}
   * is encoded (RFC 3986, section 2.3).
   */
  public static String component(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** A value that must not end a path or parameter, nor turn a plus into a blank. */
  static String guard(String value) {
    return value.replace("+", "%2B").replace("&", "%26").replace("#", "%23").replace("?", "%3F");
  }

  /** Blanks around it, and line breaks and tabs within, are not part of a url. */
  private static String trimmed(String url) {
    return url.strip().replaceAll("[\t\n\r]", "");
  }

  private static String origin(Matcher authority) {
    String host = authority.group(2);
    boolean ascii = host.chars().allMatch(c -> c < 0x80);
    return authority.group(1) + (ascii ? host : toAscii(host));
  }

  private static String toAscii(String host) {
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return host; // no host name at all: whoever connects will say so
    }
  }

  private static void append(StringBuilder to, String part, String set) {
    for (int i = 0; i < part.length(); ) {
      int c = part.codePointAt(i);
      if (c == '%' && !encodes(part, i)) {
        to.append("%25");
      } else if (c <= 0x1F || c >= 0x7F || set.indexOf(c) >= 0) {
        escape(to, c);
      } else {
        to.append((char) c);
      }
      i += Character.charCount(c);
    }
  }

  private static boolean encodes(String part, int percent) {
    return percent + 2 < part.length()
        && Character.digit(part.charAt(percent + 1), 16) >= 0
        && Character.digit(part.charAt(percent + 2), 16) >= 0;
  }

  private static void escape(StringBuilder to, int codePoint) {
    boolean lone = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    byte[] bytes = Character.toString(lone ? 0xFFFD : codePoint).getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      to.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
    }
  }
}
