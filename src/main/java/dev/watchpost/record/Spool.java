package dev.watchpost.record;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An answer put aside to be read twice: up to 1 MiB in memory, more in a temporary file that is
 * deleted on close.
 */
final class Spool implements Closeable {

  private static final int IN_MEMORY = 1 << 20;

  private final byte[] memory;
  private final Path file;

  private Spool(byte[] memory, Path file) {
    this.memory = memory;
    this.file = file;
  }

  static Spool of(InputStream in) throws IOException {
    byte[] head = in.readNBytes(IN_MEMORY);
    if (head.length < IN_MEMORY) {
      return new Spool(head, null);
    }
    Path file = Files.createTempFile("watchpost-answer-", ".json");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(head);
      in.transferTo(out);
      return new Spool(null, file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** From its first byte, each time. */
  InputStream open() throws IOException {
    return memory == null ? Files.newInputStream(file) : new ByteArrayInputStream(memory);
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
