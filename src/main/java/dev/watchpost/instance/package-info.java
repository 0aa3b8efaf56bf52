/**
 * What someone asked to watch: the model of an instance and its resources, its validation, its
 * store.
 */
package dev.watchpost.instance;
