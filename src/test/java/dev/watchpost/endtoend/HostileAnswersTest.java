package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Answers that are small on the way and large or deep when they are read. */
class HostileAnswersTest extends Stage {
  private static final int UNPACKED = 64 << 20;

  private static byte[] bomb() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write('[');
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int written = 0; written < UNPACKED; written += blanks.length) {
        gzip.write(blanks);
      }
      gzip.write(']');
    }
    return packed.toByteArray();
  }

  @Test
  void packed_answer_counts_as_what_it_unpacks_to() throws Exception {
    byte[] packed = bomb();
    assertThat(packed.length).as("on the way").isLessThan(100_000);
    answers =
        (source, request) ->
            request
                .response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Encoding", "gzip")
                .end(io.vertx.core.buffer.Buffer.buffer(packed));
    watch(
        request("`url`:`/x`,`idField`:`id`,`pagination`:{`type`:`link`,`maxBytes`:1048576}"),
        Map.of());
    assertThat(scene.poll().error()).contains("larger than 1,048,576 bytes");
  }

  @Test
  void answer_that_is_nested_deeply_is_refused() throws Exception {
    answers =
        (source, request) ->
            request
                .response()
                .putHeader("Content-Type", "application/json")
                .end("[{\"id\":1,\"a\":" + "[".repeat(100_000));
    watch("`url`:`/x`,`idField`:`id`");
    assertThat(scene.poll().error()).contains("nesting depth");
  }
}
