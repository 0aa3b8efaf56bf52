/** What a source sends by itself: checked, mapped by its element, and entered beside the polls. */
package dev.watchpost.webhook;
