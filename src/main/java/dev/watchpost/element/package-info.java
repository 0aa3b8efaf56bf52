/**
 * What kinds of API can be watched: the catalogue of elements and how their requests are
 * authenticated.
 */
package dev.watchpost.element;
