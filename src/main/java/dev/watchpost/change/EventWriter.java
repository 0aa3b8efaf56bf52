package dev.watchpost.change;

import dev.watchpost.outbox.NewEvent;
import dev.watchpost.poll.PollRun;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Appends the events of a poll to the outbox, in the transaction of the handle, and says what
 * carries them: object id to the number of its notification.
 */
@FunctionalInterface
interface EventWriter {
  Map<String, Long> append(Handle handle, PollRun run, List<NewEvent> events);
}
