package dev.watchpost.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * The two ends of a demonstration, on 127.0.0.1: an API that changes every few seconds and a
 * receiver that prints the callbacks about it. What lies between is for the caller to start, with
 * {@link #instanceRequest}.
 */
public final class Demo implements AutoCloseable {

  private static final Duration UNTIL_FIRST_CHANGE = Duration.ofSeconds(2);
  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(4);

  private final PrintStream out;
  private final String signatureKey;
  private final DemoApi api;
  private final DemoReceiver receiver;

  private Demo(PrintStream out) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    this.out = out;
    this.signatureKey = Base64.getUrlEncoder().encodeToString(random);
    this.receiver = DemoReceiver.start(0, signatureKey, Clock.systemUTC(), this::print);
    this.api = DemoApi.start(0, this::print);
  }

  /**
   * Starts both on free ports.
   *
   * @param out gets one line per change and per event
   */
  public static Demo start(PrintStream out) throws IOException {
    return new Demo(out);
  }

  // a PrintStream's println is several writes: two threads would share a line
  private synchronized void print(String text) {
    out.print(text + System.lineSeparator());
    out.flush();
  }

  /** {@code http://127.0.0.1:port}, without a slash at its end. */
  public String apiUrl() {
    return api.url();
  }

  /** Where the receiver listens, path included. */
  public String callbackUrl() {
    return receiver.url();
  }

  /** Random, of this run. */
  public String signatureKey() {
    return signatureKey;
  }

  /** The body of the POST /instances that connects the API to the receiver. */
  public String instanceRequest() {
    return """
        { "name": "Demo",
          "element": {"key": "rest"},
          "tags": ["demo"],
          "configuration": {
            "base.url": "%s",
            "event.notification.enabled": true,
            "event.notification.callback.url": "%s",
            "event.notification.signature.key": "%s",
            "event.poller.refresh_interval": "0.05",
            "event.poller.configuration": {
              "customers": {
                "url": "/customers?updated_since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}",
                "idField": "id",
                "datesConfiguration": {
                  "updatedDateField": "updated_at",
                  "updatedDateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'",
                  "updatedDateTimezone": "GMT",
                  "createdDateField": "created_at",
                  "createdDateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'",
                  "createdDateTimezone": "GMT"
                },
                "pagination": {"type": "link"},
                "deletes": "sweep",
                "sweepUrl": "/customers",
                "sweepInterval": "5s",
                "sweepConfirmations": 1
              }
            }
          }
        }
        """
        .formatted(apiUrl(), callbackUrl(), signatureKey);
  }

  /**
   * Prints what is running and what to try next.
   *
   * @param baseUrl of the Watchpost that polls, without a slash at its end
   * @param user the secret after {@code User} in the Authorization header
   * @param organization the one after {@code Organization}
   */
  public void explain(String baseUrl, String user, String organization, long instanceId) {
    print(
        """

        Watchpost polls %1$s/customers every 3 s and POSTs what changed to %2$s.
        The API changes by itself; change it yourself and see the callback below:

          curl -X POST %1$s/customers -d '{"name": "Mary Jackson"}'
          curl -X PATCH %1$s/customers/2 -d '{"city": "Paris"}'
          curl -X DELETE %1$s/customers/3

        Ask Watchpost what it saw and sent:

          curl -H 'Authorization: User %4$s, Organization %5$s' %3$s/instances/%6$d/events
          curl -H 'Authorization: User %4$s, Organization %5$s' %3$s/instances/%6$d/polls

        See it on the page %3$s/, signed in with these secrets:

          User          %4$s
          Organization  %5$s

        Ctrl-C ends it all.
        """
            .formatted(apiUrl(), callbackUrl(), baseUrl, user, organization, instanceId));
  }

  /** The API changes by itself from now on: first in two seconds, once Watchpost has looked. */
  public void change() {
    api.change(UNTIL_FIRST_CHANGE, BETWEEN_CHANGES);
  }

  /** Stops both; open requests are cut. */
  @Override
  public void close() {
    api.close();
    receiver.close();
  }
}
