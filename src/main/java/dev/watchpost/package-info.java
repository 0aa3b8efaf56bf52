/**
 * Watchpost as a whole: what starts it, alone or inside a host's Camel context, and its settings.
 */
package dev.watchpost;
