package dev.watchpost.poll;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.instance.Instance;
import dev.watchpost.record.BadRecord;
import dev.watchpost.record.ListingKind;
import dev.watchpost.record.RecordBatch;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.StartFrom;
import dev.watchpost.source.Listing;
import dev.watchpost.source.PollWindow;
import dev.watchpost.source.SourceClock;
import dev.watchpost.source.SourceRequest;
import dev.watchpost.source.Validators;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * One poll under way: what it is of, how far it is, what it has met. It moves along the route as an
 * exchange property, one thread at a time; while a page is {@link #inFlight in flight}, what enters
 * it writes nothing but the told version.
 */
public final class PollRun implements AutoCloseable {
  private final Instance instance;
  private final Resource resource;
  private final ResourceState state;
  private final Instant startedAt;
  private final boolean dry;
  private final Deque<Listing> listings;
  private PollCounts counts = new PollCounts();
  private final SeenIds seen;

  private final LedgerView ledger;
  private final PageInFlight inFlight = new PageInFlight();
  private final Shown shown = new Shown();
  private final SourceClock sourceClock = new SourceClock();

  private PollWindow window;
  private ResumePoint resumed;
  private boolean toldMeanwhile;
  private Validators validators;
  private String recordsPath;
  private boolean notModified;
  private Instant nextPoll;
  private Instant turn;
  private PagedSource source;
  private PollReport report;

  PollRun(
      Instance instance, Resource resource, ResourceState state, Instant startedAt, boolean dry) {
    this.instance = instance;
    this.resource = resource;
    this.state = state;
    this.startedAt = startedAt;
    this.dry = dry;
    this.ledger = new LedgerView(state);
    this.window = state.window(resource, startedAt);
    this.listings = new ArrayDeque<>(state.listings(resource, startedAt));
    this.recordsPath = state.recordsPath();
    this.validators = state.validators();
    boolean sweeps =
        Listing.sweepsItself(resource) || listings.getLast().kind() == ListingKind.EXISTING;
    this.seen = sweeps ? new SeenIds() : null;
  }

  public Instance instance() {
    return instance;
  }

  public Resource resource() {
    return resource;
  }

  /** As it was when the poll started. */
  public ResourceState state() {
    return state;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** As {@link #startedAt}; of the poll that it goes on with, where it does. */
  public Instant begunAt() {
    return window.now();
  }

  /** Nothing is to be changed. */
  public boolean dry() {
    return dry;
  }

  PollWindow window() {
    return window;
  }

  Instant windowStart() {
    return window.start();
  }

  public PollCounts counts() {
    return counts;
  }

  /** After a page is committed. */
  public void counts(PollCounts counts) {
    this.counts = counts;
  }

  /** Goes on where an earlier poll broke off, in that one's window. */
  void resume(ResumePoint point) {
    resumed = point;
    window = point.window();
    // of what it did not ask for
    validators = Validators.NONE;
    while (listing().kind() != point.listing()) {
      nextListing();
    }
  }

  /** Null: it began at the beginning. */
  ResumePoint resumed() {
    return resumed;
  }

  /** The source no longer knows where to go on: everything is read, in the same window. */
  void startOver() {
    resumed = null;
    listings.clear();
    listings.addAll(state.listings(resource, startedAt));
  }

  boolean has(ListingKind kind) {
    return listings.stream().anyMatch(listing -> listing.kind() == kind);
  }

  /** The listing being read; null after the last. */
  Listing listing() {
    return listings.peekFirst();
  }

  void nextListing() {
    listings.removeFirst();
  }

  boolean lastListing() {
    return listings.size() == 1;
  }

  /** True where the poll reads all that exists, so that what it does not show is missing. */
  public boolean swept() {
    return seen != null;
  }

  /** The ids a sweep has shown. */
  public SeenIds seen() {
    return seen;
  }

  /** What it is judged by. */
  public LedgerView ledger() {
    return ledger;
  }

  /** The page that is being entered. */
  public PageInFlight inFlight() {
    return inFlight;
  }

  /** Something was passed over for a webhook: the answer must be asked for again. */
  public void askAgain() {
    toldMeanwhile = true;
  }

  /** The source answered 304: it shows what it showed the last time. */
  public boolean notModified() {
    return notModified && Listing.sweepsItself(resource);
  }

  void notModified(boolean now) {
    notModified = now;
  }

  /** Takes note of a batch before it goes on to the filter. */
  void met(RecordBatch batch) {
    counts.read(batch.size());
    if (seen != null && (listings.size() == 1 || Listing.sweepsItself(resource))) {
      batch.records().forEach(record -> seen.add(record.id()));
      for (long unchanged : batch.unchanged()) {
        seen.add(unchanged);
      }
      batch.bad().stream().map(BadRecord::id).filter(Objects::nonNull).forEach(seen::add);
    }
    if (dry) {
      shown.sample(batch.records());
    }
  }

  SourceClock sourceClock() {
    return sourceClock;
  }

  /** Start of this poll, or of the one it goes on with, by the source's clock. */
  Instant cursorAfter() {
    return sourceClock.at(window.now());
  }

  /**
   * From when on changes count; where that is {@code now}, by the clock that is behind, ours or the
   * source's.
   */
  public Instant startFrom() {
    Instant startFrom = state.startFrom(resource);
    boolean settled = state.cursor() != null || !(resource.startFrom() instanceof StartFrom.Now);
    return settled || !sourceClock.isBehind() ? startFrom : sourceClock.at(startFrom);
  }

  public boolean fromBeginning() {
    return resource.startFrom() instanceof StartFrom.Beginning;
  }

  Instant sweepAfter() {
    return seen == null ? state.sweepAt() : startedAt;
  }

  String recordsPath() {
    return recordsPath;
  }

  void recordsPath(String learned) {
    recordsPath = learned;
  }

  Validators validators() {
    return toldMeanwhile ? Validators.NONE : validators;
  }

  void validators(Validators now) {
    validators = now;
  }

  /** When its next request may go by the budgets it was taken off; null: it is not yet. */
  Instant turn() {
    return turn;
  }

  void turn(Instant at) {
    turn = at;
  }

  /** When the resource is due after this poll has succeeded. */
  public Instant nextPoll() {
    return nextPoll;
  }

  void nextPoll(Instant due) {
    nextPoll = due;
  }

  void sent(SourceRequest request, List<TokenTemplate.Token> resolved) {
    shown.sent(request, resolved);
  }

  /** An event that a dry poll would enter. */
  public void show(String eventType, String objectId, Instant date) {
    shown.event(eventType, objectId, date);
    switch (eventType) {
      case "CREATED" -> counts.entered(1, 0, 0);
      case "UPDATED" -> counts.entered(0, 1, 0);
      default -> counts.entered(0, 0, 1);
    }
  }

  /** A record that a dry poll would quarantine. */
  public void show(BadRecord bad) {
    shown.quarantined(bad);
    counts.quarantined(1);
  }

  /** Where its pages come from, once begun. */
  void open(PagedSource pages) {
    source = pages;
  }

  PagedSource source() {
    return source;
  }

  /** True while a page is still to be asked for. */
  public boolean more() {
    return source.more();
  }

  String masked(String text) {
    return source == null ? text : source.masked(text);
  }

  /**
   * @param error one line; null: it succeeded
   */
  void finish(Instant ended, String error) {
    finish(ended, error, null);
  }

  /**
   * @param waitsUntil null: it does not wait
   */
  void finish(Instant ended, String error, Instant waitsUntil) {
    report = shown.report(this, ended, error, waitsUntil);
  }

  /** What it did, once finished. */
  PollReport report() {
    return report;
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }
}
