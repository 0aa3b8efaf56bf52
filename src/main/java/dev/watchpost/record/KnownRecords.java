package dev.watchpost.record;

import com.carrotsearch.hppc.LongIntHashMap;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.watchpost.resource.Resource;
import java.util.Arrays;

/**
 * What the ledger is known to hold of a resource, in memory: the records that, shown once more byte
 * for byte, are unchanged. A record that is not in it is not unknown, only not remembered, so
 * leaving one out is always right.
 *
 * <p>Also remembers which record was shown after which: a guess at what comes next, which spares
 * looking for its id and its end where it comes so.
 *
 * <p>Holds at one {@link #version} of the resource's ledger and under one setting of the resource.
 * Whoever writes the ledger raises its version in the same transaction; a poll that was spared
 * reading it commits only where the version is still this one. Used by one poll at a time.
 */
public final class KnownRecords {
  /** Of a record, after the tables have grown. */
  public static final int MOST_BYTES = 72;

  /** No record: what the listing begins with follows it. */
  static final int NONE = 0;

  private final Resource resource;
  private final int limit;
  private final long toldVersion;
  private final LongIntHashMap places = new LongIntHashMap();
  private long[] ids = new long[16];
  private long[] hashes = new long[16];
  private int[] lengths = new int[16];
  private int[] following = new int[16];
  private int size = 1;
  private int last = NONE;
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
    return size == 1;
  }

  /** A listing begins. */
  public void begin() {
    last = NONE;
  }

  /** Place of the record that was shown after this one the last time; or {@link #NONE}. */
  int expected() {
    return following[last];
  }

  /** The record at this place is shown. */
  void meet(int place) {
    if (place != NONE) {
      following[last] = place;
      last = place;
    }
  }

  /** Place of the record with this id, known or not yet; {@link #NONE} where it is full. */
  int place(long id) {
    int slot = places.indexOf(id);
    if (places.indexExists(slot)) {
      return places.indexGet(slot);
    }
    if (size > limit) {
      return NONE;
    }
    if (size == ids.length) {
      grow(size + size / 2);
    }
    ids[size] = id;
    places.indexInsert(slot, id, size);
    return size++;
  }

  private void grow(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    following = Arrays.copyOf(following, capacity);
  }

  long id(int place) {
    return ids[place];
  }

  /** In bytes; 0: the record is not known. */
  int length(int place) {
    return lengths[place];
  }

  /** Of its bytes. */
  long hash(int place) {
    return hashes[place];
  }

  /** Takes note, after the commit, of a record that the ledger holds just as it was shown. */
  public void learn(SourceRecord record) {
    int place = place(idHash(record.id()));
    if (place != NONE) {
      lengths[place] = record.json().length;
      hashes[place] = bytesHash(record.json(), 0, record.json().length);
    }
  }

  public void forget(String id) {
    lengths[places.getOrDefault(idHash(id), NONE)] = 0;
  }

  /** The ledger's version after our own commit. */
  public void version(long committed) {
    version = committed;
  }

  public int bytes() {
    long tables = 24L * ids.length + places.ramBytesAllocated();
    return (int) Math.min(Integer.MAX_VALUE, tables);
  }

  public static long idHash(String id) {
    return Hashing.xxh3_64().hashCharsToLong(id);
  }

  static long bytesHash(byte[] json, int from, int length) {
    return Hashing.xxh3_64().hashBytesToLong(json, from, length);
  }
}
