package dev.watchpost.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchpost.store.Columns;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a notification as one value: format (a byte), count, and of each its type (C, U,
 * D), object id, sequence, date (microseconds since 1970), raw, before and changed fields. Numbers
 * are big-endian; a text is its length in bytes and UTF-8, a null one has length -1. Ids are kept
 * beside it, to be found by.
 */
final class PackedEvents {
  private static final int FORMAT = 1;

  private PackedEvents() {}

  static byte[] pack(List<NewEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(sizeOf(events));
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(FORMAT);
      out.writeInt(events.size());
      for (NewEvent event : events) {
        out.writeByte(event.type().name().charAt(0));
        text(out, event.objectId());
        out.writeLong(event.sequence());
        out.writeLong(Columns.micros(event.date()));
        text(out, event.raw());
        text(out, event.before());
        text(out, event.changedFields());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int sizeOf(List<NewEvent> events) {
    return events.stream().mapToInt(event -> event.raw().length() + 64).sum();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * @param ids of the events, in their order
   */
  static List<OutboxEvent> unpack(byte[] content, List<String> ids, Instant pollAt) {
    ByteBuffer in = ByteBuffer.wrap(content);
    int format = in.get();
    int count = in.getInt();
    if (format != FORMAT || count != ids.size()) {
      throw new IllegalStateException(
          "packed events: expected format %d and %d events, found format %d and %d events"
              .formatted(FORMAT, ids.size(), format, count));
    }
    List<OutboxEvent> events = new ArrayList<>(count);
    for (String id : ids) {
      EventType type = type((char) in.get());
      events.add(
          new OutboxEvent(
              id,
              type,
              text(in),
              in.getLong(),
              Columns.ofMicros(in.getLong()),
              pollAt,
              text(in),
              text(in),
              text(in)));
    }
    return events;
  }

  private static EventType type(char letter) {
    return switch (letter) {
      case 'C' -> EventType.CREATED;
      case 'U' -> EventType.UPDATED;
      case 'D' -> EventType.DELETED;
      default -> throw new IllegalStateException("packed events: type '%c'".formatted(letter));
    };
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    String text = new String(in.array(), in.position(), length, UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
