/** What of an API is watched: the poller configuration of an instance, read and checked. */
package dev.watchpost.resource;
