package dev.watchpost.callback;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * How callbacks are sent, where Apache's client would do more than asked: no retry of its own (it
 * repeats a 503, unrecorded), no redirect, no cookie. The answer's body is read to 64 KiB and
 * thrown away, so that the connection can be used again; of a longer one the connection is closed.
 * A receiver that answers byte by byte is cut off at the end of connect and answer timeout
 * together.
 */
public final class CallbackClient implements HttpClientConfigurer, AutoCloseable {
  private static final int BODY_LIMIT = 64 * 1024;

  private final Duration deadline;
  private final ScheduledThreadPoolExecutor watch;

  public CallbackClient(DeliveryPolicy policy) {
    this.deadline = policy.connectTimeout().plus(policy.answerTimeout());
    this.watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "watchpost-callback-deadline");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .addExecInterceptorFirst("watchpost-bounds", this::bounded);
  }

  private ClassicHttpResponse bounded(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ScheduledFuture<?> end =
        watch.schedule(
            () -> cancel(scope.originalRequest), deadline.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      discard(response);
      return response;
    } finally {
      end.cancel(false);
    }
  }

  private static void cancel(ClassicHttpRequest request) {
    if (request instanceof Cancellable cancellable) {
      cancellable.cancel();
    }
  }

  private static void discard(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    response.setEntity(null);
    InputStream body = entity.getContent();
    if (body.readNBytes(BODY_LIMIT).length < BODY_LIMIT) {
      body.close();
    } else {
      response.close();
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
