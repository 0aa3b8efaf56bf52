package dev.watchpost.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinkHeaderTest {

  private static final String URL = "https://api.example.com/v1/items?page=1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<https://x.example/2>; rel=\"next\" | https://x.example/2",
        "<https://x.example/2>;rel=next | https://x.example/2",
        "<https://x.example/2>; REL=\"Next\" | https://x.example/2",
        "<https://x.example/1>; rel=\"prev\", <https://x.example/3>; rel=\"next\" | https://x.example/3",
        "<https://x.example/2>; rel=\"last next\" | https://x.example/2",
        "<https://x.example/a,b;c>; title=\"one, <two>; rel=next\"; rel=\"next\" | https://x.example/a,b;c",
        "<https://x.example/1>; title=\"a \\\" b, \"; rel=prev, </2>; rel=next | https://api.example.com/2",
        "<?page=2>; rel=next | https://api.example.com/v1/items?page=2",
        "<more>; rel=next | https://api.example.com/v1/more",
        ", ,<https://x.example/2> ; rel = \"next\" | https://x.example/2"
      })
  void next_link_is_found(String header, String target) {
    assertThat(LinkHeader.target(List.of(header), "next", URL)).contains(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<https://x.example/2>; rel=\"prev\"",
        "<https://x.example/2>; rel=\"nextish\"",
        "<https://x.example/2>; rel=prev; rel=next",
        "<https://x.example/2>; title=\"rel=next\"",
        "https://x.example/2; rel=next",
        "<https://x.example/2"
      })
  void other_links_are_not_taken(String header) {
    assertThat(LinkHeader.target(List.of(header), "next", URL)).isEmpty();
  }

  @Test
  void several_headers_are_searched() {
    assertThat(LinkHeader.target(List.of("</1>; rel=prev", "</2>; rel=next"), "next", URL))
        .contains("https://api.example.com/2");
  }
}
