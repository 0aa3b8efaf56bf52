package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.callback.Receiver;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to tell that a record was deleted, through the route, on both databases. */
final class DeletedRecordsTest {
  private static final String DATED =
      "`datesConfiguration`:{`updatedDateField`:`at`,`updatedDateFormat`:``},";
  private static final String FILTERED = "`url`:`/customers?since=${date:HH:mm:ss}`," + DATED;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Receiver receiver = new Receiver();
  private final Map<String, String> deleted = new LinkedHashMap<>();
  private final List<Integer> tagged = new CopyOnWriteArrayList<>();
  private volatile String failing = "none";
  private final Source source = new Source(clock, this::answer);
  private Scene scene;

  @AfterEach
  void stop() {
    scene.close();
    source.close();
    receiver.close();
  }

  /** The listing by its date, {@code /all} in pages of two, the deleted ones. */
  private void answer(Source api, HttpServerRequest request) {
    if (request.uri().equals(failing)) {
      request.response().setStatusCode(502).end();
    } else if (request.path().equals("/deleted")) {
      Source.list(request, List.copyOf(deleted.values()));
    } else if (request.path().equals("/tagged")) {
      tagged(request, api.records());
    } else if (request.path().equals("/all")) {
      int page = Integer.parseInt(request.getParam("page", "0"));
      List<String> all = api.records();
      int to = Math.min(all.size(), page * 2 + 2);
      if (to < all.size()) {
        request.response().putHeader("Link", "</all?page=%d>; rel=next".formatted(page + 1));
      }
      Source.list(request, all.subList(Math.min(page * 2, to), to));
    } else {
      String since = "2026-03-01T" + request.getParam("since", "00:00:00");
      Source.list(
          request, api.records().stream().filter(r -> at(r).compareTo(since) >= 0).toList());
    }
  }

  private void tagged(HttpServerRequest request, List<String> records) {
    String tag = "\"" + records.hashCode() + "\"";
    boolean same = tag.equals(request.getHeader("If-None-Match"));
    tagged.add(same ? 304 : 200);
    request.response().putHeader("ETag", tag);
    if (same) {
      request.response().setStatusCode(304).end();
    } else {
      Source.list(request, records);
    }
  }

  private static String at(String record) {
    return record.replaceAll(".*\"at\":\"([^\"]*)\".*", "$1");
  }

  @ParameterizedTest
  @EnumSource
  void field_marks_a_record_deleted_once_and_unmarked_it_is_created_again(TestDatabase database)
      throws Exception {
    watch(
        database,
        "`url`:`/customers`,"
            + DATED
            + "`deletes`:{`deletedField`:`state`,`deletedValue`:[`trashed`,`gone`]}");
    put("1", ",\"state\":\"open\"");
    assertThat(polled()).containsExactly("CREATED 1");
    put("1", ",\"state\":\"Gone\"");
    assertThat(polled()).containsExactly("DELETED 1");
    assertThat(polled()).isEmpty();
    put("1", ",\"state\":\"open\"");
    assertThat(polled()).containsExactly("CREATED 1");
  }

  @ParameterizedTest
  @EnumSource
  void date_marks_a_record_deleted_once_and_an_unseen_one_where_it_is_not_old(TestDatabase database)
      throws Exception {
    watch(database, "`url`:`/customers`," + DATED + "`deletes`:{`deletedDateField`:`deleted_at`}");
    put("seen", "");
    put("long gone", ",\"deleted_at\":\"2026-02-01T00:00:00Z\"");
    assertThat(polled()).containsExactly("CREATED seen");
    put("seen", ",\"deleted_at\":\"" + clock.instant() + "\"");
    put("unseen", ",\"deleted_at\":\"" + clock.instant() + "\"");
    assertThat(polled()).containsExactlyInAnyOrder("DELETED seen", "DELETED unseen");
    assertThat(polled()).isEmpty();
    put("seen", "");
    assertThat(polled()).containsExactly("CREATED seen");
  }

  @ParameterizedTest
  @EnumSource
  void listing_of_deleted_ones_marks_those_it_names_once(TestDatabase database) throws Exception {
    watch(
        database, FILTERED + "`deletes`:{`deletedUrl`:`/deleted`,`deletedIdField`:`customer.key`}");
    put("1", "");
    put("2", "");
    assertThat(polled()).hasSize(2);
    source.drop("1");
    deleted.put("1", "{\"customer\":{\"key\":\"1\"},\"by\":\"me\"}");
    assertThat(polled()).containsExactly("DELETED 1");
    assertThat(scene.events().get(0).event().raw()).contains("\"by\":\"me\"");
    assertThat(polled()).isEmpty();
    put("1", "");
    deleted.clear();
    assertThat(polled()).containsExactly("CREATED 1");
  }

  @ParameterizedTest
  @EnumSource
  void listing_of_deleted_ones_that_fails_is_read_by_the_next_poll(TestDatabase database)
      throws Exception {
    watch(database, FILTERED + "`deletes`:{`deletedUrl`:`/deleted`}");
    put("1", "");
    polled();
    deleted.put("1", "{\"id\":\"1\"}");
    failing = "/deleted";
    assertThat(scene.poll().error()).contains("502");
    assertThat(scene.entered()).isEmpty();
    failing = "none";
    assertThat(polled()).containsExactly("DELETED 1");
  }

