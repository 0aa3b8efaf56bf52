/**
 * OAuth2 towards providers: the url where a person consents, the exchange of codes, and the tokens
 * of instances, which are sealed in the store, shared between processes and renewed once for all
 * who need them.
 */
package dev.watchpost.oauth;
