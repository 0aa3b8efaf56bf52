/**
 * One foreign answer becomes records: window, request, response policy, pages, streaming
 * extraction.
 */
package dev.watchpost.poll;