  @ParameterizedTest
  @EnumSource
  void sweep_of_its_own_url_is_made_each_interval_and_deletes_after_its_confirmations(
      TestDatabase database) throws Exception {
    watch(
        database,
        FILTERED + "`pagination`:`link`,`deletes`:`sweep`,`sweepUrl`:`/all`,`sweepInterval`:`2`");
    for (int id = 1; id <= 5; id++) {
      put("" + id, "");
    }
    assertThat(polled()).hasSize(5);
    assertThat(sweeps()).as("the first poll sweeps").isOne();
    source.drop("4");
    assertThat(polled()).isEmpty();
    assertThat(sweeps()).as("not yet").isOne();
    clock.advance(Duration.ofHours(2));
    assertThat(polled()).as("missing once").isEmpty();
    assertThat(sweeps()).isEqualTo(2);
    clock.advance(Duration.ofHours(2));
    assertThat(polled()).containsExactly("DELETED 4");
    clock.advance(Duration.ofHours(2));
    assertThat(polled()).as("once").isEmpty();
    put("4", "");
    assertThat(polled()).containsExactly("CREATED 4");
  }

  @ParameterizedTest
  @EnumSource
  void not_modified_confirms_what_the_sweep_before_missed(TestDatabase database) throws Exception {
    watch(database, "`url`:`/tagged`," + DATED + "`deletes`:`sweep`");
    put("1", "");
    put("2", "");
    assertThat(polled()).hasSize(2);
    source.drop("2");
    assertThat(polled()).as("missing once").isEmpty();
    int answered = tagged.size();
    assertThat(polled()).containsExactly("DELETED 2");
    assertThat(tagged.subList(answered, tagged.size())).containsExactly(304);
    assertThat(polled()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void record_that_shows_between_two_sweeps_is_not_missing(TestDatabase database) throws Exception {
    watch(
        database,
        FILTERED + "`pagination`:`link`,`deletes`:`sweep`,`sweepUrl`:`/all`,`sweepInterval`:`2`");
    put("1", "");
    put("2", "");
    assertThat(polled()).hasSize(2);
    for (int round = 0; round < 3; round++) {
      String two = source.records().get(1);
      source.drop("2");
      clock.advance(Duration.ofHours(2));
      assertThat(polled()).as("round %d", round).isEmpty();
      source.put("2", two);
      clock.advance(Duration.ofHours(2));
      assertThat(polled()).as("round %d", round).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "H2, /all", "H2, /all?page=1", "H2, /all?page=2",
    "POSTGRESQL, /all", "POSTGRESQL, /all?page=1", "POSTGRESQL, /all?page=2"
  })
  void sweep_that_meets_an_error_on_any_page_deletes_nothing(TestDatabase database, String page)
      throws Exception {
    watch(
        database,
        FILTERED
            + "`pagination`:`link`,`deletes`:`sweep`,`sweepUrl`:`/all`,`sweepInterval`:`2`,`sweepConfirmations`:1");
    sweepFailsAt(page);
  }

  @ParameterizedTest
  @CsvSource({
    "H2, /all", "H2, /all?page=1", "H2, /all?page=2",
    "POSTGRESQL, /all", "POSTGRESQL, /all?page=1", "POSTGRESQL, /all?page=2"
  })
  void poll_of_a_whole_listing_that_meets_an_error_on_any_page_deletes_nothing(
      TestDatabase database, String page) throws Exception {
    watch(
        database,
        "`url`:`/all`," + DATED + "`pagination`:`link`,`deletes`:`sweep`,`sweepConfirmations`:1");
    sweepFailsAt(page);
  }

  private void sweepFailsAt(String page) {
    for (int id = 1; id <= 6; id++) {
      put("" + id, "");
    }
    assertThat(polled()).hasSize(6);
    source.drop("1");
    failing = page;
    for (int attempt = 0; attempt < 3; attempt++) {
      clock.advance(Duration.ofHours(2));
      assertThat(scene.poll().error()).contains("502");
      assertThat(scene.entered()).isEmpty();
    }
    failing = "none";
    assertThat(polled()).containsExactly("DELETED 1");
  }

  private void watch(TestDatabase database, String resource) throws Exception {
    WatchRequest request =
        new WatchRequest(source.url(), receiver.url(), "`idField`:`id`," + resource);
    scene = Scene.of(database, request, clock, Map.of());
    clock.advance(Duration.ofSeconds(10));
  }

  private void put(String id, String more) {
    source.put(id, "{\"id\":\"%s\",\"at\":\"%s\"%s}".formatted(id, clock.instant(), more));
  }

  private List<String> polled() {
    clock.advance(Duration.ofMinutes(1));
    List<String> entered = scene.polled();
    clock.advance(Duration.ofMinutes(1));
    return entered;
  }

  private long sweeps() {
    return source.targets().stream().filter("/all"::equals).count();
  }
}
