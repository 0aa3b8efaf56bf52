package dev.watchpost.api;

/** Body of a {@link Reply} that is a page. */
record Html(String text) {
  static final String TYPE = "text/html; charset=utf-8";
}
