package dev.watchpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.TestDatabase;
import java.util.ArrayList;
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

  private static void count(TestDatabase database, String paging, int unchanged) throws Exception {
    String resource =
        """
        "url": "/customers", "startFrom": "beginning", "pagination": %s,
        """
            .formatted(paging);
    String url = database.freshUrl();
    StatementCounter counter = new StatementCounter();
    try (BenchSource source = new BenchSource()) {
      try (WatchpostRoute watchpost =
          new WatchpostRoute(source.url(), resource, url, counter::over)) {
        assertThat(perPage(source, watchpost, counter, SHOWN, 0)).as("new").allMatch(most(6));
        assertThat(perPage(source, watchpost, counter, SHOWN, 1)).as("edited").allMatch(most(6));
        assertThat(perPage(source, watchpost, counter, SHOWN, 1))
            .as("unchanged")
            .allMatch(most(unchanged));
        watchpost.emptyOutbox();
        assertThat(perPage(source, watchpost, counter, SHOWN_AND_NEW, 2))
            .as("edited and new, after all was delivered")
            .allMatch(most(6));
        assertThat(perPage(source, watchpost, counter, SHOWN_AND_NEW, 2))
            .as("unchanged")
            .allMatch(most(unchanged));
        watchpost.forgetWhatIsKnown();
        assertThat(perPage(source, watchpost, counter, SHOWN_AND_NEW, 2))
            .as("unchanged, after a restart")
            .allMatch(most(2))
            .allMatch(statements -> !statements.isEmpty());
      }
    }
  }

  private static java.util.function.Predicate<List<String>> most(int statements) {
    return page -> page.size() <= statements;
  }

  /** Of the pages between the first and the last, where a poll's own statements are. */
  private static List<List<String>> perPage(
      BenchSource source,
      WatchpostRoute watchpost,
      StatementCounter counter,
      int[] ids,
      int version) {
    List<Integer> asked = new ArrayList<>();
    source.show(ids, version);
    source.onPage(page -> asked.add(counter.count()));
    assertThat(watchpost.poll().records()).isEqualTo(PAGES * BenchSource.PAGE);
    List<List<String>> pages = new ArrayList<>();
    for (int page = 1; page < PAGES - 1; page++) {
      pages.add(counter.between(asked.get(page), asked.get(page + 1)));
    }
    return pages;
  }
}
