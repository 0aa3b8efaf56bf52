package dev.watchpost.source;

import dev.watchpost.record.BoundedInputStream;
import dev.watchpost.record.ByteBudget;
import dev.watchpost.record.ListingKind;
import dev.watchpost.record.RecordBatch;
import dev.watchpost.record.RecordReader;
import dev.watchpost.record.RecordShape;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.Paging;
import dev.watchpost.resource.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * What a provider answered to a read of a hub, read to its end.
 *
 * @param records JSON of each, as sent
 * @param value what paging goes by; empty: none
 * @param flag whether more pages follow, by the answer's own words; empty: it does not say
 * @param said beginning of the body where there are no records to read
 */
record HubAnswer(
    Answer verdict,
    Headers headers,
    List<byte[]> records,
    Optional<String> value,
    Optional<String> flag,
    String said) {
  private static final int SHOWN = 500;

  static HubAnswer read(
      ClassicHttpResponse response,
      Resource resource,
      ByteBudget budget,
      Duration timeout,
      Clock clock)
      throws IOException {
    Headers headers = headers(response);
    Answer verdict = ResponsePolicy.judge(response.getCode(), headers, clock.instant());
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return without(verdict, headers, "");
    }
    InputStream body = new BoundedInputStream(entity.getContent(), budget, clock, timeout);
    if (!(verdict instanceof Answer.Usable usable && usable.hasBody())) {
      try (body) {
        byte[] beginning = body.readNBytes(SHOWN);
        String said = new String(beginning, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        return without(verdict, headers, said.strip());
      }
    }
    return records(verdict, headers, body, resource);
  }

  private static HubAnswer without(Answer verdict, Headers headers, String said) {
    return new HubAnswer(verdict, headers, List.of(), Optional.empty(), Optional.empty(), said);
  }

  private static HubAnswer records(
      Answer verdict, Headers headers, InputStream body, Resource resource) {
    boolean byId = resource.paging().type() == Paging.Type.LAST_ID;
    RecordShape shape = RecordShape.of(resource, ListingKind.RECORDS);
    String type = headers.first("Content-Type").orElse(null);
    List<byte[]> records = new ArrayList<>();
    try (RecordReader reader = new RecordReader(body, type, byId ? shape : shape.anyRecord())) {
      while (reader.hasNext()) {
        RecordBatch batch = reader.next();
        batch.bad().stream()
            .findFirst()
            .ifPresent(
                bad -> {
                  throw new UnusableAnswer("a record of the answer is unusable: " + bad.reason());
                });
        batch.records().forEach(record -> records.add(record.json()));
      }
      Optional<String> value = byId ? reader.lastId() : reader.value();
      return new HubAnswer(verdict, headers, records, value, reader.flag(), "");
    }
  }

  private static Headers headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
    }
    return Headers.of(headers);
  }
}
