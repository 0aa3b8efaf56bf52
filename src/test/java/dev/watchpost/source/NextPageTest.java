package dev.watchpost.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.record.Answers;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.FieldPath;
import dev.watchpost.resource.Paging;
import dev.watchpost.resource.Paging.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NextPageTest {

  private static final Headers NONE = Headers.of(Map.of());
  private static final String URL = "https://api.example.com/v1/items?where=a='b%20c'";

  @Test
  void pages_are_counted_while_they_are_full() {
    var pages = new NextPage(paging(Type.PAGE, "page", 1, 2));

    String first = pages.firstPage(URL);
    assertThat(first).isEqualTo(URL + "&size=2&page=1");
    assertThat(pages.after(first, NONE, 2, Optional.empty())).contains(URL + "&size=2&page=2");
    assertThat(pages.after(URL + "&size=2&page=2", NONE, 1, Optional.empty())).isEmpty();
  }

  @Test
  void pages_go_on_while_the_answer_says_that_there_is_a_next_one() {
    Paging paging =
        new Paging(Type.PAGE, "page", 1, FieldPath.of("$next"), null, "size", 2, 10, 1_000);
    var pages = new NextPage(paging);

    String first = pages.firstPage(URL);
    assertThat(pages.after(first, NONE, 1, Optional.of("/items?page=2")))
        .contains(URL + "&size=2&page=2");
    assertThat(pages.after(URL + "&size=2&page=2", NONE, 2, Optional.empty())).isEmpty();
  }

  @Test
  void
      page_shorter_than_asked_for_may_be_capped_and_is_the_last_only_where_shorter_than_the_first() {
    var pages = new NextPage(paging(Type.PAGE, "page", 1, 500));

    String first = pages.firstPage(URL);
    shows(pages, 1);
    Optional<String> second = pages.after(first, NONE, 100, Optional.empty());
    assertThat(second).contains(URL + "&size=500&page=2");
    shows(pages, 2);
    Optional<String> third = pages.after(second.get(), NONE, 100, Optional.empty());
    assertThat(third).contains(URL + "&size=500&page=3");
    shows(pages, 3);
    assertThat(pages.after(third.get(), NONE, 37, Optional.empty())).isEmpty();
  }

  @Test
  void page_that_only_repeats_an_earlier_one_ends_the_poll() {
    var pages = new NextPage(paging(Type.PAGE, "p", 1, 0));

    String first = pages.firstPage(URL);
    shows(pages, 1, 2);
    String second = pages.after(first, NONE, 2, Optional.empty()).orElseThrow();
    shows(pages, 2, 1);
    assertThatThrownBy(() -> pages.after(second, NONE, 2, Optional.empty()))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessage(
            "repeated page: p=2 only shows what an earlier page showed; correct"
                + " pagination.parameter ('p'), or remove pagination where the source has no pages");
  }

  @Test
  void links_that_lead_only_back_say_that_a_counted_page_is_the_last() {
    var pages = new NextPage(paging(Type.PAGE, "page", 1, 2));
    Headers back = Headers.of(Map.of("Link", "<https://a.example/x?page=0>; rel=\"prev\""));
    Headers other = Headers.of(Map.of("Link", "<https://a.example/doc>; rel=\"describedby\""));

    String first = pages.firstPage(URL);
    shows(pages, 1, 2);
    assertThat(pages.after(first, other, 2, Optional.empty())).isPresent();
    shows(pages, 3, 4);
    assertThat(pages.after(first, back, 2, Optional.empty())).isEmpty();
  }

  @Test
  void source_may_say_by_its_status_that_there_is_no_further_page() {
    var pages = new NextPage(paging(Type.PAGE, "page", 1, 2));

    String first = pages.firstPage(URL);
    assertThat(pages.endsWith(404)).isFalse();
    shows(pages, 1, 2);
    String second = pages.after(first, NONE, 2, Optional.empty()).orElseThrow();
    assertThat(pages.endsWith(404)).isTrue();
    assertThat(pages.endsWith(400)).isTrue();
    assertThat(pages.endsWith(500)).isFalse();
    shows(pages, 3, 4);
    pages.after(second, NONE, 2, Optional.empty());
    assertThat(pages.endsWith(404)).isTrue();
    // too deep for the source: not the end of the records
    assertThat(pages.endsWith(400)).isFalse();
  }

  @Test
  void pages_of_unknown_size_end_with_an_empty_one() {
    var pages = new NextPage(paging(Type.PAGE, "page", 0, 0));

    String first = pages.firstPage(URL);
    assertThat(first).isEqualTo(URL + "&page=0");
    assertThat(pages.after(first, NONE, 1, Optional.empty())).contains(URL + "&page=1");
    assertThat(pages.after(URL + "&page=1", NONE, 0, Optional.empty())).isEmpty();
  }

  @Test
  void offset_moves_by_the_records_read() {
    var pages = new NextPage(paging(Type.OFFSET, "offset", 0, 0));

    String first = pages.firstPage(URL);
    shows(pages, 1);
    assertThat(pages.after(first, NONE, 70, Optional.empty())).contains(URL + "&offset=70");
    shows(pages, 2);
    assertThat(pages.after(URL + "&offset=70", NONE, 30, Optional.empty()))
        .contains(URL + "&offset=100");
  }

  @Test
  void cursor_is_encoded_and_replaces_the_earlier_one() {
    var pages = new NextPage(paging(Type.CURSOR, "c", 0, 0));

    String first = pages.firstPage(URL);
    assertThat(first).isEqualTo(URL);
    assertThat(pages.after(first, NONE, 0, Optional.of("a+/= é")))
        .contains(URL + "&c=a%2B%2F%3D%20%C3%A9");
    assertThat(pages.after(URL + "&c=a&x=1", NONE, 5, Optional.of("b"))).contains(URL + "&c=b&x=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "false", "null"})
  void cursor_that_says_nothing_is_the_end(String cursor) {
    var pages = new NextPage(paging(Type.CURSOR, "c", 0, 0));

    assertThat(pages.after(pages.firstPage(URL), NONE, 5, Optional.of(cursor))).isEmpty();
  }

  @Test
  void cursor_stands_in_a_header() {
    var pages = new NextPage(new Paging(Type.CURSOR, "c", 0, null, "X-Next", null, 0, 10, 10));

    assertThat(
            pages.after(
                pages.firstPage(URL),
                Headers.of(Map.of("x-next", List.of("k"))),
                5,
                Optional.empty()))
        .contains(URL + "&c=k");
  }

  @Test
  void cursor_that_comes_twice_ends_the_poll() {
    var pages = new NextPage(paging(Type.CURSOR, "c", 0, 0));
    String second = pages.after(pages.firstPage(URL), NONE, 5, Optional.of("k")).orElseThrow();

    assertThatThrownBy(() -> pages.after(second, NONE, 5, Optional.of("k")))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessage("cursor k came twice: the source's paging goes in a circle");
  }

  @Test
  void link_back_to_the_first_page_ends_the_poll() {
    var pages = new NextPage(paging(Type.LINK, null, 0, 0));
    String first = pages.firstPage("https://a.example/x");
    Headers back = Headers.of(Map.of("Link", "</x>; rel=next"));

    assertThatThrownBy(() -> pages.after(first, back, 5, Optional.empty()))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageContaining("came twice");
  }

  @Test
  void next_url_is_absolute_or_relative() {
    var pages = new NextPage(paging(Type.NEXT_URL, null, 0, 0));
    String first = pages.firstPage("https://a.example/v1/x?p=1");

    assertThat(pages.after(first, NONE, 5, Optional.of("?p=2")))
        .contains("https://a.example/v1/x?p=2");
    assertThat(pages.after(first, NONE, 5, Optional.of("/v2/y")))
        .contains("https://a.example/v2/y");
    assertThat(pages.after(first, NONE, 5, Optional.of("https://b.example/")))
        .contains("https://b.example/");
    assertThat(pages.after(first, NONE, 5, Optional.empty())).isEmpty();
  }

  @Test
  void the_last_id_of_a_full_page_leads_on() {
    var pages = new NextPage(paging(Type.LAST_ID, "starting_after", 0, 2));

    String first = pages.firstPage(URL);
    String second = pages.after(first, NONE, 2, Optional.of("ch_2")).orElseThrow();
    assertThat(second).isEqualTo(URL + "&size=2&starting_after=ch_2");
    assertThat(pages.after(second, NONE, 1, Optional.of("ch_3"))).isEmpty();
    assertThatThrownBy(() -> pages.after(second, NONE, 2, Optional.of("ch_2")))
        .hasMessage("the last id ch_2 came twice: the source's paging goes in a circle");
    assertThatThrownBy(() -> pages.after(second, NONE, 2, Optional.empty()))
        .hasMessage("no record of the page has an id after which to go on");
  }

  @Test
  void pages_are_limited() {
    var pages = new NextPage(new Paging(Type.PAGE, "page", 1, null, null, null, 0, 2, 10));
    shows(pages, 1);
    String second = pages.after(pages.firstPage(URL), NONE, 1, Optional.empty()).orElseThrow();
    shows(pages, 2);

    assertThatThrownBy(() -> pages.after(second, NONE, 1, Optional.empty()))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageStartingWith("more than 2 pages");
  }

  @Test
  void replacing_a_parameter_leaves_every_other_byte() {
    String url = "http://h/p?&a=%2f+x&page%5Bn%5D=1&b&page[n]=7&=&#frag?page=9";

    assertThat(QueryParameter.put(url, "page[n]", "2"))
        .isEqualTo("http://h/p?&a=%2f+x&page%5Bn%5D=2&b&=&#frag?page=9");
    assertThat(QueryParameter.put("http://h/p#f", "a", "1")).isEqualTo("http://h/p?a=1#f");
    assertThat(QueryParameter.put("http://h/p?", "a", "1")).isEqualTo("http://h/p?a=1");
    assertThat(QueryParameter.put("http://h/p?a", "a", "1")).isEqualTo("http://h/p?a=1");
    assertThat(QueryParameter.put("http://h/p?x=100%&a=2", "a", "1"))
        .isEqualTo("http://h/p?x=100%&a=1");
  }

  private static void shows(NextPage pages, int... ids) {
    String records =
        IntStream.of(ids).mapToObj(id -> "{\"id\":" + id + "}").collect(Collectors.joining(","));
    Answers.batches(Answers.reader("[" + records + "]", Answers.BY_ID)).forEach(pages::met);
  }

  private static Paging paging(Type type, String parameter, int first, int size) {
    FieldPath path = type == Type.PAGE ? null : FieldPath.of("next");
    return new Paging(
        type, parameter, first, path, null, size == 0 ? null : "size", size, 10_000, 1 << 30);
  }
}
