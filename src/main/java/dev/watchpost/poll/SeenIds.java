package dev.watchpost.poll;

import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The ids a sweep has shown, as 64-bit hashes: 16 bytes or less an id. That two of a million ids
 * share one, so that a delete of one would go unnoticed, has a chance of 1 in 10^13.
 */
public final class SeenIds {
  private static final int FIRST_SIZE = 1 << 10;

  private long[] slots = new long[FIRST_SIZE];
  private int size;

  void add(String id) {
    if (size * 2 >= slots.length) {
      grow();
    }
    if (put(hash(id))) {
      size++;
    }
  }

  /** True where the sweep has shown {@code id}. */
  public boolean contains(String id) {
    long hash = hash(id);
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return true;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return false;
  }

  private boolean put(long hash) {
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = hash;
    return true;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long hash : before) {
      if (hash != 0) {
        put(hash);
      }
    }
  }

  private int slot(long hash) {
    return (int) (hash >>> 32) & slots.length - 1;
  }

  /** Zero marks a free slot. */
  private static long hash(String id) {
    long hash = Hashing.xxh3_64().hashCharsToLong(id);
    return hash == 0 ? 1 : hash;
  }
}
