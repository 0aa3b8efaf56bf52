package dev.watchpost.record;

import static dev.watchpost.record.Answers.BY_ID;
import static dev.watchpost.record.Answers.batches;
import static dev.watchpost.record.Answers.ids;
import static dev.watchpost.record.Answers.reader;
import static dev.watchpost.record.Answers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordsPathTest {

  @Test
  void only_array_of_objects_is_found_and_learned() {
    RecordReader reader =
        reader(
            "{\"tags\":[1],\"none\":[],\"a.b\":[{\"id\":1},{\"id\":2}],\"n\":{\"x\":[{}]}}", BY_ID);

    assertThat(batches(reader).get(0).records()).hasSize(2);
    assertThat(reader.learnedPath()).isEqualTo("a.b");
  }

  @Test
  void learned_field_is_read_and_an_answer_without_it_is_empty() {
    RecordShape learned = shape("id", null, "a.b", null);

    assertThat(ids("{\"c\":[{\"id\":9}],\"a.b\":[{\"id\":1}]}", learned)).containsExactly("1");
    assertThat(ids("{\"c\":[{\"id\":9}]}", learned)).isEmpty();
    assertThat(ids("[{\"id\":3}]", learned)).containsExactly("3");
  }

  @Test
  void root_array_is_learned_as_the_empty_path() {
    RecordReader reader = reader("[{\"id\":1}]", BY_ID);
    batches(reader);

    assertThat(reader.learnedPath()).isEmpty();
    assertThat(ids("{\"items\":[{\"id\":4}]}", shape("id", null, "", null))).containsExactly("4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"items\":[]}",
        "{\"id\":1,\"items\":[]}",
        "{\"error\":\"x\"}"
      })
  void answer_without_records_is_one_empty_last_batch(String answer) {
    RecordReader reader = reader(answer, BY_ID);

    assertThat(batches(reader))
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.size()).isZero();
              assertThat(batch.last()).isTrue();
            });
    assertThat(reader.recordsRead()).isZero();
    assertThat(reader.learnedPath()).isIn(null, "");
  }

  @Test
  void root_object_with_the_id_and_no_array_is_one_record() {
    assertThat(ids("{\"id\":5,\"plan\":{\"a\":1}}", BY_ID)).containsExactly("5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "data.items ; {\"x\":[{\"id\":9}],\"data\":{\"n\":1,\"items\":[{\"id\":1}]}} ; 1",
        "data.items ; {\"data.items\":[{\"id\":1}]} ; 1",
        "data ; {\"data\":{\"id\":1}} ; 1",
        "[1].items ; [{\"items\":[{\"id\":8}]},{\"items\":[{\"id\":1}]}] ; 1",
        "data ; {\"data\":null} ; ",
        "data ; {\"other\":[{\"id\":1}]} ; ",
        "data.items ; {\"data\":[]} ; ",
        "data ; [] ; "
      })
  void configured_path_is_followed(String path, String answer, String id) {
    assertThat(String.join(",", ids(answer, shape("id", path, null, null))))
        .isEqualTo(id == null ? "" : id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"data\":5} ; records were expected where the answer holds a single value",
        "[{\"id\":1}] ; the answer is an array: recordsPath does not fit it",
        "{\"data\":[],\"data\":[]} ; the answer holds the field of its records twice"
      })
  void answer_that_does_not_fit_the_path_is_refused(String answer, String message) {
    assertThatThrownBy(() -> ids(answer, shape("id", "data", null, null)))
        .isInstanceOf(UnusableAnswer.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"meta\":{\"next\":\"c1\"},\"items\":[{\"id\":1}]} ; c1",
        "{\"items\":[{\"id\":1}],\"meta\":{\"next\":17}} ; 17",
        "{\"items\":[{\"id\":1}],\"meta\":{\"next\":false}} ; false",
        "{\"items\":[],\"meta\":{\"next\":\"c1\"}} ; c1",
        "{\"id\":1,\"meta\":{\"next\":\"c1\"}} ; c1",
        "{\"items\":[{\"id\":1}],\"meta\":{\"next\":null}} ; ",
        "{\"items\":[{\"id\":1}],\"meta\":{\"next\":\"\"}} ; ",
        "{\"items\":[{\"id\":1}]} ; ",
        "[{\"id\":1}] ; "
      })
  void paging_value_is_found_before_and_after_the_records(String answer, String value) {
    RecordReader reader = reader(answer, shape("id", null, null, "meta.next"));
    batches(reader);

    assertThat(reader.value().orElse(null)).isEqualTo(value);
  }

  @Test
  void large_answer_is_put_aside_in_a_file_that_goes_away() throws Exception {
    String answer = "{\"pad\":\"" + "x".repeat(2 << 20) + "\",\"items\":[{\"id\":1}]}";
    Spool spool = Spool.of(Answers.body(answer));

    assertThat(spool.file()).exists().hasSize(answer.length());
    spool.close();

    assertThat(spool.file()).doesNotExist();
    assertThat(ids(answer, BY_ID)).containsExactly("1");
  }
}
