package dev.watchpost.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvelopeTest {
  private static final Instant POLL = Instant.parse("2018-08-20T15:30:07.827Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void notification_is_the_json_callers_of_cloud_elements_know() throws Exception {
    String written =
        write(
            "erp",
            event(EventType.CREATED, "14682", "{\"id\":14682, \"n\":1.50}", null),
            event(EventType.DELETED, "9", "{\"id\":9}", null));

    assertThat(JSON.readTree(written))
        .isEqualTo(
            JSON.readTree(
                """
                {"severity":"medium","createdDate":"Mon Aug 20 15:30:07 UTC 2018",
                 "topic":"instance-795-netsuiteerpv2-events","action":"create","id":"1496771",
                 "user":"notifications@watchpost",
                 "message":{"elementKey":"netsuiteerpv2","accountId":7,"eventId":"msg_1",
                  "companyId":7,"instanceId":795,"instance_id":795,
                  "instanceName":"API \\"Polling\\"","instanceTags":["Test"],"userId":8,
                  "raw":{"invoices":[{"id":14682,"n":1.50},{"id":9}],
                   "pollDate":1534779007827,"objectType":"invoices"},
                  "events":[
                   {"date":"2018-08-20T15:29:06Z","pollDate":"2018-08-20T15:30:07Z",
                    "elementKey":"netsuiteerpv2","hubKey":"erp","eventId":"evt_14682",
                    "eventType":"CREATED","objectId":"14682","objectType":"invoices"},
                   {"date":"2018-08-20T15:29:06Z","pollDate":"2018-08-20T15:30:07Z",
                    "elementKey":"netsuiteerpv2","hubKey":"erp","eventId":"evt_9",
                    "eventType":"DELETED","objectId":"9","objectType":"invoices"}]}}
                """));
    assertThat(written).contains("{\"id\":14682, \"n\":1.50}");
  }

  @Test
  void kept_records_put_what_was_before_into_the_event() throws Exception {
    var event =
        JSON.readTree(write(null, event(EventType.UPDATED, "1", "{\"a\":2}", "{\"a\":1}")))
            .at("/message/events/0");

    assertThat(event.at("/before/a").asInt()).isEqualTo(1);
    assertThat(event.at("/changedFields/0").asText()).isEqualTo("/a");
    assertThat(event.at("/hubKey").asText()).isEqualTo("general");
  }

  private static String write(String hub, OutboxEvent... events) {
    Claimed notification =
        new Claimed(1496771, "msg_1", 795, 1, "invoices", POLL, POLL, 0, 0, 1, List.of(events));
    byte[] json = new Envelope(key -> hub).write(Fixtures.instance(795, Map.of()), notification);
    return new String(json, StandardCharsets.UTF_8);
  }

  private static OutboxEvent event(EventType type, String id, String raw, String before) {
    return new OutboxEvent(
        "evt_" + id,
        type,
        id,
        1,
        Instant.parse("2018-08-20T15:29:06.5Z"),
        POLL,
        raw,
        before,
        before == null ? null : "[\"/a\"]");
  }
}
