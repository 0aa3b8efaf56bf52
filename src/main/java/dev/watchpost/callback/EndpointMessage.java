package dev.watchpost.callback;

import java.util.Map;

/**
 * What a Camel endpoint gets: one event.
 *
 * @param headers ids, signature, and what places it: {@code kafka.KEY}, {@code CamelFileName}
 */
record EndpointMessage(Map<String, String> headers, String body) {}
