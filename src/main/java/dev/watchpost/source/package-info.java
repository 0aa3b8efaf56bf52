/**
 * Asking an API: window, request and credentials, its pace, what its answer means, and which page
 * is next.
 */
package dev.watchpost.source;
