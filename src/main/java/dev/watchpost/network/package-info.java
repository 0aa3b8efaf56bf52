/** Which addresses we may connect to, and how: the guard every poll and every callback passes. */
package dev.watchpost.network;
