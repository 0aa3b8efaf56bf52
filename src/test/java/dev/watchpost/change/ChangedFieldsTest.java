package dev.watchpost.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.resource.FieldPath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedFieldsTest {

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}; {\"a\":1}; []",
        "{\"a\":1,\"b\":2}; {\"b\":2,\"a\":1}; []",
        "{\"a\":1.0}; {\"a\":1}; []",
        "{\"a\":1}; {\"a\":\"1\"}; [\"/a\"]",
        "{\"a\":1}; {}; [\"/a\"]",
        "{}; {\"a\":null}; [\"/a\"]",
        "{\"a\":{\"b\":[1,2]}}; {\"a\":{\"b\":[1,3]}}; [\"/a/b/1\"]",
        "{\"a\":[1,2]}; {\"a\":[1,2,3]}; [\"/a\"]",
        "{\"a\":{\"b\":1}}; {\"a\":[1]}; [\"/a\"]",
        "{\"~\":1,\"/\":1}; {\"~\":2,\"/\":2}; [\"/~1\",\"/~0\"]"
      })
  void names_the_innermost_fields_that_differ(String before, String after, String pointers) {
    assertThat(ChangedFields.between(before, after, List.of())).isEqualTo(pointers);
  }

  @ParameterizedTest(name = "without {0}")
  @CsvSource(
      delimiter = ';',
      value = {"seen; [\"/x/at\"]", "x.at; [\"/seen\"]", "x; [\"/seen\"]", "seen,x.at; []"})
  void ignored_fields_do_not_count(String ignored, String pointers) {
    List<FieldPath> paths = Stream.of(ignored.split(",")).map(FieldPath::of).toList();
    assertThat(
            ChangedFields.between(
                "{\"seen\":1,\"x\":{\"at\":1}}", "{\"seen\":2,\"x\":{\"at\":2}}", paths))
        .isEqualTo(pointers);
  }
}
