package dev.watchpost.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A body within bounds: its bytes count against the poll's budget, and a window of time that brings
 * less than 1 KiB (while more is to come) ends it, and so does an average of less than 4 KiB/s over
 * more than twenty windows: nobody holds a poller for days. Time is looked at when bytes come; a
 * source that sends nothing at all is the client's read timeout to end. The time a batch is worked
 * on between two reads does not count.
 */
public final class BoundedInputStream extends FilterInputStream {

  private static final int TRICKLE = 1 << 10;
  private static final int SLOWEST_PER_SECOND = 4 << 10;
  private static final int WINDOWS = 20;

  private final ByteBudget budget;
  private final Clock clock;
  private final Duration window;
  private Duration waited = Duration.ZERO;
  private long came;
  private Duration waitedInAll = Duration.ZERO;
  private long cameInAll;

  /**
   * @param window how long 1 KiB may take, {@code watchpost.poll.timeout}
   */
  public BoundedInputStream(InputStream in, ByteBudget budget, Clock clock, Duration window) {
    super(in);
    this.budget = budget;
    this.clock = clock;
    this.window = window;
  }

  @Override
  public int read() throws IOException {
    Instant asked = clock.instant();
    int one = in.read();
    count(one < 0 ? 0 : 1, asked);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Instant asked = clock.instant();
    int read = in.read(buffer, offset, length);
    count(Math.max(0, read), asked);
    return read;
  }

  private void count(int bytes, Instant asked) {
    budget.spend(bytes);
    Duration wait = Duration.between(asked, clock.instant());
    waited = waited.plus(wait);
    waitedInAll = waitedInAll.plus(wait);
    came += bytes;
    cameInAll += bytes;
    if (came >= TRICKLE) {
      waited = Duration.ZERO;
      came = 0;
    } else if (bytes > 0 && waited.compareTo(window) > 0) {
      throw new UnusableAnswer(
          "the answer trickles: %d bytes in %d s".formatted(came, waited.toSeconds()));
    }
    if (bytes > 0
        && waitedInAll.compareTo(window.multipliedBy(WINDOWS)) > 0
        && cameInAll < waitedInAll.toSeconds() * SLOWEST_PER_SECOND) {
      throw new UnusableAnswer(
          "the answer comes too slowly: %d bytes in %d s"
              .formatted(cameInAll, waitedInAll.toSeconds()));
    }
  }

  /** Not a way around the count. */
  @Override
  public long skip(long bytes) throws IOException {
    byte[] skipped = new byte[(int) Math.min(bytes, 8_192)];
    return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
