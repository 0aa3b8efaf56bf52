/** Organizations and their users: whom the API lets in, and whose an instance is. */
package dev.watchpost.tenant;
