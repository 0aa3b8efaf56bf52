package dev.watchpost.source;

import dev.watchpost.date.UrlEncoding;
import dev.watchpost.record.KnownRecords;
import dev.watchpost.record.RecordBatch;
import dev.watchpost.record.RecordReader;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.Paging;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of one listing: decorates the first url and finds each next one. A page or cursor that
 * comes twice, or more pages than allowed, is an error, for a poll that stops early must not count
 * as complete. Holds what was asked; one for each listing, not thread-safe.
 *
 * <p>Where nothing in an answer names the next page (PAGE, OFFSET, LAST_ID) a short page is no
 * proof of the end: many sources cap the page below the size asked for. A page is the last where
 *
 * <ul>
 *   <li>it is empty;
 *   <li>a size was asked for, the page is shorter than that <em>and</em> shorter than the first
 *       page of this listing, which shows the cap;
 *   <li>its Link header names a page before it or the last one, and none after it;
 *   <li>the source answers to the next page that there is none: 404 or 416, and to the second page
 *       400 or 422 too. Later ones mean a limit on depth, which is an error.
 * </ul>
 *
 * So a poll costs one request more where its only or last page is as long as the first. What an end
 * taken wrongly would miss is read by the next poll: with PAGE and OFFSET the window reaches back
 * one successful poll further.
 */
public final class NextPage {

  private static final int SHOWN = 60;
  private static final Set<Integer> NO_SUCH_PAGE = Set.of(404, 416);
  private static final Set<Integer> NO_SECOND_PAGE = Set.of(400, 404, 416, 422);

  private final Paging paging;
  private final Set<String> asked = new HashSet<>();
  private final Set<Long> shown = new HashSet<>();
  private long position;
  private long firstLength = -1;
  private long ids;
  private int pages = 1;

  public NextPage(Paging paging) {
    this.paging = paging;
  }

  /** The url with the page size and, for PAGE and OFFSET, the first position. */
  public String firstPage(String url) {
    String first = url;
    if (paging.sizeParameter() != null && paging.size() > 0) {
      first = QueryParameter.put(first, paging.sizeParameter(), Integer.toString(paging.size()));
    }
    if (paging.type() == Paging.Type.PAGE || paging.type() == Paging.Type.OFFSET) {
      position = paging.first();
      first = QueryParameter.put(first, paging.parameter(), Long.toString(position));
    }
    asked.add(first);
    return first;
  }

  /** Goes on at {@code url}, which {@link #after} gave. */
  public String resume(String url) {
    asked.add(url);
    if (paging.type() == Paging.Type.PAGE || paging.type() == Paging.Type.OFFSET) {
      String at = QueryParameter.get(url, paging.parameter()).orElse("");
      if (!at.matches("\\d{1,18}")) {
        throw new IllegalArgumentException("not a page: " + at);
      }
      position = Long.parseLong(at);
    }
    return url;
  }

  /**
   * Goes on in the middle of a listing.
   *
   * @param before pages read of it
   */
  public String resume(String url, int before) {
    pages = before + 1;
    return resume(url);
  }

  /** Pages of this listing, the one being read among them. */
  public int pages() {
    return pages;
  }

  /** Takes note of a batch of the page being read. */
  public void met(RecordBatch batch) {
    if (counted()) {
      batch.records().forEach(record -> ids += hash(record.id()));
      for (long unchanged : batch.unchanged()) {
        ids += unchanged;
      }
      batch.bad().forEach(bad -> ids += hash(bad.id() + bad.excerpt()));
    }
  }

  private boolean counted() {
    return paging.type() == Paging.Type.PAGE || paging.type() == Paging.Type.OFFSET;
  }

  private static long hash(String text) {
    return KnownRecords.idHash(text);
  }

  /** True where this status, to a page after the first, says that there are no more pages. */
  public boolean endsWith(int status) {
    return counted() && pages > 1 && (pages == 2 ? NO_SECOND_PAGE : NO_SUCH_PAGE).contains(status);
  }

  /**
   * @param url of the page just read
   * @param records read of it, bad ones too
   * @param value {@link RecordReader#value()} of it; for LAST_ID {@link RecordReader#lastId()}
   * @return empty: that was the last page
   * @throws UnusableAnswer where the paging goes in a circle, or over maxPages
   */
  public Optional<String> after(String url, Headers headers, long records, Optional<String> value) {
    Optional<String> next =
        switch (paging.type()) {
          case NONE -> Optional.empty();
          case LINK -> LinkHeader.target(headers.all("Link"), "next", url);
          case PAGE -> counted(url, headers, records, value, 1);
          case OFFSET -> counted(url, headers, records, value, records);
          case CURSOR -> cursor(headers, value).map(to -> put(url, to));
          case NEXT_URL -> cursor(headers, value).map(to -> relativeTo(url, to));
          case LAST_ID ->
              last(headers, records) ? Optional.empty() : Optional.of(put(url, lastId(value)));
        };
    next.ifPresent(this::count);
    return next;
  }

  private Optional<String> counted(
      String url, Headers headers, long records, Optional<String> value, long step) {
    boolean told = paging.path() != null || paging.header() != null;
    if (paging.type() == Paging.Type.PAGE && told
        ? cursor(headers, value).isEmpty()
        : last(headers, records)) {
      return Optional.empty();
    }
    if (!shown.add(ids)) {
      throw new EndlessPaging(
          "repeated page: %s only shows what an earlier page showed; correct pagination.parameter ('%s'), or remove pagination where the source has no pages"
              .formatted(put("", Long.toString(position)).substring(1), paging.parameter()));
    }
    ids = 0;
    position += step;
    return Optional.of(put(url, Long.toString(position)));
  }

  private boolean last(Headers headers, long records) {
    firstLength = firstLength < 0 ? records : firstLength;
    // a flag of its own says where the source ends; that not set, only an empty page does
    boolean sized = paging.size() > 0 && paging.more() == null;
    boolean shorter = sized && records < paging.size() && records < firstLength;
    return records == 0 || shorter || LinkHeader.endsHere(headers.all("Link"));
  }

  private Optional<String> cursor(Headers headers, Optional<String> value) {
    return (paging.header() == null ? value : headers.first(paging.header()))
        .filter(text -> !text.isBlank() && !text.equals("false") && !text.equals("null"));
  }

  private static String lastId(Optional<String> value) {
    return value.orElseThrow(
        () -> new UnusableAnswer("no record of the page has an id after which to go on"));
  }

  private String put(String url, String value) {
    return QueryParameter.put(url, paging.parameter(), value);
  }

  public static String relativeTo(String url, String next) {
    return LinkHeader.resolve(url, UrlEncoding.encode(next.strip()));
  }

  private void count(String next) {
    if (!asked.add(next)) {
      throw new EndlessPaging(what(next) + " came twice: the source's paging goes in a circle");
    }
    if (++pages > paging.maxPages()) {
      throw new EndlessPaging(
          "more than %,d pages: raise maxPages or ask for less".formatted(paging.maxPages()));
    }
  }

  private String what(String next) {
    if (paging.type() != Paging.Type.CURSOR && paging.type() != Paging.Type.LAST_ID) {
      return "the next page's url";
    }
    String cursor = QueryParameter.get(next, paging.parameter()).orElse("");
    String kind = paging.type() == Paging.Type.LAST_ID ? "the last id " : "cursor ";
    return kind + (cursor.length() <= SHOWN ? cursor : cursor.substring(0, SHOWN) + "..");
  }
}
