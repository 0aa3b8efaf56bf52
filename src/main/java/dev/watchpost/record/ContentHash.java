package dev.watchpost.record;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The 64-bit hash of canonical content: XXH3 of strings, numbers by value, objects as the sum of
 * their hashed fields (so their order does not count), arrays in order. Fingerprints are stored for
 * years: this never changes, and a test holds its values.
 */
final class ContentHash {

  static final long NULL = 0x6e756c6c_0000_0001L;
  static final long TRUE = 0x74727565_0000_0002L;
  static final long FALSE = 0x66616c73_0000_0003L;
  static final long ARRAY = 0x61727261_0000_0004L;
  private static final long OBJECT = 0x6f626a65_0000_0005L;
  private static final long NUMBER = 0x6e756d62_0000_0006L;
  private static final long LONG_NUMBER = 0x6c6f6e67_0000_0007L;

  private static final Hasher64 XXH3 = Hashing.xxh3_64();

  private ContentHash() {}

  static long string(CharSequence text) {
    return XXH3.hashCharsToLong(text);
  }

  static long number(long digits, long exponent) {
    return XXH3.hashLongLongLongToLong(NUMBER, digits, exponent);
  }

  static long longNumber(boolean negative, String digits, long exponent) {
    return XXH3.hashLongLongLongToLong(
        negative ? -LONG_NUMBER : LONG_NUMBER, string(digits), exponent);
  }

  static long field(long name, long value) {
    return XXH3.hashLongLongToLong(name, value);
  }

  /** Of the sum of its fields' hashes. */
  static long object(long fields, int count) {
    return XXH3.hashLongLongLongToLong(OBJECT, fields, count);
  }

  /** One more element; starts with {@link #ARRAY}. */
  static long element(long before, long value) {
    return XXH3.hashLongLongToLong(before, value);
  }
}
