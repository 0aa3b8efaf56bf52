/** The web page: its own files in {@code resources/web}, and the libraries it uses, of WebJars. */
package dev.watchpost.web;
