package dev.watchpost.callback;

import java.util.Map;

/**
 * A POST to a callback.
 *
 * @param headers credentials among them: never logged
 */
record CallbackRequest(String url, Map<String, String> headers, byte[] body) {}
