package dev.watchpost.record;

import static dev.watchpost.record.Answers.BY_ID;
import static dev.watchpost.record.Answers.bad;
import static dev.watchpost.record.Answers.batches;
import static dev.watchpost.record.Answers.body;
import static dev.watchpost.record.Answers.ids;
import static dev.watchpost.record.Answers.reader;
import static dev.watchpost.record.Answers.records;
import static dev.watchpost.record.Answers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.resource.FieldPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordReaderTest {

  @Test
  void record_is_handed_on_exactly_as_it_came() {
    SourceRecord record =
        records("[ {\"id\" : 7, \"updated\":\"u\",\"created\":1.5e3 , \"deleted\":true} ]", BY_ID)
            .get(0);

    assertThat(new String(record.json(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\" : 7, \"updated\":\"u\",\"created\":1.5e3 , \"deleted\":true}");
    assertThat(record.id()).isEqualTo("7");
    assertThat(record.updated()).isEqualTo("u");
    assertThat(record.created()).isEqualTo("1500");
    assertThat(record.deleted()).isEqualTo("true");
  }

  @Test
  void dates_that_are_missing_null_or_empty_are_null() {
    SourceRecord record = records("[{\"id\":7,\"updated\":null,\"created\":\"\"}]", BY_ID).get(0);

    assertThat(record.updated()).isNull();
    assertThat(record.created()).isNull();
    assertThat(record.deleted()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1496771,1496771", "1.0,1", "1e3,1000", "12.50,12.5", "-0.05,-0.05", "0,0"})
  void numeric_id_has_one_spelling(String written, String id) {
    assertThat(ids("[{\"id\":" + written + "}]", BY_ID)).containsExactly(id);
  }

  @Test
  void composite_id_is_joined() {
    RecordShape two =
        new RecordShape(
            List.of(FieldPath.of("a.b"), FieldPath.of("c")),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null);

    assertThat(
            ids("[{\"c\":2,\"a\":{\"b\":\"x\"}},{\"c\":3,\"a.b\":\"y\",\"a\":{\"b\":\"x\"}}]", two))
        .containsExactly("x|2", "y|3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"x\":1} ; it has no id",
        "{\"id\":null} ; its id is null, not an id",
        "{\"id\":true} ; its id is a boolean, not an id",
        "{\"id\":{}} ; its id is an object, not an id",
        "{\"id\":[1]} ; its id is an array, not an id",
        "{\"id\":\" \"} ; its id is blank",
        "{\"id\":\"\"} ; its id is blank",
        "{\"id\":1e5000} ; its id at id is longer than 1,000 characters",
        "17 ; it is a number, not an object",
        "null ; it is null, not an object",
        "[[1]] ; it is an array, not an object"
      })
  void bad_record_says_why_and_the_others_go_on(String element, String reason) {
    String answer = "[{\"id\":1}," + element + ",{\"id\":2}]";

    assertThat(ids(answer, BY_ID)).containsExactly("1", "2");
    assertThat(bad(answer)).isEqualTo(new BadRecord(null, reason, element));
  }

  @Test
  void flag_of_more_pages_and_the_last_id_are_told() {
    RecordShape shape =
        new RecordShape(
            List.of(FieldPath.of("id")),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            FieldPath.of("meta.has_more"),
            dev.watchpost.resource.AnswerFormat.JSON);
    var reader =
        new RecordReader(
            body("{\"meta\":{\"has_more\":false},\"data\":[{\"id\":\"a\"},{\"id\":\"b\"},{}]}"),
            null,
            shape);
    reader.next();

    assertThat(reader.flag()).contains("false");
    assertThat(reader.lastId()).contains("b");
  }

  @Test
  void excerpt_of_a_bad_record_is_short() {
    assertThat(bad("[{\"x\":\"" + "ä".repeat(500) + "\"}]").excerpt()).hasSize(200);
  }

  @Test
  void record_beyond_the_limit_is_a_bad_one_and_the_next_is_whole() {
    String big = "{\"id\":1,\"x\":\"" + "y".repeat(50_000) + "\"}";
    var limits = new RecordLimits(500, 4 << 20, 20_000);
    var reader = new RecordReader(body("[" + big + ",{\"id\":2}]"), null, BY_ID, limits);

    RecordBatch batch = reader.next();

    assertThat(batch.records()).extracting(SourceRecord::id).containsExactly("2");
    assertThat(new String(batch.records().get(0).json(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":2}");
    assertThat(batch.bad())
        .extracting(BadRecord::id, BadRecord::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("1", "it is too large"));
    assertThat(batch.last()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 1000})
  void only_the_last_batch_is_marked_last(int count) {
    List<RecordBatch> batches = batches(reader(numbered(count), BY_ID));

    assertThat(batches).hasSize(Math.max(1, (count + 499) / 500));
    assertThat(batches.subList(0, batches.size() - 1)).noneMatch(RecordBatch::last);
    assertThat(batches.get(batches.size() - 1).last()).isTrue();
    assertThat(batches.stream().mapToInt(RecordBatch::size).sum()).isEqualTo(count);
  }

  @Test
  void batch_ends_at_its_bound_of_bytes() {
    var limits = new RecordLimits(500, 20, 1_000);
    var reader = new RecordReader(body(numbered(10)), null, BY_ID, limits);

    assertThat(batches(reader))
        .allMatch(batch -> batch.records().size() <= 3)
        .hasSizeGreaterThan(3);
  }

  @Test
  void hundred_thousand_records_in_small_chunks_arrive_in_order() {
    InputStream chunks = new SmallChunks(numbered(100_000).getBytes(StandardCharsets.UTF_8));
    var reader = new RecordReader(chunks, null, BY_ID);

    List<String> ids =
        batches(reader).stream().flatMap(b -> b.records().stream()).map(SourceRecord::id).toList();

    assertThat(ids).isEqualTo(IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());
    assertThat(reader.recordsRead()).isEqualTo(100_000);
  }

  @Test
  void characters_of_several_bytes_survive_any_chunk_border() {
    String record = "{\"id\":\"ä€😀\",\"x\":\"" + "€😀ä".repeat(900) + "\"}";
    byte[] answer = ("[" + record + "," + record + "]").getBytes(StandardCharsets.UTF_8);

    List<RecordBatch> batches = batches(new RecordReader(new SmallChunks(answer), null, BY_ID));

    assertThat(batches.get(0).records())
        .hasSize(2)
        .allSatisfy(r -> assertThat(new String(r.json(), StandardCharsets.UTF_8)).isEqualTo(record))
        .allSatisfy(r -> assertThat(r.id()).isEqualTo("ä€😀"));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1,application/json; charset=iso-8859-1",
    "windows-1252,application/json;charset=\"windows-1252\"",
    "UTF-16,application/json",
    "UTF-16LE,",
    "UTF-16BE,application/json",
    "UTF-32LE,",
    "UTF-8,application/json; charset=nobody-knows"
  })
  void other_charsets_are_read(String charset, String contentType) {
    String record = "{\"id\":\"Zoë\",\"x\":\"" + "é".repeat(9_000) + "\"}";
    byte[] answer = ("[" + record + "]").getBytes(Charset.forName(charset));

    var reader = new RecordReader(new ByteArrayInputStream(answer), contentType, BY_ID);
    SourceRecord read = reader.next().records().get(0);

    assertThat(read.id()).isEqualTo("Zoë");
    assertThat(new String(read.json(), StandardCharsets.UTF_8)).isEqualTo(record);
  }

  @Test
  void byte_order_mark_is_passed_over() {
    assertThat(ids("\uFEFF[{\"id\":1}]", BY_ID)).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"id\":1,\"x\":\"ä\"},{\"id\":20,\"y\":[1,true,null]}]",
        "{\"meta\":{\"n\":\"é\"},\"items\":[{\"id\":1},{\"id\":2}],\"next\":12}",
        "{\"id\":1,\"name\":\"one\"}"
      })
  void truncated_answer_never_hands_out_a_last_batch(String answer) {
    byte[] whole = answer.getBytes(StandardCharsets.UTF_8);
    for (RecordShape shape :
        List.of(BY_ID, shape("id", null, "items", "next"), shape("id", "items", null, null))) {
      if (whole[0] == '[' && shape.records() != null) {
        continue;
      }
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(
                () ->
                    new RecordReader(
                            new ByteArrayInputStream(cut),
                            null,
                            shape,
                            new RecordLimits(1, 10, 100))
                        .forEachRemaining(batch -> assertThat(batch.last()).isFalse()))
            .as("cut at %d", length)
            .isInstanceOf(UnusableAnswer.class)
            .hasMessage(
                length == 0
                    ? "the answer is empty where JSON was expected"
                    : "the answer breaks off at byte " + length);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "<?xml version='1.0'?><a/> ; the answer is XML, not JSON",
        "hello ; the answer is not valid JSON at byte 0",
        "[{\"id\":1}]x ; the answer is not valid JSON at byte 10",
        "[{\"id\":1}]] ; the answer is not valid JSON at byte 10",
        "[{\"id\":1}][] ; the answer goes on after the end of its JSON document",
        "{\"id\":1} {\"id\":2} ; the answer goes on after the end of its JSON document",
        "\"a text\" ; records were expected where the answer holds a single value",
        "{\"a\":[{}],\"b\":[{}]} ; the answer has records under \"a\" and \"b\": set recordsPath to one of them"
      })
  void unusable_answer_is_named_in_one_line(String answer, String message) {
    assertThatThrownBy(() -> ids(answer, BY_ID))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessage(message);
  }

  @Test
  void html_is_named_with_the_beginning_of_its_title() {
    String page = "<!DOCTYPE html><html><head><title>Sign\n  in " + "x".repeat(99) + "</title>";

    assertThatThrownBy(() -> ids(page, BY_ID))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessage("the answer is HTML, not JSON: Sign in " + "x".repeat(52));
  }

  @Test
  void bytes_that_are_not_utf8_are_named() {
    byte[] latin = "[{\"id\":\"Zoë\"}]".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> new RecordReader(new ByteArrayInputStream(latin), null, BY_ID).next())
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageStartingWith("the answer is not valid UTF-8 at byte 1");
  }

  @Test
  void depth_is_limited() {
    assertThatThrownBy(() -> ids("[".repeat(300) + "]".repeat(300), BY_ID))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageContaining("200");
  }

  @Test
  void connection_that_breaks_is_an_unusable_answer_and_the_body_is_closed() {
    var body = new BrokenBody();
    var reader = new RecordReader(body, null, BY_ID);

    assertThatThrownBy(reader::next)
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageEndingWith("reset by peer");
    assertThat(body.closed).isTrue();
    assertThat(reader.hasNext()).isFalse();
  }

  private static String numbered(int count) {
    StringBuilder all = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      all.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append('}');
    }
    return all.append(']').toString();
  }

  /** 1 to 7 bytes a read. */
  private static final class SmallChunks extends ByteArrayInputStream {

    private int reads;

    SmallChunks(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      return super.read(buffer, offset, Math.min(length, 1 + reads++ % 7));
    }
  }

  /** More than the first look takes, then an error. */
  private static final class BrokenBody extends InputStream {

    private int sent;
    private boolean closed;

    @Override
    public int read() throws IOException {
      if (sent > 5_000) {
        throw new IOException("reset by peer");
      }
      return sent++ == 0 ? '[' : ' ';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      buffer[offset] = (byte) read();
      return 1;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
