package dev.watchpost.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A resource's settings that fit a plan. */
final class ModelRequest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss'Z'";

  private ModelRequest() {}

  static ObjectNode resource(Plan plan) {
    ObjectNode things = JSON.createObjectNode();
    boolean all = plan.listing() == Plan.Listing.ALL;
    things.put("url", all ? "/things" : "/things?since=${gmtDate:" + FORMAT + "}");
    things.put("idField", "id");
    ObjectNode dates = things.putObject("datesConfiguration");
    for (String kind : new String[] {"updated", "created"}) {
      dates.put(kind + "DateField", kind + "_at");
      dates.put(kind + "DateFormat", FORMAT);
      dates.put(kind + "DateTimezone", "GMT");
    }
    switch (plan.listing()) {
      case ALL -> things.put("deletes", "sweep");
      case SINCE_MARKED -> things.putObject("deletes").put("deletedField", "deleted");
      case SINCE -> {}
    }
    things.set("pagination", pagination(plan));
    return things;
  }

  private static ObjectNode pagination(Plan plan) {
    ObjectNode paging = JSON.createObjectNode();
    switch (plan.pages()) {
      case LINK -> paging.put("type", "link");
      case PAGE -> sized(paging.put("type", "page").put("parameter", "page").put("first", 1), plan);
      case OFFSET -> sized(paging.put("type", "offset").put("parameter", "offset"), plan);
      case CURSOR -> paging.put("type", "cursor").put("parameter", "after").put("path", "next");
      case NEXT_URL -> paging.put("type", "nextUrl").put("path", "next");
    }
    return paging;
  }

  private static void sized(ObjectNode paging, Plan plan) {
    paging.put("sizeParameter", "size").put("pageSize", plan.pageSize());
  }
}
