package dev.watchpost.network;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;

/**
 * Ends a request that takes too long as a whole: a socket's timeout starts anew with every byte, so
 * a server that drips would hold a connection for good. Also sends the target exactly as given, and
 * drops the connection of an answer that nobody reads to its end.
 */
final class AnswerGuard implements ExecChainHandler {

  private static final ScheduledThreadPoolExecutor TIMERS = timers();

  private final Duration limit;
  private final boolean wholeBody;

  /**
   * @param wholeBody false: the limit ends where the body begins
   */
  AnswerGuard(Duration limit, boolean wholeBody) {
    this.limit = limit;
    this.wholeBody = wholeBody;
  }

  private static ScheduledThreadPoolExecutor timers() {
    var timers =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "watchpost-answer-timer");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    sendTargetAsGiven(request);
    Call call = new Call(limit, (Cancellable) scope.originalRequest);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      boolean more = response.getEntity() != null;
      if (more) {
        response.setEntity(new GuardedBody(response.getEntity(), call));
      }
      if (!more || !wholeBody) {
        call.end();
      }
      return response;
    } catch (IOException e) {
      call.end();
      throw call.explain(e);
    } catch (HttpException | RuntimeException e) {
      call.end();
      throw e;
    }
  }

  private static void sendTargetAsGiven(ClassicHttpRequest request) throws ProtocolException {
    Header target = request.getFirstHeader(WebAddress.TARGET);
    if (target == null) {
      return;
    }
    if (!WebAddress.isTarget(target.getValue())) {
      throw new ProtocolException("The request target is not percent-encoded.");
    }
    request.removeHeaders(WebAddress.TARGET);
    request.setPath(target.getValue());
  }

  /** One request under way, and its timer. */
  static final class Call {

    private final Duration limit;
    private final Cancellable request;
    private final ScheduledFuture<?> timer;
    private volatile boolean late;

    Call(Duration limit, Cancellable request) {
      this.limit = limit;
      this.request = request;
      this.timer = TIMERS.schedule(this::tooLate, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tooLate() {
      late = true;
      request.cancel();
    }

    void end() {
      timer.cancel(false);
    }

    void drop() {
      request.cancel();
    }

    /** What to throw for a failed read: our own doing is a timeout, whatever it looks like. */
    IOException explain(IOException failure) {
      if (!late) {
        return failure;
      }
      String words = "No complete answer within %s s".formatted(limit.toMillis() / 1000.0);
      IOException timeout = new SocketTimeoutException(words);
      timeout.initCause(failure);
      return timeout;
    }
  }
}
