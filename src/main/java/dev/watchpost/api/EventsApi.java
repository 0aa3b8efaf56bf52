package dev.watchpost.api;

import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.outbox.StoredEvent;
import java.util.List;
import java.util.Map;

/** The operations of the tag events. */
final class EventsApi {
  private final Outbox outbox;

  EventsApi(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Of all instances of the caller; with an Element token of that one. */
  public Reply listAllEvents(Call call) {
    return list(call, EventQuery.filter(call, call.own()));
  }

  public Reply listEvents(Call call) {
    return list(call, EventQuery.filter(call, call.instanceId()));
  }

  private Reply list(Call call, EventFilter filter) {
    Page page = Page.of(call);
    List<EventJson> events =
        outbox.events(filter, page.size(), page.offset()).stream().map(EventJson::listed).toList();
    return page.reply(events, outbox.count(filter));
  }

  public Reply getEvent(Call call) {
    return Reply.ok(EventJson.whole(event(call)));
  }

  public Reply redeliverEvent(Call call) {
    StoredEvent event = event(call);
    outbox.redeliver(event.event().eventId());
    return Reply.ok(EventJson.whole(event(call)));
  }

  /** Answers how many notifications will be sent again. */
  public Reply redeliverEvents(Call call) {
    EventFilter filter = EventQuery.filter(call, call.instanceId());
    return Reply.ok(Map.of("notifications", outbox.redeliver(filter)));
  }

  private StoredEvent event(Call call) {
    long id = call.instanceId();
    String eventId = call.parameter("eventId");
    return outbox
        .event(id, eventId)
        .orElseThrow(
            () -> Refusal.notFound("instance %d has no event '%s'".formatted(id, eventId)));
  }
}
