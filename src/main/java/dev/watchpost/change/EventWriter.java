package dev.watchpost.change;

import dev.watchpost.outbox.NewEvent;
import dev.watchpost.poll.PollRun;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Appends the events of a poll to the outbox, in the transaction of the handle. */
@FunctionalInterface
interface EventWriter {
  void append(Handle handle, PollRun run, List<NewEvent> events);
}
