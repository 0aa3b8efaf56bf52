package dev.watchpost.api;

/**
 * How much of the API one caller gets.
 *
 * @param requestsPerMinute of one user, or, where no credentials are needed, of one address
 * @param failuresPerMinute wrong credentials of one address, after which it is refused for a while
 * @param bodyLimit bytes of a request's body
 */
public record ApiPolicy(int requestsPerMinute, int failuresPerMinute, int bodyLimit) {}
