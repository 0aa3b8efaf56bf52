package dev.watchpost.source;

import com.dynatrace.hash4j.hashing.Hashing;

/**
 * What asks a source to answer 304 where nothing changed (RFC 9110 section 13), kept only of polls
 * that read a single page.
 *
 * @param etag null: none
 * @param lastModified null: none
 * @param url hash of the one they belong to, which may hold a secret; null with neither
 */
public record Validators(String etag, String lastModified, String url) {
  public static final Validators NONE = new Validators(null, null, null);

  static Validators of(String etag, String lastModified, String url) {
    return etag == null && lastModified == null
        ? NONE
        : new Validators(etag, lastModified, hash(url));
  }

  private static String hash(String url) {
    return Long.toHexString(Hashing.xxh3_64().hashCharsToLong(url));
  }

  boolean belongTo(String requested) {
    return hash(requested).equals(url) && (etag != null || lastModified != null);
  }
}
