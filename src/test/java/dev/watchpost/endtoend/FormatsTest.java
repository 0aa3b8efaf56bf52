package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.SettableClock;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.poll.Polls;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in XML, CSV and NDJSON, polled over HTTP. */
class FormatsTest {
  private static final String XML =
      "`url`:`/things`,`format`:`xml`,`recordsPath`:`feed.entry`,`idField`:`@.@id`,`startFrom`:`beginning`,"
          + "`datesConfiguration`:{`updatedDateField`:`at`,`updatedDateFormat`:`yyyy-MM-dd'T'HH:mm:ssXXX`}";
  private static final String CSV =
      "`url`:`/things`,`format`:{`type`:`csv`,`delimiter`:`;`},`idField`:`Id`,`startFrom`:`beginning`,"
          + "`datesConfiguration`:{`updatedDateField`:`Changed on`,`updatedDateFormat`:`dd.MM.yyyy HH:mm:ss`}";
  private static final String NDJSON =
      "`url`:`/things`,`format`:`ndjson`,`idField`:`id`,`startFrom`:`beginning`";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private volatile Buffer answer = Buffer.buffer();
  private volatile String contentType = "application/octet-stream";
  private volatile String accepted;
  private final Source source =
      new Source(
          clock,
          (same, request) -> {
            accepted = request.getHeader("Accept");
            request.response().putHeader("Content-Type", contentType).end(answer);
          });
  private Scene scene;

  @AfterEach
  void stop() {
    if (scene != null) {
      scene.close();
    }
    source.close();
  }

  private void watch(String resource) throws Exception {
    scene =
        Scene.of(new WatchRequest(source.url(), "http://127.0.0.1:9/callback", resource), clock);
  }

  private List<String> polled(String text) {
    return polled(text, StandardCharsets.UTF_8);
  }

  private List<String> polled(String text, Charset charset) {
    answer = Buffer.buffer(text.getBytes(charset));
    clock.set(clock.instant().plusSeconds(60));
    return scene.polled();
  }

  private String failed(String text) {
    answer = Buffer.buffer(text);
    clock.set(clock.instant().plusSeconds(60));
    return scene.poll().error();
  }

  private String raw() {
    return scene.events().get(0).event().raw();
  }

  private List<Polls.Quarantine> quarantine() {
    return scene.watchpost().polls().quarantine(scene.instance(), 10);
  }

  private static String entry(String id, String at, String more) {
    return "<entry id='%s'><at>%s</at>%s</entry>".formatted(id, at, more);
  }

  @Test
  void xml_elements_are_records_with_attributes_text_and_lists() throws Exception {
    watch(XML);
    String one =
        entry(
            "a&amp;1",
            "2026-03-01T11:00:00+01:00",
            "<x:tag xmlns:x='urn:x' lang='en'> big <![CDATA[<b>]]></x:tag><n>1</n><n>2</n><empty/>");
    String feed =
        "<feed xmlns='urn:feed'><link rel='self'/><link rel='next'/>%s<!-- c --><id>f</id>%s</feed>";
    String two = entry("2", "2026-03-01T11:00:00Z", "");
    assertThat(polled(feed.formatted(one, two)))
        .containsExactlyInAnyOrder("CREATED a&1", "CREATED 2");
    assertThat(accepted).contains("application/xml");
    assertThat(scene.events())
        .extracting(stored -> stored.event().raw())
        .contains(
            "{\"@id\":\"a&1\",\"at\":\"2026-03-01T11:00:00+01:00\",\"x:tag\":{\"@lang\":\"en\",\"#text\":\"big <b>\"},"
                + "\"n\":[\"1\",\"2\"],\"empty\":\"\"}");
    assertThat(polled(feed.formatted(one, two))).isEmpty();
    String edited = entry("2", "2026-03-01T12:01:00Z", "<n>3</n>");
    assertThat(polled(feed.formatted(one, edited))).containsExactly("UPDATED 2");
    assertThat(polled("<feed/>")).isEmpty();
  }

