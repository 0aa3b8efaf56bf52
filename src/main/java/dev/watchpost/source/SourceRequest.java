package dev.watchpost.source;

import java.util.Map;

/**
 * One request to a source, ready to be sent.
 *
 * @param url absolute, percent-encoded, credentials in the query included
 * @param headers credentials included
 * @param body null: none
 * @param shown as it may be shown: every secret masked
 */
public record SourceRequest(
    String method, String url, Map<String, String> headers, String body, ShownRequest shown) {}
