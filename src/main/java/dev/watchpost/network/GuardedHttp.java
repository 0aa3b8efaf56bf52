package dev.watchpost.network;

import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * How we speak HTTP to hosts that tenants name: only to addresses the policy allows, without
 * redirects, retries, cookies or authentication of the client's own, with bounded headers and
 * bounded waiting. For camel-http's options {@code clientConnectionManager} and {@code
 * httpClientConfigurer}; one endpoint owns both and closes the connections when it stops.
 *
 * @param connections at most 8 to a host for polls, 64 for callbacks, and 200 in all
 * @param configurer settings of the client
 */
public record GuardedHttp(
    PoolingHttpClientConnectionManager connections, HttpClientConfigurer configurer) {

  private static final int POLLS_PER_HOST = 8;
  private static final int CALLBACKS_PER_HOST = 64;
  private static final int TOTAL = 200;
  private static final int HEADER_LINE = 16 * 1024;
  private static final int HEADER_COUNT = 200;
  private static final TimeValue LIFE = TimeValue.ofMinutes(5);
  private static final TimeValue IDLE = TimeValue.ofMinutes(1);

  /**
   * For polls: an answer must begin within {@code timeout} and never pause longer; how long it then
   * goes on is the reader's to bound.
   */
  public static GuardedHttp forPolls(AddressPolicy policy, Duration timeout) {
    return forPolls(new GuardedDnsResolver(policy), timeout);
  }

  /** As {@link #forPolls(AddressPolicy, Duration)}, with other names than the system's. */
  static GuardedHttp forPolls(GuardedDnsResolver names, Duration timeout) {
    return guarded(names, timeout, timeout, POLLS_PER_HOST, new AnswerGuard(timeout, false));
  }

  /** For callbacks: the answer must be complete within {@code answer}, its body included. */
  public static GuardedHttp forCallbacks(AddressPolicy policy, Duration connect, Duration answer) {
    GuardedDnsResolver names = new GuardedDnsResolver(policy);
    return guarded(names, connect, answer, CALLBACKS_PER_HOST, new AnswerGuard(answer, true));
  }

  /** A client for what does not go through camel-http; closing it closes the connections. */
  public CloseableHttpClient client() {
    HttpClientBuilder builder = HttpClientBuilder.create().setConnectionManager(connections);
    configurer.configureHttpClient(builder);
    return builder.build();
  }

  private static GuardedHttp guarded(
      GuardedDnsResolver names, Duration connect, Duration answer, int perHost, AnswerGuard guard) {
    return new GuardedHttp(
        connections(names, connect, answer, perHost), builder -> configure(builder, answer, guard));
  }

  private static PoolingHttpClientConnectionManager connections(
      GuardedDnsResolver names, Duration connect, Duration socket, int perHost) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(names)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(limits()).build())
        .setDefaultConnectionConfig(timeouts(connect, socket))
        .setMaxConnPerRoute(perHost)
        .setMaxConnTotal(TOTAL)
        .build();
  }

  private static Http1Config limits() {
    return Http1Config.custom()
        .setMaxLineLength(HEADER_LINE)
        .setMaxHeaderCount(HEADER_COUNT)
        .build();
  }

  private static ConnectionConfig timeouts(Duration connect, Duration socket) {
    return ConnectionConfig.custom()
        .setConnectTimeout(Timeout.of(connect))
        .setSocketTimeout(Timeout.of(socket))
        .setTimeToLive(LIFE) // DNS answers change; so must what we are connected to
        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500)) // there are no retries
        .build();
  }

  private static void configure(HttpClientBuilder builder, Duration answer, AnswerGuard guard) {
    builder
        .setDefaultRequestConfig(requests(answer))
        .setUserAgent("Watchpost")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .evictExpiredConnections()
        .evictIdleConnections(IDLE)
        .addExecInterceptorFirst("watchpost-answer", guard);
  }

  private static RequestConfig requests(Duration answer) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(answer))
        .setResponseTimeout(Timeout.of(answer))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setCookieSpec(StandardCookieSpec.IGNORE)
        .build();
  }
}
