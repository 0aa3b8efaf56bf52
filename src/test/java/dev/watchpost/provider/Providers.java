package dev.watchpost.provider;

import dev.watchpost.provider.Provider.Answer;
import dev.watchpost.provider.Provider.Api;
import dev.watchpost.provider.Provider.Asked;
import dev.watchpost.provider.Provider.Thing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How providers list their records, after the pages that the element files name as sources: their
 * filters, pages of two, and ways to tell what is deleted.
 */
final class Providers {
  private static final int PAGE = 2;
  private static final DateTimeFormatter BLANK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").withZone(ZoneId.of("-05:00"));

  /** By element and resource. */
  static final Map<String, Api> BY_RESOURCE = new TreeMap<>();

  static {
    BY_RESOURCE.put("salesforce/accounts", Providers::salesforce);
    BY_RESOURCE.put("hubspot/contacts", Providers::hubspot);
    BY_RESOURCE.put("stripe/customers", Providers::stripe);
    BY_RESOURCE.put("github/issues", asked -> byLink(asked, "since"));
    BY_RESOURCE.put("gitlab/issues", asked -> byLink(asked, "updated_after"));
    BY_RESOURCE.put("zendesk/tickets", Providers::zendeskTickets);
    BY_RESOURCE.put("zendesk/organizations", Providers::zendeskOrganizations);
    BY_RESOURCE.put("shopify/products", Providers::shopify);
    BY_RESOURCE.put("quickbooks/customers", Providers::quickbooks);
    BY_RESOURCE.put("jira/issues", Providers::jira);
    BY_RESOURCE.put("servicenow/incidents", Providers::servicenow);
    BY_RESOURCE.put("dynamics/accounts", Providers::dynamics);
    BY_RESOURCE.put("wordpress/posts", Providers::wordpress);
    BY_RESOURCE.put("redmine/issues", Providers::redmine);
    BY_RESOURCE.put("mediawiki/recent-changes", Providers::mediawiki);
  }

  private Providers() {}

  /** Some of a list, and where the rest begins; 0: there is none. */
  private record Part(List<Object> shown, int next) {
    static Part of(List<Thing> things, int from, Function<Thing, Object> shape) {
      int to = Math.min(things.size(), from + PAGE);
      return new Part(
          things.subList(Math.min(from, to), to).stream().map(shape).toList(),
          to < things.size() ? to : 0);
    }
  }

