package dev.watchpost.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.instance.Bodies;
import dev.watchpost.instance.InstanceRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceParserTest {
  private static final String PATH = "configuration.event.poller.configuration.things";

  @Test
  void a_bare_resource_gets_the_defaults() {
    Resource resource = Bodies.one("{`url`:`/things`,`idField`:`id`}");

    assertThat(resource.name()).isEqualTo("things");
    assertThat(resource.method()).isEqualTo("GET");
    assertThat(resource.headers()).isEmpty();
    assertThat(resource.body()).isNull();
    assertThat(resource.idField()).extracting(FieldPath::text).containsExactly("id");
    assertThat(resource.recordsPath()).isNull();
    assertThat(resource.updated()).isNull();
    assertThat(resource.created()).isNull();
    assertThat(resource.filterByUpdatedDate()).isTrue();
    assertThat(resource.complete()).isFalse();
    assertThat(resource.createdCheckTolerance()).isEqualTo(Duration.ofSeconds(10));
    assertThat(resource.pollDelay()).isZero();
    assertThat(resource.overlap()).isEqualTo(Duration.ofSeconds(300));
    assertThat(resource.paging()).isEqualTo(Paging.none());
    assertThat(resource.detectBy()).isEqualTo(DetectBy.CONTENT);
    assertThat(resource.deletes()).isEqualTo(new Deletes.None());
    assertThat(resource.startFrom()).isEqualTo(new StartFrom.Now());
    assertThat(resource.refreshInterval()).isEqualTo(Duration.ofMinutes(15));
    assertThat(resource.keepRecords()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};CONTENT",
        "{`filterByUpdatedDate`:false};DATES",
        "{`datesConfiguration`:{`updatedDateField`:`u`}};DATES",
        "{`datesConfiguration`:{`updatedDateField`:``}};CONTENT",
        "{`datesConfiguration`:{`updatedDateField`:`u`},`filterByUpdatedDate`:`false`};DATES",
        "{`datesConfiguration`:{`updatedDateField`:`u`},`detectBy`:`Both`};BOTH",
        "{`filterByUpdatedDate`:false,`detectBy`:`content`};CONTENT",
      })
  void detect_by_follows_the_dates_that_are_set(String settings, DetectBy expected) {
    assertThat(Bodies.one(with(settings)).detectBy()).isEqualTo(expected);
  }

  private static String with(String settings) {
    String more = settings.substring(1);
    return "{`url`:`/things`,`idField`:`id`" + (more.equals("}") ? "" : ",") + more;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`overlap`:5};PT5S",
        "{`overlap`:`0.5`};PT0.5S",
        "{`overlap`:`2m`};PT2M",
        "{`overlap`:`24h`};PT24H",
        "{`overlap`:`PT1M`};PT1M",
        "{`overlap`:0};PT0S",
      })
  void durations_are_seconds_or_say_their_unit(String settings, Duration expected) {
    assertThat(Bodies.one(with(settings)).overlap()).isEqualTo(expected);
  }

  @Test
  void tolerance_may_stand_with_the_dates() {
    String dates = "{`datesConfiguration`:{`createdCheckTolerance`:7}}";
    assertThat(Bodies.one(with(dates)).createdCheckTolerance()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void refresh_interval_is_minutes() {
    assertThat(Bodies.one(with("{`refresh_interval`:`0.5`}")).refreshInterval())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void all_five_ways_of_paging_are_read() {
    assertThat(paging("{`type`:`link`}")).isEqualTo(Paging.Type.LINK);
    assertThat(Bodies.one(with("{`pagination`:{`type`:`page`,`first`:0}}")).paging())
        .extracting(Paging::parameter, Paging::first)
        .containsExactly("page", 0);
    assertThat(paging("{`type`:`offset`,`parameter`:`skip`}")).isEqualTo(Paging.Type.OFFSET);
    assertThat(Bodies.one(with("{`pagination`:{`type`:`cursor`,`header`:`X-Next`}}")).paging())
        .extracting(Paging::parameter, Paging::header)
        .containsExactly("cursor", "X-Next");
    assertThat(
            Bodies.one(
                    with(
                        "{`pageSize`:50,`pagination`:{`type`:`nextUrl`,`path`:`$next`,"
                            + "`sizeParameter`:`limit`,`maxPages`:3,`maxBytes`:1000}}"))
                .paging())
        .isEqualTo(
            new Paging(
                Paging.Type.NEXT_URL, null, 0, FieldPath.of("$next"), null, "limit", 50, 3, 1000));
  }

  @Test
  void the_answer_may_say_itself_whether_pages_follow() {
    Paging more =
        Bodies.one(with("{`pagination`:{`type`:`lastId`,`morePath`:`has_more`}}")).paging();
    Paging end =
        Bodies.one(
                with("{`pagination`:{`type`:`cursor`,`path`:`after`,`endPath`:`end_of_stream`}}"))
            .paging();

    assertThat(more.parameter()).isEqualTo("starting_after");
    assertThat(more.more().ends(Optional.of("false"))).isTrue();
    assertThat(more.more().ends(Optional.of("true"))).isFalse();
    assertThat(end.more().ends(Optional.of("true"))).isTrue();
    assertThat(end.more().ends(Optional.of("false"))).isFalse();
    assertThat(end.more().ends(Optional.empty())).isFalse();
  }

  private static Paging.Type paging(String json) {
    return Bodies.one(with("{`pagination`:" + json + "}")).paging().type();
  }

  @Test
  void deletes_are_read_in_every_form() {
    assertThat(Bodies.one(with("{`deletes`:`sweep`,`sweepInterval`:2}")).deletes())
        .isEqualTo(new Deletes.Sweep(null, Duration.ofHours(2), 2, 0.2));
    assertThat(Bodies.one(with("{`deletes`:{`deletedField`:`gone`}}")).deletes())
        .isEqualTo(new Deletes.ByField(FieldPath.of("gone"), Set.of()));
    assertThat(
            Bodies.one(
                    with("{`deletes`:{`deletedField`:`status`,`deletedValue`:[`deleted`,`spam`]}}"))
                .deletes())
        .isEqualTo(new Deletes.ByField(FieldPath.of("status"), Set.of("deleted", "spam")));
    assertThat(
            Bodies.one(with("{`deletes`:{`deletedUrl`:`/gone`,`deletedIdField`:`subject_id`}}"))
                .deletes())
        .asInstanceOf(InstanceOfAssertFactories.type(Deletes.ByUrl.class))
        .extracting(Deletes.ByUrl::idField)
        .isEqualTo(List.of(FieldPath.of("subject_id")));
    assertThat(
            Bodies.one(with("{`deletes`:{`deletedDateField`:`at`,`deletedDateFormat`:`seconds`}}"))
                .deletes())
        .isEqualTo(new Deletes.ByDate(DateField.of(FieldPath.of("at"), "seconds", null)));
    assertThat(Bodies.one(with("{`deletes`:{`deletedUrl`:`/gone?since=${epoch:s}`}}")).deletes())
        .isInstanceOf(Deletes.ByUrl.class);
  }

  @Test
  void start_is_now_the_beginning_or_an_instant() {
    assertThat(Bodies.one(with("{`startFrom`:`beginning`}")).startFrom())
        .isEqualTo(new StartFrom.Beginning());
    assertThat(Bodies.one(with("{`startFrom`:`2026-03-01T01:00:00+01:00`}")).startFrom())
        .isEqualTo(new StartFrom.At(Instant.parse("2026-03-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`idField`:`id`};.url;is missing",
        "{`url`:``,`idField`:`id`};.url;is missing",
        "{`url`:`/x`};.idField;is missing",
        "{`url`:`/x`,`idField`:` `};.idField;is missing",
        "{`url`:`/x`,`idField`:[]};.idField;is missing",
        "{`url`:`/x`,`idField`:[`a`,``]};.idField[1];blank",
        "{`url`:`ftp://h/x`,`idField`:`id`};.url;ftp://h/x",
        "{`url`:`http:///x`,`idField`:`id`};.url;names no host",
        "{`url`:`http://u:p@h/x`,`idField`:`id`};.url;carries a user",
        "{`url`:`//h/x`,`idField`:`id`};.url;//h/x",
        "{`url`:`http://h\\\\@evil/x`,`idField`:`id`};.url;host cannot be",
        "{`url`:`/x?a=${date:MM/dd/yyy}`,`idField`:`id`};.url;MM/dd/yyy",
        "{`url`:`/x?a=${yyyy-MM-dd}`,`idField`:`id`};.url;yyyy-MM-dd",
        "{`url`:`/x`,`idField`:`id`,`method`:`DELETE`};.method;DELETE",
        "{`url`:`/x`,`idField`:`id`,`headers`:{`a b`:`c`}};.headers.a b;no name of a header",
        "{`url`:`/x`,`idField`:`id`,`headers`:{`Host`:`c`}};.headers.Host;sets itself",
        "{`url`:`/x`,`idField`:`id`,`headers`:[]};.headers;JSON object",
        "{`url`:`/x`,`idField`:`id`,`overlap`:`soon`};.overlap;found 'soon'",
        "{`url`:`/x`,`idField`:`id`,`overlap`:-1};.overlap;found '-1'",
        "{`url`:`/x`,`idField`:`id`,`overlap`:999999999999999};.overlap;999999999999999",
        "{`url`:`/x`,`idField`:`id`,`complete`:`yes`};.complete;true or false",
        "{`url`:`/x`,`idField`:`id`,`pageSize`:0};.pageSize;found '0'",
        "{`url`:`/x`,`idField`:`id`,`pagination`:{`type`:`pages`}};.pagination.type;link, page, offset, cursor, nextUrl, lastId",
        "{`url`:`/x`,`idField`:`id`,`pagination`:{`type`:`cursor`}};.pagination.path;is missing",
        "{`url`:`/x`,`idField`:`id`,`pagination`:{`type`:`nextUrl`}};.pagination.path;is missing",
        "{`url`:`/x`,`idField`:`id`,`pagination`:{`type`:`lastId`,`morePath`:`a`,`endPath`:`b`}};.pagination.endPath;keep one",
        "{`url`:`/x`,`idField`:`id`,`detectBy`:`hash`};.detectBy;dates, content or both",
        "{`url`:`/x`,`idField`:`id`,`deletes`:`never`};.deletes;deletedField",
        "{`url`:`/x`,`idField`:`id`,`deletes`:{}};.deletes;0 ways",
        "{`url`:`/x?${epoch}`,`idField`:`id`,`deletes`:`sweep`};.deletes;set sweepUrl",
        "{`url`:`/x`,`idField`:`id`,`sweepLimit`:2,`deletes`:`sweep`};.sweepLimit;found '2'",
        "{`url`:`/x`,`idField`:`id`,`startFrom`:`tomorrow`};.startFrom;tomorrow",
        "{`url`:`/x`,`idField`:`id`,`refresh_interval`:0.001};.refresh_interval;1.0 s",
        "{`url`:`/x`,`idField`:`id`,`datesConfiguration`:{`updatedDateField`:`u`,`updatedDateTimezone`:`Mars`}};.datesConfiguration.updatedDateTimezone;Mars",
        "{`url`:`/x`,`idField`:`id`,`datesConfiguration`:{`updatedDateField`:`u`,`updatedDateFormat`:`yyyy-bb`}};.datesConfiguration.updatedDateFormat;yyyy-bb",
        "[];;JSON object",
      })
  void what_cannot_work_is_an_error_at_its_path(String json, String path, String message) {
    List<Problem> problems = Bodies.parsed(json).problems();

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.path()).isEqualTo(PATH + (path == null ? "" : path));
              assertThat(problem.message()).contains(message);
            });
    assertThat(problems.toString()).doesNotContain("u:p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`idFeild`:1};.idFeild;did you mean 'idField'",
        "{`datesConfiguration`:{`updateDateField`:`u`}};.datesConfiguration.updateDateField;did you mean 'updatedDateField'",
        "{`pagination`:{`type`:`link`,`max`:1}};.pagination.max;known are",
        "{`datesConfiguration`:{`updatedDateField`:`CreationDate`,`createdDateField`:`ProgenyEditDate`}};.datesConfiguration.updatedDateField;swapped",
        "{`sweepLimit`:0.5};.sweepLimit;no effect",
        "{`pageSize`:100};.pageSize;sizeParameter",
        "{`deletes`:{`deletedUrl`:`/x/{list}`}};.deletes.deletedUrl;configuration.list",
      })
  void what_is_suspicious_is_a_warning(String settings, String path, String message) {
    ResourceParser.Parsed parsed = Bodies.parsed(with(settings));

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.warnings())
        .anySatisfy(
            warning -> {
              assertThat(warning.path()).isEqualTo(PATH + path);
              assertThat(warning.message()).contains(message);
            });
  }

  @Test
  void same_field_for_both_dates_is_no_warning() {
    String dates =
        "{`datesConfiguration`:{`updatedDateField`:`created`,`createdDateField`:`created`}}";
    assertThat(Bodies.parsed(with(dates)).warnings()).isEmpty();
  }

  @Test
  void relative_url_needs_a_base_url() {
    ResourceParser.Parsed parsed =
        new ResourceParser(InstanceRules.standard().minimumInterval())
            .parse(
                Bodies.REST,
                Map.of(
                    ResourceParser.CONFIGURATION, "{\"a\":{\"url\":\"/a\",\"idField\":\"id\"}}"));

    assertThat(parsed.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("set configuration.base.url"));
  }

  @Test
  void pagination_of_the_instance_holds_for_its_resources() {
    Map<String, String> settings =
        Map.of(
            "pagination.type",
            "page",
            "pagination.parameter",
            "p",
            ResourceParser.CONFIGURATION,
            "{\"a\":{\"url\":\"https://h/a\",\"idField\":\"id\"}}");
    ResourceParser.Parsed parsed =
        new ResourceParser(InstanceRules.standard().minimumInterval()).parse(Bodies.REST, settings);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources().get(0).paging().parameter()).isEqualTo("p");
  }

  @Test
  void legacy_lines_are_the_same_resources() {
    Map<String, String> settings =
        Map.of(
            "base.url",
            "https://h",
            ResourceParser.URLS,
            "a|/a|//list/item|u|seconds|GMT|c|yyyy-MM-dd|PST\n\nb|/b?since='${date:yyyy-MM-dd}'\n");
    ResourceParser.Parsed parsed =
        new ResourceParser(InstanceRules.standard().minimumInterval()).parse(Bodies.REST, settings);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources()).extracting(Resource::name).containsExactly("a", "b");
    Resource first = parsed.resources().get(0);
    assertThat(first.recordsPath().text()).isEqualTo("list.item");
    assertThat(first.created().zone()).isEqualTo("PST");
    assertThat(first.updated().pattern()).isEqualTo("seconds");
  }

  @Test
  void legacy_line_without_a_url_is_an_error() {
    Map<String, String> settings = Map.of(ResourceParser.URLS, "contacts|accounts");

    assertThat(
            new ResourceParser(InstanceRules.standard().minimumInterval())
                .parse(Bodies.REST, settings)
                .problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.path()).isEqualTo("configuration.event.poller.urls");
              assertThat(p.message()).contains("contacts|/contacts");
            });
  }

  @Test
  void baseline_changes_with_what_the_ledger_depends_on_and_nothing_else() {
    String baseline = Bodies.one(with("{}")).baseline();

    assertThat(Bodies.one("{`url`:`/other`,`idField`:`id`,`overlap`:1}").baseline())
        .isEqualTo(baseline);
    for (String change :
        List.of(
            "{`detectBy`:`both`}",
            "{`ignoreFields`:[`a`]}",
            "{`filterByUpdatedDate`:false}",
            "{`datesConfiguration`:{`updatedDateField`:`u`}}",
            "{`datesConfiguration`:{`createdDateField`:`u`,`createdDateFormat`:`seconds`}}")) {
      assertThat(Bodies.one(with(change)).baseline()).isNotEqualTo(baseline);
    }
    assertThat(Bodies.one("{`url`:`/things`,`idField`:[`id`,`x`]}").baseline())
        .isNotEqualTo(baseline);
  }

  @Test
  void names_in_the_legacy_setting_choose_among_the_configured_resources() {
    String both =
        "{\"a\":{\"url\":\"/a\",\"idField\":\"id\"},\"b\":{\"url\":\"/b\",\"idField\":\"id\"}}";

    assertThat(chosen(both, "a\nb").resources()).extracting(Resource::name).contains("a", "b");
    assertThat(chosen(both, "a\nb").warnings()).isEmpty();
    assertThat(chosen(both, "b").resources()).extracting(Resource::name).containsExactly("b");
    assertThat(chosen(both, "b").warnings())
        .singleElement()
        .hasToString("configuration.event.poller.urls: leaves out a: they are not polled");
    assertThat(chosen(both, "c").problems()).singleElement().asString().contains("names none");
    assertThat(chosen(both, "a|/a").warnings()).singleElement().asString().contains("no effect");
  }

  private static ResourceParser.Parsed chosen(String configuration, String urls) {
    return new ResourceParser(InstanceRules.standard().minimumInterval())
        .parse(
            Bodies.REST,
            Map.of(
                "base.url",
                "https://h",
                ResourceParser.CONFIGURATION,
                configuration,
                ResourceParser.URLS,
                urls));
  }

  @Test
  void pages_start_where_cloud_elements_says() {
    Map<String, String> settings =
        Map.of(
            "pagination.type",
            "page",
            "pagination.page.startindex",
            "0",
            ResourceParser.CONFIGURATION,
            "{\"a\":{\"url\":\"https://h/a\",\"idField\":\"id\"}}");

    assertThat(
            new ResourceParser(InstanceRules.standard().minimumInterval())
                .parse(Bodies.REST, settings)
                .resources()
                .get(0)
                .paging()
                .first())
        .isZero();
  }

  @Test
  void zone_beside_the_dates_holds_where_they_have_none() {
    Resource resource =
        Bodies.one(
            with(
                "{`updatedDateTimezone`:`PST`,`datesConfiguration`:{`updatedDateField`:`u`,"
                    + "`updatedDateFormat`:`yyyy-MM-dd HH:mm`}}"));

    assertThat(resource.updated().zone()).isEqualTo("PST");
    assertThat(resource.updated().format().parse("2026-07-01 12:00").start())
        .isEqualTo(Instant.parse("2026-07-01T19:00:00Z"));
  }

  @Test
  void created_date_is_read_as_the_updated_one_where_it_could_not_be_detected() {
    Resource resource =
        Bodies.one(
            with(
                "{`datesConfiguration`:{`updatedDateField`:`u`,`createdDateField`:`c`,"
                    + "`updatedDateFormat`:`MM/dd/yyyy HH:mm`}}"));

    assertThat(resource.created().format().parse("07/01/2026 12:00").start())
        .isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
  }
}
