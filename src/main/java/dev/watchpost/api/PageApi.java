package dev.watchpost.api;

import dev.watchpost.web.PageFile;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operations of the tag page: the web page and what it is made of, public. */
final class PageApi {
  /**
   * Scripts and styles come from here alone and none stands in the page; trusted types leave the
   * library that renders as the only one who may make HTML. Pico's icons are data urls.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
              + "require-trusted-types-for 'script'; trusted-types lit-html",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  public Reply getPage(Call call) {
    return file(call, "index.html");
  }

  public Reply getPageFile(Call call) {
    return file(call, call.parameter("file"));
  }

  private static Reply file(Call call, String name) {
    PageFile file =
        PageFile.find(name)
            .orElseThrow(() -> Refusal.notFound("the page has no file '" + name + "'"));
    Map<String, String> headers = new LinkedHashMap<>(HEADERS);
    headers.put("ETag", file.etag());
    boolean known = call.headers().getOrDefault("if-none-match", "").contains(file.etag());
    return known
        ? new Reply(304, headers, null)
        : new Reply(200, headers, new Content(file.type(), file.bytes()));
  }
}
