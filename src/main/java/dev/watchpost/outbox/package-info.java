/** Events not yet accepted: append, claim, settle, retention. */
package dev.watchpost.outbox;
