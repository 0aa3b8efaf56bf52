package dev.watchpost.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Passes an answer's bytes to the parser and keeps those since the start of the current record, so
 * that a record is handed on exactly as it came. What is known byte for byte can be {@link #pass
 * passed over}, unseen by the parser: offsets are the parser's, which does not count that. Holds
 * one record and one read, never more; of a record beyond the limit only the beginning.
 */
final class KeptBytes extends InputStream {

  private static final int READ = 1 << 16;
  private static final int BEGINNING = 1_000;

  /** The parser gets little at once where it is to stop at the end of a record. */
  private static final int SIP = 512;

  /** White space between two records that is looked through for the next. */
  private static final int WHITE_SPACE = 256;

  private final InputStream in;
  private final int limit;
  private byte[] data = new byte[READ];
  private int given;
  private int filled;
  private long base;
  private long unseen;
  private long mark = -1;
  private byte[] passed;
  private int passedFrom = -1;
  private int passedLength;
  private byte[] beginning;
  private boolean sipping;
  private int expected;
  private boolean ended;

  /**
   * @param limit bytes of the longest record
   */
  KeptBytes(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The parser is to stop at the end of a record now and then: what follows may be passed over. */
  void sip() {
    sipping = true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (given == filled && !fill()) {
      return -1;
    }
    int size = Math.min(Math.min(length, portion()), filled - given);
    System.arraycopy(data, given, buffer, offset, size);
    given += size;
    return size;
  }

  private int portion() {
    int rest = mark < 0 ? 0 : (int) (mark - base) + expected - given;
    return rest > 0 ? rest : sipping ? SIP : Integer.MAX_VALUE;
  }

  /** Reads on, keeping the record that has begun. */
  private boolean fill() throws IOException {
    passed = passed();
    passedFrom = -1;
    if (mark >= 0 && base + given - mark > limit) {
      int start = (int) (mark - base);
      beginning = Arrays.copyOfRange(data, start, start + Math.min(BEGINNING, limit));
      mark = -1;
    }
    int from = mark < 0 ? given : (int) (mark - base);
    System.arraycopy(data, from, data, 0, filled - from);
    base += from;
    given -= from;
    filled -= from;
    if (filled == data.length) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    int read = in.read(data, filled, data.length - filled);
    ended = read < 0;
    filled += Math.max(0, read);
    return !ended;
  }

  /** Bytes read so far. */
  long total() {
    return base + filled;
  }

  /** The source has no more. */
  boolean ended() {
    return ended;
  }

  /** A byte's place in the answer. */
  long offset(long parserOffset) {
    return parserOffset + unseen;
  }

  /** True where the parser has taken all that it was given. */
  boolean taken(long parserOffset) {
    return offset(parserOffset) == base + given;
  }

  /**
   * Passes over the next element of an array, of which the parser stands behind another one and has
   * {@link #taken} all, where it is an object of {@code length} bytes with this hash.
   *
   * @return false: it is something else, and the parser's to read
   */
  boolean pass(int length, long hash) throws IOException {
    int at = whiteSpace(0);
    if (!available(at + 1) || data[given + at] != ',') {
      return false;
    }
    at = whiteSpace(at + 1);
    if (!available(at + length)) {
      return false;
    }
    int from = given + at;
    if (data[from] != '{'
        || data[from + length - 1] != '}'
        || KnownRecords.bytesHash(data, from, length) != hash) {
      return false;
    }
    unseen += at + length;
    given = from + length;
    passedFrom = from;
    passedLength = length;
    return true;
  }

  private int whiteSpace(int from) throws IOException {
    int at = from;
    while (at < WHITE_SPACE && available(at + 1) && isWhiteSpace(data[given + at])) {
      at++;
    }
    return at;
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean available(int bytes) throws IOException {
    while (filled - given < bytes) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /** The record passed over last; null: none was. */
  byte[] passed() {
    return passedFrom < 0
        ? passed
        : Arrays.copyOfRange(data, passedFrom, passedFrom + passedLength);
  }

  /**
   * A record starts at this byte, which is among those last read.
   *
   * @param length in bytes, as far as one can guess; 0: one cannot
   */
  void start(long parserOffset, int length) {
    mark = offset(parserOffset);
    expected = length;
    beginning = null;
  }

  /** The record is no longer than the limit, so far. */
  boolean whole() {
    return beginning == null;
  }

  /** Length of the record that ends before {@code parserOffset}. */
  int length(long parserOffset) {
    return (int) (offset(parserOffset) - mark);
  }

  /** Its hash. */
  long hash(long parserOffset) {
    return KnownRecords.bytesHash(data, (int) (mark - base), length(parserOffset));
  }

  /** The record's bytes are not wanted. */
  void drop() {
    mark = -1;
  }

  /** The bytes of the record that ends before {@code parserOffset}; null where it was too long. */
  byte[] end(long parserOffset) {
    if (beginning != null) {
      return null;
    }
    int from = (int) (mark - base);
    byte[] record = Arrays.copyOfRange(data, from, from + length(parserOffset));
    mark = -1;
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

  @Override
  public void close() throws IOException {
    in.close();
  }
}
