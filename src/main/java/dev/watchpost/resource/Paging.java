package dev.watchpost.resource;

import java.util.Optional;

/**
 * How a source pages.
 *
 * @param type LINK is RFC 8288; LAST_ID goes on after the id of the last record
 * @param parameter query parameter of PAGE, OFFSET, CURSOR and LAST_ID; null otherwise
 * @param first value of the first page for PAGE (default 1); 0 for OFFSET
 * @param path where CURSOR and NEXT_URL stand in the answer; null where {@code header} is set. For
 *     PAGE: what the answer holds while there is a next page; null: see NextPage for which page is
 *     the last
 * @param header response header that holds the cursor; null where {@code path} is set
 * @param sizeParameter query parameter of the page size; null: none is sent
 * @param size records asked for; 0: not said
 * @param more what else the answer says of pages to come; null: nothing
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
    More more,
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
    NEXT_URL,
    LAST_ID
  }

  /**
   * A flag in the answer, for sources that name a next page even after the last one.
   *
   * @param path of the flag; an answer without it says nothing
   * @param last true: set, it says that this is the last page; false: set, that there are more
   */
  public record More(FieldPath path, boolean last) {

    /**
     * @param flag its text in the answer; empty: it is not there
     */
    public boolean ends(Optional<String> flag) {
      return flag.map(text -> Boolean.parseBoolean(text) == last).orElse(false);
    }
  }

  /** Without {@link #more}. */
  public Paging(
      Type type,
      String parameter,
      int first,
      FieldPath path,
      String header,
      String sizeParameter,
      int size,
      int maxPages,
      long maxBytes) {
    this(type, parameter, first, path, header, sizeParameter, size, null, maxPages, maxBytes);
  }

  public static Paging none() {
    return new Paging(Type.NONE, null, 0, null, null, null, 0, MAX_PAGES, MAX_BYTES);
  }
}
