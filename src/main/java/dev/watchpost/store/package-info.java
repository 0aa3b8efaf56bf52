/**
 * Connections, transactions, dialects, migrations and the encryption of secrets. Knows nothing of
 * what it stores.
 */
package dev.watchpost.store;
