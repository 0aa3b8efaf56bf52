package dev.watchpost.source;

import dev.watchpost.date.UrlEncoding;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One query parameter of a url; every other byte of the url stays as it is. */
final class QueryParameter {

  private QueryParameter() {}

  /**
   * The url with this value, percent-encoded, in the place of the first one of that name (further
   * ones go), else at the end of the query.
   */
  static String put(String url, String name, String value) {
    int fragment = url.indexOf('#');
    String end = fragment < 0 ? "" : url.substring(fragment);
    String whole = fragment < 0 ? url : url.substring(0, fragment);
    int question = whole.indexOf('?');
    String pair = UrlEncoding.component(name) + "=" + UrlEncoding.component(value);
    if (question < 0) {
      return whole + "?" + pair + end;
    }
    return whole.substring(0, question + 1) + put(whole.substring(question + 1), name, pair, end);
  }

  private static String put(String query, String name, String pair, String end) {
    StringBuilder replaced = new StringBuilder();
    boolean there = false;
    for (String part : query.split("&", -1)) {
      boolean same = names(part, name);
      if (!same || !there) {
        replaced.append(same ? written(part, pair) : part).append('&');
      }
      there |= same;
    }
    replaced.setLength(replaced.length() - 1);
    if (!there) {
      replaced.append(replaced.isEmpty() || query.endsWith("&") ? "" : "&").append(pair);
    }
    return replaced + end;
  }

  /** The name as it stands, so that {@code page%5Bnumber%5D} and {@code page[number]} both stay. */
  private static String written(String part, String pair) {
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals);
    return name + pair.substring(pair.indexOf('='));
  }

  /** Its first value, decoded. */
  static Optional<String> get(String url, String name) {
    String whole = url.split("#", 2)[0];
    int question = whole.indexOf('?');
    for (String part : question < 0 ? new String[0] : whole.substring(question + 1).split("&")) {
      if (names(part, name)) {
        int equals = part.indexOf('=');
        return Optional.of(equals < 0 ? "" : decode(part.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  private static boolean names(String part, String name) {
    return decode(part.split("=", 2)[0]).equals(name);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
