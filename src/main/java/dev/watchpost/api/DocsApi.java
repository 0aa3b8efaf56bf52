package dev.watchpost.api;

import dev.watchpost.element.Catalogue;
import dev.watchpost.element.ElementSchema;
import dev.watchpost.guide.GuidePages;
import java.util.Map;

/** The operations of the tag docs: pages for people, public. */
final class DocsApi {
  /** The pages hold their style and nothing that runs. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");

  private final Catalogue catalogue;

  DocsApi(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  public Reply listDocs(Call call) {
    return page(GuidePages.list(catalogue.all()));
  }

  public Reply getElementDocs(Call call) {
    String key = call.parameter("key");
    return catalogue
        .find(key)
        .map(element -> page(GuidePages.element(element)))
        .orElseThrow(() -> Refusal.notFound("no element '" + key + "'; GET /docs lists them"));
  }

  public Reply getElementSchema(Call call) {
    return Reply.ok(ElementSchema.document());
  }

  private static Reply page(String html) {
    return new Reply(200, HEADERS, Content.html(html));
  }
}
