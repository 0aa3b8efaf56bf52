package dev.watchpost.date;

/** Percent-encodes a url as a browser would (WHATWG URL): what is already percent-encoded stays. */
public final class UrlEncoding {
  private UrlEncoding() {}

  public static String encode(String url) {
    throw new UnsupportedOperationException("to come");
  }
}