  private static int from(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static Predicate<Thing> since(Instant since) {
    return thing -> !thing.updated().isBefore(since);
  }

  private static List<Thing> only(List<Thing> things, Predicate<Thing> wanted) {
    return things.stream().filter(wanted).toList();
  }

  private static Answer salesforce(Asked asked) {
    String locator = asked.path().replaceFirst(".*/query/", "");
    boolean more = !locator.equals(asked.path());
    String since =
        more
            ? locator.substring(0, locator.lastIndexOf('-'))
            : asked.query("q").replaceFirst(".*SystemModstamp >= ", "");
    int from = more ? from(locator.substring(locator.lastIndexOf('-') + 1)) : 0;
    Part part =
        Part.of(
            only(asked.all(), since(Instant.parse(since))),
            from,
            thing ->
                Map.of(
                    "Id", "001" + thing.id(),
                    "SystemModstamp", MILLIS.format(thing.updated()),
                    "CreatedDate", MILLIS.format(thing.created()),
                    "IsDeleted", thing.gone()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("done", part.next == 0);
    if (part.next > 0) {
      body.put("nextRecordsUrl", "/services/data/v61.0/query/" + since + "-" + part.next);
    }
    body.put("records", part.shown);
    return Answer.of(body);
  }

  private static Answer hubspot(Asked asked) {
    boolean archived = asked.query("archived").equals("true");
    Part part =
        Part.of(
            archived ? asked.gone() : asked.there(),
            from(asked.query("after")),
            thing ->
                Map.of(
                    "id",
                    thing.id() + "",
                    "createdAt",
                    thing.created() + "",
                    "updatedAt",
                    thing.updated().plusMillis(17) + "",
                    "archived",
                    archived));
    Map<String, Object> body = new LinkedHashMap<>(Map.of("results", part.shown));
    if (part.next > 0) {
      body.put("paging", Map.of("next", Map.of("after", part.next + "")));
    }
    return Answer.of(body);
  }

  /** Newest first; no date of a change. */
  private static Answer stripe(Asked asked) {
    List<Thing> newest = new ArrayList<>(asked.there());
    Collections.reverse(newest);
    String after = asked.query("starting_after");
    List<Thing> rest =
        after.isEmpty() ? newest : only(newest, t -> t.id() < from(after.substring(4)));
    Part part =
        Part.of(
            rest,
            0,
            thing ->
                Map.of(
                    "id",
                    "cus_" + thing.id(),
                    "object",
                    "customer",
                    "created",
                    thing.created().getEpochSecond(),
                    "description",
                    "as of " + thing.updated()));
    return Answer.of(Map.of("object", "list", "data", part.shown, "has_more", part.next > 0));
  }

  /** GitHub and GitLab. */
  private static Answer byLink(Asked asked, String parameter) {
    Instant since = Instant.parse(asked.query(parameter));
    int page = Math.max(1, from(asked.query("page")));
    Part part =
        Part.of(
            only(asked.there(), since(since)),
            (page - 1) * PAGE,
            thing ->
                Map.of(
                    "id", thing.id(),
                    "updated_at", thing.updated() + "",
                    "created_at", thing.created() + ""));
    Answer answer = Answer.of(part.shown);
    return part.next == 0
        ? answer
        : answer.linking("%s?%s=%s&page=%d".formatted(asked.path(), parameter, since, page + 1));
  }

  /** Nothing of the last minute; a next page even after the last one; deleted ones by status. */
  private static Answer zendeskTickets(Asked asked) {
    String cursor = asked.query("cursor");
    String[] at = (cursor.isEmpty() ? asked.query("start_time") + "_0" : cursor).split("_");
    Instant since = Instant.ofEpochSecond(Long.parseLong(at[0]));
    Instant until = asked.now().minus(Duration.ofMinutes(1));
    Part part =
        Part.of(
            only(asked.all(), since(since).and(thing -> !thing.updated().isAfter(until))),
            from(at[1]),
            thing ->
                Map.of(
                    "id",
                    thing.id(),
                    "updated_at",
                    thing.updated() + "",
                    "created_at",
                    thing.created() + "",
                    "generated_timestamp",
                    asked.now().getEpochSecond(),
                    "status",
                    thing.gone() ? "deleted" : "open"));
    int next = part.next == 0 ? from(at[1]) + part.shown.size() : part.next;
    String after = at[0] + "_" + next;
    return Answer.of(
        Map.of(
            "tickets",
            part.shown,
            "after_url",
            asked.url() + asked.path() + "?cursor=" + after,
            "after_cursor",
            after,
            "end_of_stream",
            part.next == 0));
  }

  private static Answer zendeskOrganizations(Asked asked) {
    if (asked.query("page[size]").isEmpty()) {
      return Answer.refused("page[size] asks for pages by cursor");
    }
    Part part =
        Part.of(
            asked.there(),
            from(asked.query("page[after]")),
            thing ->
                Map.of(
                    "id", thing.id(),
                    "updated_at", thing.updated() + "",
                    "created_at", thing.created() + ""));
    String next = asked.url() + asked.path() + "?page[size]=2&page[after]=" + part.next;
    return Answer.of(
        Map.of(
            "organizations", part.shown,
            "meta", Map.of("has_more", part.next > 0),
            "links", Map.of("next", next)));
  }

  /** A next page goes with no filter. */
  private static Answer shopify(Asked asked) {
    if (asked.path().endsWith("/events.json")) {
      Instant since = Instant.parse(asked.query("created_at_min"));
      return Answer.of(
          Map.of(
              "events",
              only(asked.gone(), since(since)).stream()
                  .map(t -> Map.of("id", 900 + t.id(), "subject_id", t.id(), "verb", "destroy"))
                  .toList()));
    }
    String info = asked.query("page_info");
    if (!info.isEmpty() && !asked.query("updated_at_min").isEmpty()) {
      return Answer.refused("a page_info goes with no filter");
    }
    String[] at = (info.isEmpty() ? asked.query("updated_at_min") + "_0" : info).split("_");
    Part part =
        Part.of(
            only(asked.there(), since(Instant.parse(at[0]))),
            from(at[1]),
            thing ->
                Map.of(
                    "id", thing.id(),
                    "updated_at", OFFSET.format(thing.updated()),
                    "created_at", OFFSET.format(thing.created())));
    Answer answer = Answer.of(Map.of("products", part.shown));
    return part.next == 0
        ? answer
        : answer.linking(asked.path() + "?limit=2&page_info=" + at[0] + "_" + part.next);
  }

  private static Answer quickbooks(Asked asked) {
    Instant since = Instant.parse(asked.query("changedSince"));
    List<Object> changed =
        only(asked.all(), since(since)).stream().map(Providers::quickbooksCustomer).toList();
    Map<String, Object> found = changed.isEmpty() ? Map.of() : Map.of("Customer", changed);
    return Answer.of(
        Map.of(
            "CDCResponse",
            List.of(Map.of("QueryResponse", List.of(found))),
            "time",
            asked.now() + ""));
  }

  private static Object quickbooksCustomer(Thing thing) {
    Map<String, Object> customer = new LinkedHashMap<>();
    customer.put("Id", thing.id() + "");
    customer.put(
        "MetaData",
        Map.of(
            "CreateTime", OFFSET.format(thing.created()),
            "LastUpdatedTime", OFFSET.format(thing.updated())));
    if (thing.gone()) {
      customer.put("status", "Deleted");
    }
    return customer;
  }

  /** To the minute, in the zone of the account. */
  private static Answer jira(Asked asked) {
    String minute = asked.query("jql").replaceFirst("updated >= \"([^\"]*)\".*", "$1");
    Instant since =
        LocalDateTime.parse(minute.replace(' ', 'T'))
            .atZone(ZoneId.of("America/Los_Angeles"))
            .toInstant();
    Part part =
        Part.of(
            only(asked.there(), since(since)),
            from(asked.query("nextPageToken")),
            thing ->
                Map.of(
                    "id",
                    thing.id() + "",
                    "fields",
                    Map.of(
                        "updated", MILLIS.format(thing.updated()),
                        "created", MILLIS.format(thing.created()))));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("issues", part.shown);
    body.put("isLast", part.next == 0);
    if (part.next > 0) {
      body.put("nextPageToken", part.next + "");
    }
    return Answer.of(body);
  }

  /** Dates in UTC; deletions in the audit. */
  private static Answer servicenow(Asked asked) {
    String query = asked.query("sysparm_query");
    String field = asked.path().endsWith("/sys_audit") ? "sys_created_on" : "sys_updated_on";
    String text = query.replaceFirst(".*" + field + ">=([^^]*).*", "$1");
    Instant since = LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    if (field.equals("sys_created_on")) {
      return Answer.of(
          Map.of(
              "result",
              only(asked.gone(), since(since)).stream()
                  .map(t -> Map.of("documentkey", "sys" + t.id()))
                  .toList()));
    }
    int from = from(asked.query("sysparm_offset"));
    Part part =
        Part.of(
            only(asked.there(), since(since)),
            from,
            thing ->
                Map.of(
                    "sys_id", "sys" + thing.id(),
                    "sys_updated_on", BLANK.format(thing.updated()),
                    "sys_created_on", BLANK.format(thing.created())));
    Answer answer = Answer.of(Map.of("result", part.shown));
    String next = "%s?sysparm_query=%s&sysparm_offset=%d";
    return part.next == 0
        ? answer
        : answer.linking(
            next.formatted(
                asked.path(),
                query.replace(" ", "%20").replace("^", "%5E").replace(">", "%3E"),
                part.next));
  }

  private static Answer dynamics(Asked asked) {
    String filter = asked.query("$filter").replaceFirst("modifiedon ge ", "");
    List<Thing> found =
        filter.isEmpty() ? asked.there() : only(asked.there(), since(Instant.parse(filter)));
    Part part =
        Part.of(
            found,
            from(asked.query("$skiptoken")),
            thing -> {
              Map<String, Object> account = new LinkedHashMap<>();
              account.put("accountid", "acc" + thing.id());
              if (!filter.isEmpty()) {
                account.put("modifiedon", thing.updated() + "");
                account.put("createdon", thing.created() + "");
              }
              return account;
            });
    Map<String, Object> body = new LinkedHashMap<>(Map.of("value", part.shown));
    if (part.next > 0) {
      String select =
          filter.isEmpty() ? "$select=accountid" : "$filter=modifiedon%20ge%20" + filter;
      body.put(
          "@odata.nextLink",
          asked.url() + asked.path() + "?" + select + "&$skiptoken=" + part.next);
    }
    return Answer.of(body);
  }

  /** A page beyond the last one is an error. */
  private static Answer wordpress(Asked asked) {
    String after = asked.query("modified_after");
    List<Thing> found =
        after.isEmpty() ? asked.there() : only(asked.there(), since(Instant.parse(after)));
    int page = Math.max(1, from(asked.query("page")));
    if (page > 1 && (page - 1) * PAGE >= found.size()) {
      return Answer.refused("rest_post_invalid_page_number");
    }
    Part part =
        Part.of(
            found,
            (page - 1) * PAGE,
            thing ->
                asked.query("_fields").equals("id")
                    ? Map.of("id", thing.id())
                    : Map.of(
                        "id", thing.id(),
                        "modified_gmt", thing.updated().toString().replace("Z", ""),
                        "date_gmt", thing.created().toString().replace("Z", "")));
    Answer answer = Answer.of(part.shown);
    String filter = after.isEmpty() ? "_fields=id" : "modified_after=" + after;
    return part.next == 0
        ? answer
        : answer.linking(asked.path() + "?" + filter + "&page=" + (page + 1));
  }

  private static Answer redmine(Asked asked) {
    String since = asked.query("updated_on");
    List<Thing> found =
        since.isEmpty()
            ? asked.there()
            : only(asked.there(), since(Instant.parse(since.replaceFirst("^>=", ""))));
    int from = from(asked.query("offset"));
    int to = Math.min(found.size(), from + from(asked.query("limit")));
    return Answer.of(
        Map.of(
            "issues",
            found.subList(Math.min(from, to), to).stream()
                .map(
                    thing ->
                        Map.of(
                            "id", thing.id(),
                            "updated_on", thing.updated() + "",
                            "created_on", thing.created() + ""))
                .toList(),
            "total_count",
            found.size(),
            "offset",
            from));
  }

  /** Each version of a thing is a change of its own. */
  private static Answer mediawiki(Asked asked) {
    if (!asked.userAgent().equals("Watchpost (ops@example.com)")) {
      return Answer.refused("who are you?");
    }
    Instant since = Instant.parse(asked.query("rcstart"));
    Part part =
        Part.of(
            only(asked.all(), since(since)),
            from(asked.query("rccontinue").replaceFirst(".*\\|", "")),
            thing -> Map.of("rcid", thing.id(), "timestamp", thing.updated() + ""));
    Map<String, Object> body = new LinkedHashMap<>();
    if (part.next > 0) {
      body.put("continue", Map.of("rccontinue", "20260301|" + part.next, "continue", "-||"));
    }
    body.put("query", Map.of("recentchanges", part.shown));
    return Answer.of(body);
  }
}
