/**
 * Pages about elements, made from their files: what can be watched, how an instance is set up, and
 * an example that can be sent as it is.
 */
package dev.watchpost.guide;
