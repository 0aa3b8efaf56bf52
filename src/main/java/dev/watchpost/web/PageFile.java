package dev.watchpost.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.webjars.WebJarVersionLocator;

/**
 * A file of the web page.
 *
 * @param type its Content-Type
 * @param etag of these bytes, in its quotes
 */
public record PageFile(String type, byte[] bytes, String etag) {
  private static final String OWN_NAME = "[a-z-]+\\.(html|css|js|svg)";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** What is a library's, by the name it has on the page. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "lit-html.js", library("lit-html", "lit-html.js"),
          "pico.css", library("picocss__pico", "css/pico.min.css"));

  private static String library(String webJar, String file) {
    return "/META-INF/resources/webjars/" + new WebJarVersionLocator().path(webJar, file);
  }

  /**
   * @param name without directories; others are not found
   */
  public static Optional<PageFile> find(String name) {
    if (!name.matches(OWN_NAME)) {
      return Optional.empty();
    }
    String resource = LIBRARIES.getOrDefault(name, "/web/" + name);
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(of(name, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static PageFile of(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return new PageFile(type, bytes, "\"" + UUID.nameUUIDFromBytes(bytes) + "\"");
  }
}
