package dev.watchpost.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.resource.AnswerFormat;
import dev.watchpost.resource.FieldPath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/** Reads a big answer of a format, in a heap that a test has bounded, and prints its records. */
final class BigAnswer {
  private BigAnswer() {}

  public static void main(String[] arguments) throws Exception {
    AnswerFormat.Type type = AnswerFormat.Type.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int records = Integer.parseInt(arguments[1]);
    AnswerFormat format = new AnswerFormat(type, ',', '"', null);
    RecordShape shape =
        new RecordShape(
            List.of(FieldPath.of("id")),
            null,
            null,
            null,
            List.of(),
            type == AnswerFormat.Type.XML ? FieldPath.of("feed.entry") : null,
            null,
            null,
            null,
            format);
    try (RecordReader reader = new RecordReader(body(type, records), null, shape)) {
      int bad = 0;
      while (reader.hasNext()) {
        bad += reader.next().bad().size();
      }
      System.out.println(new ObjectMapper().writeValueAsString(List.of(reader.recordsRead(), bad)));
    }
  }

  private static InputStream body(AnswerFormat.Type type, int records) {
    String text = "x".repeat(1_000);
    return new SequenceInputStream(
        new Enumeration<InputStream>() {
          private int at = -1;

          @Override
          public boolean hasMoreElements() {
            return at <= records;
          }

          @Override
          public InputStream nextElement() {
            String part = part(type, at++, records, text);
            return new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static String part(AnswerFormat.Type type, int at, int records, String text) {
    boolean head = at < 0;
    boolean tail = at == records;
    return switch (type) {
      case XML ->
          head
              ? "<feed><title>t</title>"
              : tail ? "</feed>" : "<entry><id>%d</id><text>%s</text></entry>".formatted(at, text);
      case CSV -> head ? "id,text\n" : tail ? "" : "%d,\"%s\"\n".formatted(at, text);
      default -> head || tail ? "" : "{\"id\":%d,\"text\":\"%s\"}\n".formatted(at, text);
    };
  }
}
