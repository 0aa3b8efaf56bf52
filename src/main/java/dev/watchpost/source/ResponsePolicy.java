package dev.watchpost.source;

import dev.watchpost.network.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Tells from status and headers what to do with an answer; the body is not looked at. */
public final class ResponsePolicy {

  private static final Map<Integer, String> MEANINGS =
      Map.ofEntries(
          Map.entry(400, "the source does not understand the request: check url and parameters"),
          Map.entry(402, "the source wants payment"),
          Map.entry(403, "the credentials may not read this"),
          Map.entry(404, "there is nothing at this url"),
          Map.entry(405, "the source does not allow this method here"),
          Map.entry(407, "a proxy wants credentials"),
          Map.entry(408, "the source gave up waiting"),
          Map.entry(410, "the resource is gone for good"),
          Map.entry(422, "the source does not accept the parameters"),
          Map.entry(500, "the source failed"),
          Map.entry(502, "the source's gateway got no proper answer"),
          Map.entry(504, "the source's gateway waited too long"));

  private ResponsePolicy() {}

  /**
   * @param now for a Retry-After that is a date
   */
  public static Answer judge(int status, Headers headers, Instant now) {
    return switch (status) {
      case 204, 205 -> new Answer.Usable(false);
      case 206 -> new Answer.Failed(206, "the source answered 206: only a part of the records");
      case 304 -> new Answer.NotModified();
      case 401 -> new Answer.Unauthorized();
      case 429, 503 -> new Answer.Throttled(status, wait(headers, now));
      case 403 -> forbidden(headers, now);
      case 301, 302, 303, 307, 308 -> moved(status, headers);
      default -> status / 100 == 2 ? new Answer.Usable(true) : failed(status);
    };
  }

  /** Retry-After, else the end of a window in which no request is left. */
  private static Optional<Duration> wait(Headers headers, Instant now) {
    return RetryAfter.parse(headers.first("Retry-After").orElse(null), now)
        .or(
            () ->
                RateLimit.of(headers, now)
                    .filter(limit -> limit.left() == 0)
                    .map(limit -> Duration.between(now, limit.resetsAt())));
  }

  /** GitHub and others answer 403 where too much was asked. */
  private static Answer forbidden(Headers headers, Instant now) {
    Optional<Duration> wait = wait(headers, now);
    return wait.isPresent() ? new Answer.Throttled(403, wait) : failed(403);
  }

  private static Answer moved(int status, Headers headers) {
    return headers
        .first("Location")
        .<Answer>map(location -> new Answer.Moved(status, location))
        .orElseGet(() -> new Answer.Failed(status, "a redirect (" + status + ") without Location"));
  }

  private static Answer failed(int status) {
    String meaning = MEANINGS.getOrDefault(status, "no answer to read records from");
    return new Answer.Failed(status, "the source answered " + status + ": " + meaning);
  }
}
