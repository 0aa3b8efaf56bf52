/** Polls: their routes, schedule, steps and states. */
package dev.watchpost.poll;
