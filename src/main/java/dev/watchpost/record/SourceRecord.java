package dev.watchpost.record;

/**
 * One record of a source.
 *
 * @param id its id as text, composite ids joined by {@code |}; 1 to 1,000 characters; empty where
 *     none is asked for
 * @param json its bytes exactly as the source sent them, UTF-8 JSON text of one object
 * @param fingerprint 64-bit hash of the canonical content without the ignored fields, see {@link
 *     ContentHash}
 * @param updated text of the updated date, null where missing, null or empty
 * @param created text of the created date, likewise
 * @param deleted text of the deleted mark or date, likewise; <code>{}</code> where an object stands
 *     there
 */
public record SourceRecord(
    String id, byte[] json, long fingerprint, String updated, String created, String deleted) {}
