package dev.watchpost.api;

import java.time.Duration;

/**
 * How much of the API one caller gets.
 *
 * @param requestsPerMinute of one user, or, where no credentials are needed, of one address
 * @param failuresPerMinute wrong credentials of one address, after which it is refused for a while
 * @param bodyLimit bytes of a request's body
 */
public record ApiPolicy(int requestsPerMinute, int failuresPerMinute, int bodyLimit) {

  /**
   * How long a client may take.
   *
   * @param header for the head of its first request
   * @param body for the body of a request
   * @param idle from an answer to the head of its next request
   */
  public record Patience(Duration header, Duration body, Duration idle) {}
}
