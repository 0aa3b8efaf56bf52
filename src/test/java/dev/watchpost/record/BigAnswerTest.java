package dev.watchpost.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BigAnswerTest {

  @ParameterizedTest
  @ValueSource(strings = {"xml", "csv", "ndjson"})
  void answer_of_100_mb_is_read_in_a_heap_of_48_mb(String format) throws Exception {
    Process reading =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BigAnswer.class.getName(),
                format,
                "100000")
            .redirectErrorStream(true)
            .start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).endsWith("[100000,0]");
  }
}
