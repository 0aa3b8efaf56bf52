package dev.watchpost.record;

import com.carrotsearch.hppc.LongLongHashMap;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.watchpost.resource.Resource;

/**
 * What the ledger is known to hold of a resource, in memory: the records that, shown once more byte
 * for byte, are unchanged. A record that is not in it is not unknown, only not remembered, so
 * leaving one out is always right.
 *
 * <p>Holds at one {@link #version} of the resource's ledger and under one setting of the resource.
 * Whoever writes the ledger raises its version in the same transaction; a poll that was spared
 * reading it commits only where the version is still this one. Used by one poll at a time.
 */
public final class KnownRecords {
  private final Resource resource;
  private final int limit;
  private final LongLongHashMap bytesOfId = new LongLongHashMap();
  private final long toldVersion;
  private long version;

  /**
   * @param version of the ledger it begins with, knowing nothing
   * @param toldVersion likewise, for what webhooks write
   * @param limit records it takes at most
   */
  public KnownRecords(Resource resource, long version, long toldVersion, int limit) {
    this.resource = resource;
    this.version = version;
    this.toldVersion = toldVersion;
    this.limit = limit;
  }

  public boolean holds(Resource asSet, long ledgerVersion, long toldByWebhooks) {
    return version == ledgerVersion && toldVersion == toldByWebhooks && resource.equals(asSet);
  }

  boolean isEmpty() {
    return bytesOfId.isEmpty();
  }

  /** True where this record was shown before, byte for byte. */
  boolean shows(long id, long bytes) {
    int slot = bytesOfId.indexOf(id);
    return bytesOfId.indexExists(slot) && bytesOfId.indexGet(slot) == bytes;
  }

  /** Takes note, after the commit, of a record that the ledger holds just as it was shown. */
  public void learn(SourceRecord record) {
    long id = idHash(record.id());
    if (bytesOfId.size() < limit || bytesOfId.containsKey(id)) {
      bytesOfId.put(id, bytesHash(record.json(), 0, record.json().length));
    }
  }

  public void forget(String id) {
    bytesOfId.remove(idHash(id));
  }

  /** The ledger's version after our own commit. */
  public void version(long committed) {
    version = committed;
  }

  public int bytes() {
    return (int) Math.min(Integer.MAX_VALUE, bytesOfId.ramBytesAllocated());
  }

  public static long idHash(String id) {
    return Hashing.xxh3_64().hashCharsToLong(id);
  }

  static long bytesHash(byte[] json, int from, int length) {
    return Hashing.xxh3_64().hashBytesToLong(json, from, length);
  }
}
