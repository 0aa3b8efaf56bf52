package dev.watchpost.source;

import java.util.List;

/**
 * A request as it was sent, and may be shown: credentials masked.
 *
 * @param headers as {@code Name: value}
 * @param body null: none
 */
public record ShownRequest(String method, String url, List<String> headers, String body) {}
