package dev.watchpost.poll;

import com.carrotsearch.hppc.LongHashSet;
import dev.watchpost.record.KnownRecords;

/**
 * The ids a sweep has shown, as 64-bit hashes: about 16 bytes an id. That two of a million ids
 * share one, so that a delete of one would go unnoticed, has a chance of 1 in 10^13.
 */
public final class SeenIds {
  private final LongHashSet hashes = new LongHashSet();

  void add(String id) {
    add(KnownRecords.idHash(id));
  }

  void add(long idHash) {
    hashes.add(idHash);
  }

  /** True where the sweep has shown {@code id}. */
  public boolean contains(String id) {
    return hashes.contains(KnownRecords.idHash(id));
  }
}
