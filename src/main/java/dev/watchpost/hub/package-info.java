/**
 * Urls of hubs ({@code /hubs/finance/customers?where=..}), as Cloud Elements and SAP Open
 * Connectors serve them: the language of {@code where}, and how an element maps them to its
 * provider's requests.
 */
package dev.watchpost.hub;