  @Test
  void xml_is_read_in_the_charset_it_says() throws Exception {
    watch(XML);
    polled(
        "<?xml version='1.0' encoding='ISO-8859-1'?><feed>"
            + entry("1", "2026-03-01T11:00:00Z", "<n>Müller</n>")
            + "</feed>",
        StandardCharsets.ISO_8859_1);
    assertThat(raw()).contains("Müller");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE feed [<!ENTITY x SYSTEM 'FILE'>]><feed><entry id='1'><n>&x;</n></entry></feed>",
        "<!DOCTYPE feed [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]><feed><entry id='&b;'/></feed>",
        "<!DOCTYPE feed SYSTEM 'SOURCE/evil.dtd'><feed><entry id='1'/></feed>",
        "<!DOCTYPE html><html><title>Sign in</title></html>"
      })
  void document_types_and_entities_are_refused_and_nothing_is_fetched(
      String text, @TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "hidden");
    watch(XML);
    int before = source.targets().size();
    assertThat(
            failed(text.replace("FILE", secret.toUri().toString()).replace("SOURCE", source.url())))
        .contains("document type");
    assertThat(source.targets()).hasSize(before + 1);
    assertThat(scene.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<feed><entry id='1'><at>2026-03-01T11:00:00Z</at></entry><entry|breaks off",
        "<feed><entry id='1'></feed>|not valid XML",
        "<feed><entry id='1'>&nbsp;</entry></feed>|answer",
        "<error>no</error>|<error>",
        "{\"feed\":[]}|not valid XML"
      })
  void broken_xml_fails_the_poll_and_the_cursor_stays(String text, String message)
      throws Exception {
    watch(XML);
    polled("<feed/>");
    Instant cursor = scene.state().cursor();
    assertThat(failed(text)).contains(message);
    assertThat(scene.state().cursor()).isEqualTo(cursor);
  }

  @Test
  void csv_rows_are_records_by_their_header() throws Exception {
    watch(CSV);
    contentType = "text/csv; charset=windows-1252";
    String header = "Id;Changed on;Name\r\n";
    Charset windows = Charset.forName("windows-1252");
    assertThat(
            polled(
                header
                    + "1;01.03.2026 11:00:00;\"Müller; \"\"A\"\"\r\nB\"\r\n\r\n2;01.03.2026 11:00:00;\r\n",
                windows))
        .containsExactlyInAnyOrder("CREATED 1", "CREATED 2");
    assertThat(accepted).isEqualTo("text/csv");
    assertThat(scene.events())
        .extracting(stored -> stored.event().raw())
        .contains(
            "{\"Id\":\"1\",\"Changed on\":\"01.03.2026 11:00:00\",\"Name\":\"Müller; \\\"A\\\"\\r\\nB\"}");
    contentType = "text/csv";
    assertThat(polled("\uFEFF" + header + "1;01.03.2026 12:05:00;x\n"))
        .containsExactly("UPDATED 1");
    assertThat(polled(header)).isEmpty();
  }

  @Test
  void malformed_rows_of_csv_are_quarantined_and_the_others_go_on() throws Exception {
    watch(CSV);
    String header = "Id;Changed on\n";
    assertThat(polled(header + "1;01.03.2026 11:00:00;more\n2;soon\n3;01.03.2026 11:00:00\n"))
        .containsExactly("CREATED 3");
    assertThat(quarantine()).hasSize(2);
    assertThat(quarantine())
        .anySatisfy(
            bad ->
                assertThat(bad.excerpt()).contains("row 2 has 3 columns where the header has 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|empty",
        "Id;\"x|not valid CSV",
        "Id;Id|twice",
        "<html></html>|no CSV",
        "[]|no CSV"
      })
  void broken_csv_fails_the_poll(String text, String message) throws Exception {
    watch(CSV);
    assertThat(failed(text)).contains(message);
  }

  @Test
  void lines_of_json_are_records_and_a_broken_one_is_quarantined() throws Exception {
    watch(NDJSON);
    assertThat(polled("{\"id\":1}\n\n{\"id\":2,}\r\n{\"id\":3}"))
        .containsExactlyInAnyOrder("CREATED 1", "CREATED 3");
    assertThat(quarantine())
        .singleElement()
        .satisfies(bad -> assertThat(bad.excerpt()).contains("line 3 is no JSON"));
    assertThat(failed("{\"id\":1}\n{\"id\":4")).contains("breaks off in line 2");
    assertThat(polled("")).isEmpty();
  }

  @Test
  void content_type_alone_does_not_switch_and_the_error_says_what_came() throws Exception {
    watch("`url`:`/things`,`idField`:`id`,`startFrom`:`beginning`");
    contentType = "application/xml";
    assertThat(failed("<feed/>")).contains("XML, not JSON");
    contentType = "text/csv";
    assertThat(failed("id;name\n1;a\n")).contains("CSV, not JSON");
    assertThat(polled("[{\"id\":1}]")).containsExactly("CREATED 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`format`:`yaml`|write json, xml, csv or ndjson",
        "`format`:`xml`|recordsPath",
        "`format`:`csv`,`recordsPath`:`a`|recordsPath",
        "`format`:{`type`:`csv`,`delimiter`:`ab`}|delimiter",
        "`format`:{`type`:`csv`,`charset`:`utf-9`}|charset"
      })
  void format_that_cannot_work_is_refused_with_its_path(String settings, String message) {
    assertThatThrownBy(() -> watch("`url`:`/things`,`idField`:`id`," + settings))
        .isInstanceOf(InvalidInstance.class)
        .hasMessageContaining(message);
  }
}
