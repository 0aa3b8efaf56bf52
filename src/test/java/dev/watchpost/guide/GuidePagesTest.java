package dev.watchpost.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.element.ElementGuide;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuidePagesTest {
  private static final Pattern FETCHED =
      Pattern.compile(
          "(?i)<(script|link|img|iframe|object|embed|base|form)|@import|url\\(|\\bsrc=");
  private static final Pattern UNFILLED = Pattern.compile("\\{\\{|}}|&amp;(lt|gt|amp|quot|#)");

  static List<Element> elements() {
    return Catalogue.builtIn().all();
  }

  @ParameterizedTest
  @MethodSource("elements")
  void page_names_every_resource_setting_limit_and_source(Element element) {
    String page = GuidePages.element(element);

    assertThat(page)
        .contains("<h1>" + element.name() + "</h1>", Prose.html(element.documentation()));
    element
        .pollerConfiguration()
        .keySet()
        .forEach(
            resource ->
                assertThat(page)
                    .contains(
                        "<code>" + resource + "</code>",
                        Prose.html(element.guide().of(resource).source()),
                        "<b>&quot;" + resource + "&quot;</b>"));
    element
        .settings()
        .forEach(setting -> assertThat(page).contains("<code>" + setting.key() + "</code>"));
    element.guide().limits().forEach(limit -> assertThat(page).contains(Prose.html(limit)));
    element.guide().sources().forEach(source -> assertThat(page).contains(Prose.html(source)));
  }

  @ParameterizedTest
  @MethodSource("elements")
  void page_asks_for_nothing_else_and_has_no_hole(Element element) {
    String page = GuidePages.element(element);

    assertThat(FETCHED.matcher(page).results()).isEmpty();
    assertThat(UNFILLED.matcher(page.replaceAll("(?s)<style>.*</style>", "")).results()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("elements")
  void what_no_source_confirms_is_shown_so(Element element) {
    String page = GuidePages.element(element);

    List<String> doubts =
        element.guide().resources().values().stream()
            .map(ElementGuide.Note::unverified)
            .filter(doubt -> !doubt.isEmpty())
            .toList();

    assertThat(page.contains("Partly unverified.")).isEqualTo(element.unverified());
    assertThat(page.split("Unverified: ", -1)).hasSize(doubts.size() + 1);
    assertThat(doubts).allSatisfy(doubt -> assertThat(page).contains(Prose.html(doubt)));
  }

  @Test
  void list_links_every_element() {
    String list = GuidePages.list(elements());

    assertThat(FETCHED.matcher(list).results()).isEmpty();
    assertThat(elements())
        .allSatisfy(
            element -> assertThat(list).contains("href=\"docs/elements/" + element.key() + "\""));
    assertThat(list).contains("The " + elements().size() + " kinds of API");
  }

  @Test
  void whatever_a_file_says_is_text_on_the_page() {
    Catalogue catalogue = Catalogue.builtIn();
    String evil = "<script>alert(1)</script>";
    catalogue.apply(
        Map.of(
            "evil.yaml",
            """
            key: evil
            number: 70001
            name: '%1$s'
            hub: '%1$s'
            description: '%1$s `%1$s`'
            documentation: https://h/?'onclick=alert(1)
            authentication: [apiKey]
            settings:
              - {key: '%1$s', description: '%1$s', default: '%1$s', required: true}
              - {key: 'authentication.name', example: '%1$s', default: '%1$s'}
              - {key: a, example: '%1$s', required: true}
            guide: {setup: ['%1$s'], limits: ['%1$s'], sources: ["https://h/?'x"]}
            pollerConfiguration:
              '%1$s': {url: '/%1$s', idField: '%1$s', description: '%1$s', unverified: '%1$s',
                       deletes: {deletedField: '%1$s', deletedValue: '%1$s'}, overlap: '%1$s'}
            """
                .formatted(evil)),
        List.of());
    Element element = catalogue.find("evil").orElseThrow();

    for (String page : List.of(GuidePages.element(element), GuidePages.list(catalogue.all()))) {
      assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
      assertThat(page).doesNotContain("\"https://h/?'", "https://h/?\"");
    }
  }
}
