/** Is it new? The ledger and the detector; writes ledger, outbox and cursor in one transaction. */
package dev.watchpost.change;
