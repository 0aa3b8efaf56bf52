package dev.watchpost.api;

/** Body of a {@link Reply} that is a text. */
record PlainText(String text) {
  static final String TYPE = "text/plain; charset=utf-8";
}
