package dev.watchpost.source;

/**
 * What asks a source to answer 304 where nothing changed (RFC 9110 section 13), kept only of polls
 * that read a single page.
 *
 * @param etag null: none
 * @param lastModified null: none
 * @param url they belong to; null with neither
 */
public record Validators(String etag, String lastModified, String url) {
  public static final Validators NONE = new Validators(null, null, null);

  boolean belongTo(String requested) {
    return requested.equals(url) && (etag != null || lastModified != null);
  }
}
