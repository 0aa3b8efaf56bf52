package dev.watchpost.guide;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.watchpost.element.Element;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages: a list of the elements, and a guide for each. Whole HTML documents that ask for
 * nothing else; every text is escaped. Thread-safe.
 */
public final class GuidePages {
  private static final Mustache.Compiler MUSTACHE =
      Mustache.compiler()
          .nullValue("")
          .withLoader(
              name ->
                  new InputStreamReader(
                      GuidePages.class.getResourceAsStream("/guide/" + name + ".mustache"),
                      StandardCharsets.UTF_8));
  private static final Template LIST = MUSTACHE.loadTemplate("list");
  private static final Template ELEMENT = MUSTACHE.loadTemplate("element");

  private GuidePages() {}

  private record Hub(String hub, List<ElementPage> elements) {}

  private record ListPage(String name, int count, List<Hub> hubs) {}

  /** All elements, by hub. Its links are relative to {@code /docs}. */
  public static String list(List<Element> elements) {
    Map<String, List<ElementPage>> byHub = new TreeMap<>();
    for (Element element : elements) {
      byHub.computeIfAbsent(element.hub(), hub -> new ArrayList<>()).add(ElementPage.of(element));
    }
    List<Hub> hubs = byHub.entrySet().stream().map(h -> new Hub(h.getKey(), h.getValue())).toList();
    return LIST.execute(new ListPage("Elements", elements.size(), hubs));
  }

  /** The guide of one element. Its links are relative to {@code /docs/elements/{key}}. */
  public static String element(Element element) {
    return ELEMENT.execute(ElementPage.of(element));
  }
}
