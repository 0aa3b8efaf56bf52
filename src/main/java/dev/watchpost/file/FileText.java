package dev.watchpost.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a file holds.
 *
 * @param name without its directory
 * @param text null: it cannot be had
 * @param problem why; null: nothing is wrong so far
 */
record FileText(String name, String text, Note problem) {
  static final int LARGEST = 1 << 20;

  private static final int BOM = 0xFEFF;

  /** Reads it; what goes wrong is its problem. */
  static FileText of(Path file) {
    String name = file.getFileName().toString();
    try {
      if (Files.isDirectory(file)) {
        return broken(name, 1, "is a directory");
      }
      if (Files.size(file) > LARGEST) {
        return broken(name, 1, "is larger than 1 MiB");
      }
      return decoded(name, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return broken(name, 1, "is a link to what is not there");
    } catch (IOException e) {
      return broken(name, 1, "cannot be read: " + e);
    }
  }

  private static FileText broken(String name, int line, String reason) {
    return new FileText(name, null, new Note(line, "", reason));
  }

  private static FileText decoded(String name, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      return broken(name, line(bytes, in.position()), "is not UTF-8 text; save it as UTF-8");
    }
    String text = out.flip().toString();
    return new FileText(name, text.indexOf(BOM) == 0 ? text.substring(1) : text, null);
  }

  private static int line(byte[] bytes, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
