package dev.watchpost.model;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One page of a listing. By PAGE and OFFSET a place is a number of records before it, so records
 * shift while pages are read; the other ways a place is the last record that was shown.
 *
 * @param next what the next page is asked with; null: none follows
 */
record ModelPage(List<Version> records, String next, Plan.Pages pages, String url) {

  static ModelPage of(Plan plan, List<Version> listed, HttpServerRequest request, String url) {
    int size = plan.pageSize();
    int from =
        switch (plan.pages()) {
          case PAGE -> (Integer.parseInt(request.getParam("page", "1")) - 1) * size;
          case OFFSET -> Integer.parseInt(request.getParam("offset", "0"));
          default -> after(listed, request.getParam("after"));
        };
    int start = Math.min(from, listed.size());
    List<Version> records = listed.subList(start, Math.min(start + size, listed.size()));
    boolean more = start + size < listed.size();
    String since = request.getParam("since");
    return new ModelPage(
        records, more ? place(records.get(size - 1)) : null, plan.pages(), target(url, since));
  }

  private static String target(String url, String since) {
    return url + "/things?" + (since == null ? "" : "since=" + since + "&");
  }

  private static String place(Version version) {
    return version.updated() + "_" + version.id();
  }

  private static int after(List<Version> listed, String place) {
    return place == null
        ? 0
        : (int) listed.stream().filter(version -> place(version).compareTo(place) <= 0).count();
  }

  Optional<String> link() {
    return pages == Plan.Pages.LINK && next != null
        ? Optional.of("<%safter=%s>; rel=\"next\"".formatted(url, next))
        : Optional.empty();
  }

  String body() {
    String list = records.stream().map(Version::json).collect(Collectors.joining(",", "[", "]"));
    return switch (pages) {
      case CURSOR -> "{\"things\":%s,\"next\":%s}".formatted(list, quoted(next));
      case NEXT_URL ->
          "{\"things\":%s,\"next\":%s}"
              .formatted(list, quoted(next == null ? null : url + "after=" + next));
      default -> list;
    };
  }

  private static String quoted(String text) {
    return text == null ? "null" : '"' + text + '"';
  }
}
