package dev.watchpost.poll;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.network.HttpDate;
import dev.watchpost.network.WebAddress;
import dev.watchpost.record.BoundedInputStream;
import dev.watchpost.record.ByteBudget;
import dev.watchpost.record.KnownRecords;
import dev.watchpost.record.ListingKind;
import dev.watchpost.record.RecordBatch;
import dev.watchpost.record.RecordReader;
import dev.watchpost.record.RecordShape;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.Paging;
import dev.watchpost.source.Answer;
import dev.watchpost.source.NextPage;
import dev.watchpost.source.Pace;
import dev.watchpost.source.ResponsePolicy;
import dev.watchpost.source.SourceAnswer;
import dev.watchpost.source.SourceRequest;
import dev.watchpost.source.SourceRequests;
import dev.watchpost.source.Validators;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The pages of a poll's listings, one after the other: which request is next, and what its answer
 * holds. Whether anything follows a page is known before its last batch is handed out, so that the
 * cursor moves with that batch.
 */
final class PagedSource implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  /** Requests in a row that may be answered 429 before the poll fails. */
  private static final int MAX_THROTTLES = 10;

  private final PollRun run;
  private final SourceRequests requests;
  private final Pace pace;
  private final Paging paging;
  private final ByteBudget budget;
  private final Clock clock;
  private NextPage pages;
  private String url;
  private boolean moved;
  private boolean again;
  private boolean firstOfListing;
  private boolean resuming;
  private int redirects;
  private int throttles;
  private RecordReader reader;
  private Pages answering;

  PagedSource(PollRun run, SourceRequests requests, Pace pace, Clock clock) {
    this.run = run;
    this.requests = requests;
    this.pace = pace;
    this.paging = run.resource().paging();
    this.budget = new ByteBudget(paging.maxBytes());
    this.clock = clock;
    openListing();
    if (run.resumed() != null) {
      resume(run.resumed());
    }
  }

  private void resume(ResumePoint point) {
    resuming = true;
    if (point.url() != null) {
      url = pages.resume(point.url(), point.pages());
      firstOfListing = false;
    }
  }

  private void openListing() {
    pages = new NextPage(paging);
    url = pages.firstPage(requests.url(run.listing().url()));
    moved = false;
    firstOfListing = true;
  }

  boolean more() {
    return url != null;
  }

  /** Whom the next request is counted for. */
  Pace.Account account() {
    return requests.account(url);
  }

  OptionalInt perMinute() {
    return requests.perMinute();
  }

  String masked(String text) {
    return requests.masked(text);
  }

  SourceRequest request() {
    boolean first = !moved && !again && firstOfListing;
    again = false;
    List<TokenTemplate.Token> tokens = first ? requests.tokens(run.listing()) : List.of();
    ListingKind kind = run.listing().kind();
    SourceRequest request =
        requests.request(
            kind, url, kind == ListingKind.RECORDS ? run.validators() : Validators.NONE);
    run.sent(request, tokens);
    return request;
  }

  /**
   * @throws PollFailure where the status says that there are no records
   */
  Iterator<PollPage> read(SourceAnswer answer, Duration timeout) throws PollFailure, IOException {
    close();
    answer
        .headers()
        .first("Date")
        .flatMap(date -> HttpDate.parse(date, answer.arrivedAt()))
        .ifPresent(date -> run.sourceClock().compare(date, answer.arrivedAt()));
    Answer verdict = ResponsePolicy.judge(answer.status(), answer.headers(), answer.arrivedAt());
    pace.answered(requests.account(url), verdict, answer.headers());
    if (verdict instanceof Answer.Usable usable) {
      requests.accepted();
      run.counts().page();
      redirects = 0;
      throttles = 0;
      resuming = false;
      reader = usable.hasBody() ? open(answer, timeout) : null;
      answering = new Pages(answer);
      return answering;
    }
    answer.discard();
    if (pages.endsWith(answer.status())) {
      return new Pages(answer);
    }
    if (verdict instanceof Answer.Moved moved) {
      return follow(moved.location());
    }
    if (verdict instanceof Answer.NotModified) {
      return notModified();
    }
    if (verdict instanceof Answer.Unauthorized && requests.renew(url)) {
      again = true;
      return Collections.emptyIterator();
    }
    if (resuming && verdict instanceof Answer.Failed failed && failed.status() / 100 == 4) {
      return startOver();
    }
    PollFailure failure = PollFailure.of(verdict, answer.arrivedAt());
    throw waits(verdict) ? failure.waitedFor() : failure;
  }

  /**
   * Where the next poll would start over, a 429 between its pages is waited for: else a listing
   * that is longer than the source lets one read at a time would never be read to its end.
   */
  private boolean waits(Answer verdict) {
    boolean throttled =
        verdict instanceof Answer.Throttled said
            && said.status() != 503
            && said.retryAfter().isPresent();
    boolean between = run.counts().pages() > 0 && !ResumePoint.may(run, firstOfListing);
    return throttled && between && ++throttles <= MAX_THROTTLES;
  }

  private RecordReader open(SourceAnswer answer, Duration timeout) {
    BoundedInputStream body = new BoundedInputStream(answer.body(), budget, clock, timeout);
    RecordShape shape = RecordShape.of(run.resource(), run.listing().kind());
    return new RecordReader(body, answer.header("Content-Type"), learned(shape), known());
  }

  /** What a listing of another kind shows means something else. */
  private KnownRecords known() {
    return run.listing().kind() == ListingKind.RECORDS ? run.ledger().known() : null;
  }

  private RecordShape learned(RecordShape shape) {
    boolean own = run.listing().kind() == ListingKind.RECORDS;
    return own && run.recordsPath() != null ? shape.learned(run.recordsPath()) : shape;
  }

  /** Once: the source has forgotten where an earlier poll broke off. */
  private Iterator<PollPage> startOver() {
    resuming = false;
    run.startOver();
    openListing();
    return Collections.emptyIterator();
  }

  private Iterator<PollPage> follow(String location) throws PollFailure {
    redirects++;
    if (redirects > MAX_REDIRECTS) {
      throw new PollFailure("the source redirects more than %d times".formatted(MAX_REDIRECTS));
    }
    url = checked(NextPage.relativeTo(url, location), "the source redirects to a url that is none");
    moved = true;
    return Collections.emptyIterator();
  }

  private static String checked(String url, String otherwise) {
    String problem = WebAddress.problem(url);
    if (problem != null) {
      throw new UnusableAnswer(otherwise + ": " + problem);
    }
    return url;
  }

  private Iterator<PollPage> notModified() {
    run.notModified(true);
    url = null;
    PollPage same =
        new PollPage(RecordBatch.empty(), run.listing().kind(), run.lastListing(), null);
    turn();
    return List.of(same).iterator();
  }

  /** After the last page of a listing: the next listing, if there is one. */
  private void turn() {
    if (url == null && !run.lastListing()) {
      run.nextListing();
      openListing();
    }
  }

  /**
   * Null: a poll that breaks off here goes on nowhere. A url that holds a credential is not kept.
   */
  private ResumePoint resumePoint() {
    boolean may = ResumePoint.may(run, firstOfListing) && requests.masked(url).equals(url);
    return may
        ? new ResumePoint(
            run.listing().kind(),
            firstOfListing ? null : url,
            run.window(),
            pages.pages() - 1,
            requests.fingerprint(),
            clock.instant())
        : null;
  }

  /** The batches of one answer. */
  private final class Pages implements Iterator<PollPage> {
    private final SourceAnswer answer;
    private boolean done;

    Pages(SourceAnswer answer) {
      this.answer = answer;
    }

    @Override
    public boolean hasNext() {
      return !done;
    }

    @Override
    public PollPage next() {
      try {
        return page();
      } catch (RuntimeException e) {
        done = true;
        throw e;
      }
    }

    private PollPage page() {
      RecordBatch batch = reader == null ? RecordBatch.empty() : reader.next();
      run.met(batch);
      pages.met(batch);
      ListingKind kind = run.listing().kind();
      if (!batch.last()) {
        return PollPage.within(batch, kind);
      }
      done = true;
      answered();
      boolean closing = url == null && run.lastListing();
      turn();
      return new PollPage(batch, kind, closing, closing ? null : resumePoint());
    }

    private void answered() {
      boolean own = run.listing().kind() == ListingKind.RECORDS;
      if (own && reader != null && reader.learnedPath() != null) {
        run.recordsPath(reader.learnedPath());
      }
      String asked = url;
      url = next(asked);
      if (url != null) {
        checked(url, "the next page's url is none");
      }
      if (own) {
        boolean single = url == null && firstOfListing && !run.dry();
        run.validators(single ? answer.validators(asked) : Validators.NONE);
      }
      firstOfListing = false;
    }

    private String next(String asked) {
      if (reader == null) {
        return pages.after(asked, answer.headers(), 0, Optional.empty()).orElse(null);
      }
      if (paging.more() != null && paging.more().ends(reader.flag())) {
        return null;
      }
      boolean byId = paging.type() == Paging.Type.LAST_ID;
      Optional<String> value = byId ? reader.lastId() : reader.value();
      return pages.after(asked, answer.headers(), reader.recordsRead(), value).orElse(null);
    }
  }

  /** Also ends the pages handed out: Camel asks a failed split for what is left. */
  @Override
  public void close() {
    if (answering != null) {
      answering.done = true;
    }
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
