package dev.watchpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page of 500 records costs a constant number of SQL statements, through the real poll route. */
class StatementsPerPageTest {
  private static final int PAGES = 6;
  private static final int[] SHOWN = IntStream.range(0, PAGES * BenchSource.PAGE).toArray();

  /** Every other one is new. */
  private static final int[] SHOWN_AND_NEW =
      IntStream.of(SHOWN).map(i -> i % 2 == 0 ? i / 2 : SHOWN.length + i).toArray();

  private final StatementCounter counter = new StatementCounter();

  @ParameterizedTest
  @EnumSource
  void page_of_500_costs_at_most_2_statements_unchanged_and_6_changed(TestDatabase database)
      throws Exception {
    count(database, "{\"type\": \"link\"}", 0);
  }

  /** Where a poll that breaks off goes on is stored with each page. */
  @ParameterizedTest
  @EnumSource
  void page_that_polls_go_on_after_costs_no_more(TestDatabase database) throws Exception {
    count(database, "{\"type\": \"cursor\", \"parameter\": \"page\", \"header\": \"X-Next\"}", 1);
  }

  private void count(TestDatabase database, String paging, int unchanged) throws Exception {
    String resource =
        """
        "url": "/customers", "startFrom": "beginning", "pagination": %s,
        """
            .formatted(paging);
    String url = database.freshUrl();
    try (BenchSource source = new BenchSource()) {
      try (WatchpostRoute watchpost =
          new WatchpostRoute(source.url(), resource, url, counter::over)) {
        costs("new", 2, 6, () -> poll(source, watchpost, SHOWN, 0));
        costs("edited", 2, 6, () -> poll(source, watchpost, SHOWN, 1));
        costs("unchanged", unchanged, unchanged, () -> poll(source, watchpost, SHOWN, 1));
        watchpost.emptyOutbox();
        costs("edited and new", 2, 6, () -> poll(source, watchpost, SHOWN_AND_NEW, 2));
        costs("unchanged", unchanged, unchanged, () -> poll(source, watchpost, SHOWN_AND_NEW, 2));
        watchpost.forgetWhatIsKnown();
        costs("after a restart", 1, 2, () -> poll(source, watchpost, SHOWN_AND_NEW, 2));
      }
    }
  }

  /**
   * Each page but a poll's first, for which numbers are fetched, and its last, with which it ends.
   */
  private void costs(String what, int least, int most, Runnable poll) {
    poll.run();
    List<List<String>> pages = counter.pages();
    assertThat(pages).as(what).hasSize(least == 0 ? 0 : PAGES - 1);
    assertThat(pages.stream().skip(1))
        .as(what)
        .allMatch(page -> page.size() >= least && page.size() <= most);
  }

  private static void poll(BenchSource source, WatchpostRoute watchpost, int[] ids, int version) {
    source.show(ids, version);
    assertThat(watchpost.poll().records()).isEqualTo(PAGES * BenchSource.PAGE);
  }
}
