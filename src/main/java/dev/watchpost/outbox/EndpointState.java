package dev.watchpost.outbox;

import java.time.Instant;

/**
 * What we know of an instance's callback endpoint.
 *
 * @param disabled it answered 410: nothing is sent until delivery is enabled again
 * @param slowUntil nothing is sent before; null: it is not slowed
 * @param reason null where neither
 */
public record EndpointState(boolean disabled, Instant slowUntil, String reason) {}
