package dev.watchpost.api;

import java.nio.charset.StandardCharsets;

/**
 * Body of a {@link Reply} that is no JSON.
 *
 * @param type its Content-Type
 */
record Content(String type, byte[] bytes) {

  /** A page. */
  static Content html(String text) {
    return of("text/html; charset=utf-8", text);
  }

  /** A text that no browser should take for anything else. */
  static Content plain(String text) {
    return of("text/plain; charset=utf-8", text);
  }

  private static Content of(String type, String text) {
    return new Content(type, text.getBytes(StandardCharsets.UTF_8));
  }
}
