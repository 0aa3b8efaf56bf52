package dev.watchpost.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Passes an answer's bytes to the parser and keeps those since the start of the current record, so
 * that a record is handed on exactly as it came. Holds one record and one read, never more; of a
 * record beyond the limit only the beginning.
 */
final class KeptBytes extends FilterInputStream {

  private static final int BEGINNING = 1_000;

  private final int limit;
  private byte[] kept = new byte[1 << 14];
  private int count;
  private long base;
  private long mark = -1;
  private byte[] beginning;
  private boolean ended;

  /**
   * @param limit bytes of the longest record
   */
  KeptBytes(InputStream in, int limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read < 0) {
      ended = true;
    } else {
      keep(buffer, offset, read);
    }
    return read;
  }

  private void keep(byte[] buffer, int offset, int length) {
    int from = mark < 0 ? count : (int) (mark - base);
    if (count - from > limit) {
      beginning = Arrays.copyOfRange(kept, from, from + Math.min(BEGINNING, limit));
      mark = -1;
      from = count;
    }
    System.arraycopy(kept, from, kept, 0, count - from);
    base += from;
    count -= from;
    if (kept.length < count + length) {
      kept = Arrays.copyOf(kept, Math.max(count + length, 2 * kept.length));
    }
    System.arraycopy(buffer, offset, kept, count, length);
    count += length;
  }

  /** Bytes passed on so far. */
  long total() {
    return base + count;
  }

  /** The source has no more. */
  boolean ended() {
    return ended;
  }

  /** A record starts at this byte of the answer, which is among those last read. */
  void start(long offset) {
    mark = offset;
    beginning = null;
  }

  /** The record is no longer than the limit, so far. */
  boolean whole() {
    return beginning == null;
  }

  /** Hash of the record that ends before {@code offset}. */
  long hash(long offset) {
    return KnownRecords.bytesHash(kept, (int) (mark - base), (int) (offset - mark));
  }

  /** The record's bytes are not wanted. */
  void drop() {
    mark = -1;
  }

  /** The bytes of the record that ends before {@code offset}; null where it was too long. */
  byte[] end(long offset) {
    if (beginning != null) {
      return null;
    }
    int from = (int) (mark - base);
    int to = (int) (offset - base);
    mark = -1;
    byte[] record = Arrays.copyOfRange(kept, from, to);
    if (record.length > limit) {
      beginning = Arrays.copyOf(record, Math.min(BEGINNING, limit));
      return null;
    }
    return record;
  }

  /** The first bytes of the record that was too long. */
  byte[] beginning() {
    return beginning;
  }
}
