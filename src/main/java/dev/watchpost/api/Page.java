package dev.watchpost.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which part of a list is asked for: {@code pageSize} (default 200, larger than 2000 counts as
 * 2000) and {@code nextPage}, the token that the page before gave.
 */
record Page(int size, int offset) {
  private static final int DEFAULT = 200;
  private static final int MAXIMUM = 2000;
  private static final String PREFIX = "offset:";

  /**
   * @throws Refusal 400
   */
  static Page of(Call call) {
    return new Page(size(call.query("pageSize")), offset(call.query("nextPage")));
  }

  private static int size(String text) {
    if (text == null) {
      return DEFAULT;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
      throw Refusal.invalid("pageSize", "expected a number from 1 to 2000, found '" + text + "'");
    }
    return Math.min(Integer.parseInt(text), MAXIMUM);
  }

  private static int offset(String token) {
    if (token == null) {
      return 0;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.matches(PREFIX + "\\d{1,9}")) {
        return Integer.parseInt(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException e) {
      // no Base64: refused below, as any other text that is no token of ours
    }
    throw Refusal.invalid("nextPage", "not a token of a page; leave it out for the first page");
  }

  /**
   * @param total null: unknown, then a full page has a next one
   */
  Reply reply(List<?> items, Long total) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Elements-Returned-Count", Integer.toString(items.size()));
    if (total != null) {
      headers.put("Elements-Total-Count", Long.toString(total));
    }
    int next = offset + items.size();
    boolean more = total == null ? items.size() == size : next < total && !items.isEmpty();
    if (more) {
      headers.put("Elements-Next-Page-Token", token(next));
    }
    return new Reply(200, headers, items);
  }

  /** A part of a list that is there whole. */
  <T> Reply of(List<T> all) {
    int from = Math.min(offset, all.size());
    return reply(all.subList(from, Math.min(from + size, all.size())), (long) all.size());
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((PREFIX + offset).getBytes(StandardCharsets.UTF_8));
  }
}
