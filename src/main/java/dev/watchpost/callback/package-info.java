/** A signed POST and what its answer means. */
package dev.watchpost.callback;
