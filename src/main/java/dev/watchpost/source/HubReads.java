package dev.watchpost.source;

import dev.watchpost.hub.InvalidHubQuery;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.instance.UnwatchedResource;
import dev.watchpost.network.WebAddress;
import dev.watchpost.record.ByteBudget;
import dev.watchpost.record.ListingKind;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * Reads of hubs by someone who waits for the answer: one page of a resource, mapped, authenticated
 * and paged as the instance's element says. Nothing is stored. Thread-safe.
 */
public final class HubReads {
  private static final int MAX_REDIRECTS = 5;
  private static final long MAX_BYTES = 16L << 20;

  private final Instances instances;
  private final CloseableHttpClient client;
  private final Duration timeout;
  private final Pace pace;
  private final Clock clock;

  /**
   * @param client guarded
   * @param timeout without a byte of the answer
   * @param pace of the polls too: who waits for an answer does not wait for its turn, but polls do
   */
  public HubReads(
      Instances instances, CloseableHttpClient client, Duration timeout, Pace pace, Clock clock) {
    this.instances = instances;
    this.client = client;
    this.timeout = timeout;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * @param records JSON text of each, as the provider sent it
   * @param nextPage what to ask with for the page after; empty: this is the last one
   */
  public record Page(List<String> records, Optional<String> nextPage) {}

  /**
   * @param path {@code /hubs/{hub}/{resource}}, percent-encoded
   * @param query percent-encoded; taken as it is, without tokens and placeholders; empty: none
   * @param pageSize that of the query; null: none
   * @param nextPage of the page before; null: the first page
   * @throws InvalidInstance where the element does not map the path
   * @throws InvalidHubQuery where it cannot express the query
   * @throws InvalidPageToken where {@code nextPage} is none that a page gave
   * @throws HubReadFailure where the provider did not answer records
   * @throws dev.watchpost.oauth.OAuthFailure where there is no access token to ask with
   */
  public Page read(Instance instance, String path, String query, String pageSize, String nextPage)
      throws HubReadFailure, InvalidPageToken {
    Resource resource =
        UnwatchedResource.read(instances.element(instance), instance, path, pageSize);
    Instant now = clock.instant();
    SourceRequests requests =
        new SourceRequests(instances, instance, resource, new PollWindow(now, now), clock);
    NextPage pages = new NextPage(resource.paging());
    String first = pages.firstPage(requests.url(query.isEmpty() ? path : path + "?" + query));
    String url = nextPage == null ? first : resumed(pages, nextPage, first);
    try {
      return read(resource, requests, pages, url);
    } catch (IOException | UnusableAnswer e) {
      throw new HubReadFailure(FailureLine.of(e, requests::masked), null);
    }
  }

  private Page read(Resource resource, SourceRequests requests, NextPage pages, String first)
      throws IOException, HubReadFailure {
    String url = first;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; ) {
      HubAnswer answer = ask(resource, requests, url);
      if (answer.verdict() instanceof Answer.Usable) {
        return page(resource, pages, url, answer);
      }
      if (answer.verdict() instanceof Answer.Moved moved) {
        url = followed(url, moved.location());
        redirects++;
      } else if (!(answer.verdict() instanceof Answer.Unauthorized) || !requests.renew(url)) {
        throw failure(answer, requests);
      }
    }
    throw new HubReadFailure(
        "the source redirects more than %d times".formatted(MAX_REDIRECTS), null);
  }

  private static String followed(String url, String location) throws HubReadFailure {
    String next = NextPage.relativeTo(url, location);
    if (WebAddress.problem(next) != null) {
      throw new HubReadFailure("the source redirects to what is no http url", null);
    }
    return next;
  }

  private HubAnswer ask(Resource resource, SourceRequests requests, String url) throws IOException {
    SourceRequest request = requests.request(ListingKind.RECORDS, url, Validators.NONE);
    WebAddress address = WebAddress.of(request.url());
    HttpUriRequestBase http =
        new HttpUriRequestBase(request.method(), URI.create(address.origin()));
    request.headers().forEach(http::addHeader);
    http.setHeader(WebAddress.TARGET, address.target());
    Pace.Account account = requests.account(url);
    pace.take(account.origin(), requests.perMinute());
    pace.asked(account);
    HubAnswer read =
        client.execute(
            http,
            response ->
                HubAnswer.read(response, resource, new ByteBudget(MAX_BYTES), timeout, clock));
    pace.answered(account, read.verdict(), read.headers());
    return read;
  }

  private static Page page(Resource resource, NextPage pages, String url, HubAnswer answer) {
    List<String> records = new ArrayList<>();
    answer.records().forEach(json -> records.add(new String(json, StandardCharsets.UTF_8)));
    boolean ended =
        resource.paging().more() != null && resource.paging().more().ends(answer.flag());
    Optional<String> next =
        ended
            ? Optional.empty()
            : pages.after(url, answer.headers(), records.size(), answer.value());
    return new Page(List.copyOf(records), next.map(HubReads::token));
  }

  private static HubReadFailure failure(HubAnswer answer, SourceRequests requests) {
    String said = answer.said().isBlank() ? null : requests.masked(answer.said());
    return new HubReadFailure(line(answer.verdict()), said);
  }

  private static String line(Answer verdict) {
    if (verdict instanceof Answer.Failed failed) {
      return failed.message();
    }
    if (verdict instanceof Answer.Throttled throttled) {
      return "the source answered %d: it wants fewer requests".formatted(throttled.status());
    }
    return verdict instanceof Answer.Unauthorized
        ? "the source answered 401: it does not accept the credentials"
        : "the source answered 304, though it was not asked what has changed";
  }

  /** Holds no origin: it must not lead elsewhere, whoever sends it. */
  private static String token(String url) {
    byte[] target = WebAddress.of(url).target().getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(target);
  }

  private static String resumed(NextPage pages, String token, String first)
      throws InvalidPageToken {
    try {
      byte[] target = Base64.getUrlDecoder().decode(token);
      String text = new String(target, StandardCharsets.ISO_8859_1);
      if (!text.startsWith("/") || text.startsWith("//")) {
        throw new InvalidPageToken();
      }
      String origin = WebAddress.of(first).origin();
      String url = origin.substring(0, origin.length() - 1) + text;
      WebAddress.of(url);
      return pages.resume(url);
    } catch (IllegalArgumentException noTokenOfOurs) {
      throw new InvalidPageToken();
    }
  }

  /** A token of a next page that no page gave. */
  public static final class InvalidPageToken extends Exception {
    private static final long serialVersionUID = 1L;

    private InvalidPageToken() {
      super("not a token of a page");
    }
  }
}
