package dev.watchpost.poll;

import dev.watchpost.date.UrlEncoding;
import dev.watchpost.instance.Paging;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of one poll: decorates the first url and finds each next one. A page or cursor that
 * comes twice, or more pages than allowed, is an error, for a poll that stops early must not count
 * as complete. Holds what was asked; one for each poll, not thread-safe.
 */
public final class NextPage {

  private static final int SHOWN = 60;

  private final Paging paging;
  private final Set<String> asked = new HashSet<>();
  private long position;
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
  String resume(String url) {
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
          case PAGE -> page(url, records, headers, value);
          case OFFSET -> offset(url, records);
          case CURSOR -> cursor(headers, value).map(to -> put(url, to));
          case NEXT_URL -> cursor(headers, value).map(to -> relativeTo(url, to));
          case LAST_ID -> full(records) ? Optional.of(put(url, lastId(value))) : Optional.empty();
        };
    next.ifPresent(this::count);
    return next;
  }

  private Optional<String> page(String url, long records, Headers headers, Optional<String> value) {
    position++;
    boolean more =
        paging.path() == null && paging.header() == null
            ? full(records)
            : cursor(headers, value).isPresent();
    return more ? Optional.of(put(url, Long.toString(position))) : Optional.empty();
  }

  private Optional<String> offset(String url, long records) {
    position += records;
    return full(records) ? Optional.of(put(url, Long.toString(position))) : Optional.empty();
  }

  /** Not known to be the last one: as many as were asked for or, that not said, any. */
  private boolean full(long records) {
    return records > 0 && records >= paging.size();
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

  static String relativeTo(String url, String next) {
    return LinkHeader.resolve(url, UrlEncoding.encode(next.strip()));
  }

  private void count(String next) {
    if (!asked.add(next)) {
      throw new UnusableAnswer(what(next) + " came twice: the source's paging goes in a circle");
    }
    if (++pages > paging.maxPages()) {
      throw new UnusableAnswer(
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
