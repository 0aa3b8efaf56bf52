package dev.watchpost.instance;

/**
 * How a source pages.
 *
 * @param type LINK is RFC 8288
 * @param parameter query parameter of PAGE, OFFSET and CURSOR; null otherwise
 * @param first value of the first page for PAGE (default 1); 0 for OFFSET
 * @param path where CURSOR and NEXT_URL stand in the answer; null where {@code header} is set
 * @param header response header that holds the cursor; null where {@code path} is set
 * @param sizeParameter query parameter of the page size; null: none is sent
 * @param size records asked for; 0: not said
 * @param maxPages pages of one poll, default 10,000
 * @param maxBytes bytes of one poll's answers, default 4 GiB
 */
public record Paging(
    Type type,
    String parameter,
    int first,
    FieldPath path,
    String header,
    String sizeParameter,
    int size,
    int maxPages,
    long maxBytes) {

  public static final int MAX_PAGES = 10_000;
  public static final long MAX_BYTES = 4L << 30;

  /** How the next page is found. */
  public enum Type {
    NONE,
    LINK,
    PAGE,
    OFFSET,
    CURSOR,
    NEXT_URL
  }

  public static Paging none() {
    return new Paging(Type.NONE, null, 0, null, null, null, 0, MAX_PAGES, MAX_BYTES);
  }
}
