/** What someone asked to watch: instances, the check of their settings, and their store. */
package dev.watchpost.instance;
