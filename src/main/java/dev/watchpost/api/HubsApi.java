package dev.watchpost.api;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.watchpost.date.UrlEncoding;
import dev.watchpost.hub.InvalidHubQuery;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.source.HubReadFailure;
import dev.watchpost.source.HubReads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The operation of the tag hubs: an element's normalised read. */
final class HubsApi {
  private static final String NEXT_PAGE = "nextPage";

  private final Instances instances;
  private final HubReads reads;

  HubsApi(Instances instances, HubReads reads) {
    this.instances = instances;
    this.reads = reads;
  }

  /** Of the instance of the Element token. */
  public Reply readHub(Call call) {
    long id = call.instanceId();
    Instance instance = instances.find(id).orElseThrow(() -> Refusal.notFound("no instance " + id));
    String resource = call.parameter("resource");
    try {
      return reply(
          reads.read(
              instance, path(call), query(call), call.query("pageSize"), call.query(NEXT_PAGE)));
    } catch (InvalidHubQuery e) {
      throw Refusal.of(400, e.getMessage());
    } catch (HubReadFailure e) {
      String said = e.said() == null ? e.getMessage() : e.getMessage() + ": " + e.said();
      throw Refusal.badGateway("'%s' could not be read".formatted(resource), said);
    } catch (HubReads.InvalidPageToken e) {
      throw Refusal.invalid(NEXT_PAGE, "not a token of a page; leave it out for the first page");
    }
  }

  private static Reply reply(HubReads.Page page) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Elements-Returned-Count", Integer.toString(page.records().size()));
    page.nextPage().ifPresent(token -> headers.put("Elements-Next-Page-Token", token));
    List<RawValue> records = page.records().stream().map(RawValue::new).toList();
    return new Reply(200, headers, records);
  }

  private static String path(Call call) {
    return "/hubs/%s/%s"
        .formatted(
            UrlEncoding.component(call.parameter("hub")),
            UrlEncoding.component(call.parameter("resource")));
  }

  private static String query(Call call) {
    return call.query().entrySet().stream()
        .filter(parameter -> !parameter.getKey().isEmpty())
        .filter(parameter -> !parameter.getKey().equals(NEXT_PAGE))
        .flatMap(
            parameter ->
                parameter.getValue().stream()
                    .map(
                        value ->
                            UrlEncoding.component(parameter.getKey())
                                + "="
                                + UrlEncoding.component(value)))
        .collect(Collectors.joining("&"));
  }
}
