package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.callback.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way of paging, from the timer's route to the outbox, against a server that pages so. */
final class PagedListingTest {
  private static final int RECORDS = 2 * PagingApi.SIZE + 3;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Receiver receiver = new Receiver();
  private PagingApi api;
  private Source source;
  private Scene scene;

  @AfterEach
  void stop() {
    scene.close();
    source.close();
    receiver.close();
  }

  @ParameterizedTest
  @EnumSource
  void every_page_is_read_once_and_what_comes_on_the_last_is_told(PagingApi.Way way)
      throws Exception {
    watch(way, "/customers", "");
    assertThat(scene.polled()).hasSize(RECORDS);
    int pages = source.targets().size();
    assertThat(pages).as("pages, and an empty one where nothing names the last").isBetween(3, 4);

    clock.advance(Duration.ofMinutes(5));
    source.put("new", "{\"id\":1000}");
    assertThat(scene.polled()).containsExactly("CREATED 1000");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LINK", "NEXT_URL"})
  void upper_bound_is_frozen_for_all_pages(PagingApi.Way way) throws Exception {
    watch(way, "/customers?until=${now:HH:mm:ss}", "");
    api.before(() -> clock.advance(Duration.ofSeconds(30)));
    assertThat(scene.polled()).hasSize(RECORDS);
    assertThat(source.targets()).hasSizeGreaterThan(2).allMatch(t -> t.contains("until=10:00:00"));
  }

  @Test
  void repeated_cursor_ends_the_poll_with_an_error() throws Exception {
    failsWith(
        "{`type`:`cursor`,`parameter`:`after`,`path`:`next`}",
        "{\"next\":\"same\",\"data\":[{\"id\":1}]}",
        "cursor same came twice: the source's paging goes in a circle");
    assertThat(source.targets()).containsExactly("/customers", "/customers?after=same");
  }

  @Test
  void repeated_next_url_ends_the_poll_with_an_error() throws Exception {
    failsWith(
        "{`type`:`nextUrl`,`path`:`next`}",
        "{\"next\":\"/customers\",\"data\":[{\"id\":1}]}",
        "the next page's url came twice: the source's paging goes in a circle");
  }

  @Test
  void more_pages_than_allowed_end_the_poll_with_an_error() throws Exception {
    watch(PagingApi.Way.LINK, "/customers", ",`maxPages`:2");
    assertThat(scene.poll().error()).isEqualTo("more than 2 pages: raise maxPages or ask for less");
    assertThat(scene.state().cursor()).isNull();
  }

  @Test
  void more_bytes_than_allowed_in_all_pages_together_end_the_poll_with_an_error() throws Exception {
    watch(PagingApi.Way.LINK, "/customers", ",`maxBytes`:150");
    assertThat(scene.poll().error()).contains("maxBytes");
    assertThat(source.targets()).hasSize(2);
    assertThat(scene.state().cursor()).isNull();
  }

  private void watch(PagingApi.Way way, String url, String more) throws Exception {
    api = new PagingApi(way);
    source = new Source(clock, api);
    IntStream.range(0, RECORDS).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
    watch(url, way.pagination.replace("}", more + "}"));
  }

  private void failsWith(String pagination, String answer, String error) throws Exception {
    source = new Source(clock, (api, request) -> request.response().end(answer));
    watch("/customers", pagination);
    assertThat(scene.poll().error()).isEqualTo(error);
    assertThat(scene.state().cursor()).isNull();
  }

  private void watch(String url, String pagination) throws Exception {
    String resource =
        "`url`:`%s`,`idField`:`id`,`startFrom`:`beginning`,`pagination`:%s"
            .formatted(url, pagination);
    scene = Scene.of(new WatchRequest(source.url(), receiver.url(), resource), clock);
  }
}
