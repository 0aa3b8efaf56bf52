package dev.watchpost.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What one {@code *.camel.yaml} holds, read by Camel's own loader but not running until it is
 * {@link #add}ed. Routes without an id get one from the file's name, so that it stays the same.
 */
final class CamelFile {
  private static final Pattern ENDING = Pattern.compile("\\.camel\\.ya?ml$");
  private static final Pattern LINE = Pattern.compile("\\bline (\\d+)");
  private static final Pattern OURS = Pattern.compile("poll-\\d+-.*");
  private static final int LONGEST_REASON = 300;

  private final CamelContext context;
  private final Model model;
  private final FileText file;
  private final CamelItems items;
  private final Map<String, Object> beansBefore = new HashMap<>();
  private RouteConfigurationBuilder builder;

  private CamelFile(CamelContext context, FileText file) throws Unusable {
    this.context = context;
    this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    this.file = file;
    this.items = CamelItems.of(TreeReader.read(file.name(), file.text()));
  }

  static boolean isOne(String name) {
    return name.length() > 1 && ENDING.matcher(name).find();
  }

  /**
   * @param last of the same file, that may run and is to be replaced; null: none
   * @throws Unusable with line and reason; nothing has changed then
   */
  static CamelFile read(CamelContext context, FileText file, CamelFile last) throws Unusable {
    CamelFile read = new CamelFile(context, file);
    read.refuseTakenBeans(last == null ? Set.of() : last.items.beans());
    try {
      read.load();
      read.refuseTaken(last == null ? Set.of() : last.names());
      return read;
    } catch (Unusable e) {
      read.bringBackBeans();
      throw e;
    } catch (Exception | LinkageError e) {
      read.bringBackBeans();
      throw read.unusable(e);
    }
  }

  FileText file() {
    return file;
  }

  private void refuseTakenBeans(Set<String> own) throws Unusable {
    Registry registry = context.getRegistry();
    for (String bean : items.beans()) {
      Object there = registry.lookupByName(bean);
      if (there != null && !own.contains(bean)) {
        throw taken("bean", bean);
      }
      beansBefore.put(bean, there);
    }
  }

  /** Reading binds them, before what is wrong further down is met. */
  private void bringBackBeans() {
    Registry registry = context.getRegistry();
    beansBefore.forEach(
        (name, before) -> {
          registry.unbind(name);
          if (before != null) {
            registry.bind(name, before);
          }
        });
  }

  private void load() throws Exception {
    String location = "file:routes/" + file.name();
    for (RoutesBuilder found :
        PluginHelper.getRoutesLoader(context)
            .findRoutesBuilders(ResourceHelper.fromString(location, file.text()))) {
      builder = (RouteConfigurationBuilder) found;
    }
    builder.configureRoutes(context);
    String base = ENDING.matcher(file.name()).replaceFirst("");
    int unnamed = 0;
    for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
      if (!route.hasCustomIdAssigned()) {
        route.setId(unnamed++ == 0 ? base : base + "-" + unnamed);
      }
    }
    for (TemplatedRouteDefinition route : templatedRoutes()) {
      if (route.getRouteId() == null) {
        route.setRouteId(unnamed++ == 0 ? base : base + "-" + unnamed);
      }
    }
  }

  private List<TemplatedRouteDefinition> templatedRoutes() {
    return builder.getTemplatedRouteCollection().getTemplatedRoutes();
  }

  /** Ids of its routes. */
  List<String> routeIds() {
    Set<String> ids = new HashSet<>();
    builder.getRouteCollection().getRoutes().forEach(route -> ids.add(route.getRouteId()));
    templatedRoutes().forEach(route -> ids.add(route.getRouteId()));
    for (RestDefinition rest : builder.getRestCollection().getRests()) {
      rest.getVerbs().stream()
          .map(VerbDefinition::getRouteId)
          .filter(id -> id != null)
          .forEach(ids::add);
    }
    return ids.stream().sorted().toList();
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>(routeIds());
    templates().forEach(template -> names.add(template.getId()));
    return names;
  }

  private List<RouteTemplateDefinition> templates() {
    return builder.getRouteTemplateCollection().getRouteTemplates();
  }

  /** Camel would silently replace what is there. */
  private void refuseTaken(Set<String> own) throws Unusable {
    List<String> ids = new ArrayList<>(routeIds());
    Map<String, Integer> times = new LinkedHashMap<>();
    builder
        .getRouteCollection()
        .getRoutes()
        .forEach(route -> times.merge(route.getRouteId(), 1, Integer::sum));
    templatedRoutes().forEach(route -> times.merge(route.getRouteId(), 1, Integer::sum));
    for (String id : ids) {
      boolean there = context.getRoute(id) != null || model.getRouteDefinition(id) != null;
      if (OURS.matcher(id).matches()) {
        throw new Unusable(
            items.line(id),
            "route '%s' is named as Watchpost's polls are; rename it".formatted(id));
      }
      if ((there && !own.contains(id)) || times.getOrDefault(id, 1) > 1) {
        throw taken("route", id);
      }
    }
    for (RouteTemplateDefinition template : templates()) {
      String id = template.getId();
      if (model.getRouteTemplateDefinition(id) != null && !own.contains(id)) {
        throw taken("route template", id);
      }
    }
  }

  private Unusable taken(String what, String name) {
    return new Unusable(
        items.line(name),
        "%s '%s' is there already and not this file's; give it another name".formatted(what, name));
  }

  /**
   * Makes it run.
   *
   * @throws Unusable where it cannot; part of it may run then, until it is {@link #remove}d
   */
  void add() throws Unusable {
    try {
      context.addRoutesConfigurations(builder);
      context.addRoutes(builder);
      context.addTemplatedRoutes(builder);
    } catch (Exception | LinkageError e) {
      throw unusable(e);
    }
  }

  /**
   * Stops it and takes it away.
   *
   * @param next what takes its place; null: nothing does
   */
  void remove(CamelFile next) throws Exception {
    for (String id : routeIds()) {
      if (context.getRoute(id) != null) {
        context.getRouteController().stopRoute(id);
        if (!context.removeRoute(id)) {
          throw new IllegalStateException("route %s does not stop".formatted(id));
        }
      }
    }
    model.removeRouteDefinitions(new ArrayList<>(builder.getRouteCollection().getRoutes()));
    model.removeRouteTemplateDefinitions(new ArrayList<>(templates()));
    model.getRestDefinitions().removeAll(builder.getRestCollection().getRests());
    for (RouteConfigurationDefinition configuration :
        builder.getRouteConfigurationCollection().getRouteConfigurations()) {
      model.removeRouteConfiguration(configuration);
    }
    items.beans().stream()
        .filter(bean -> next == null || !next.items.beans().contains(bean))
        .forEach(context.getRegistry()::unbind);
  }

  private Unusable unusable(Throwable e) {
    Throwable deepest = e;
    String route = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedToCreateRouteException create) {
        route = create.getRouteId();
      } else if (cause instanceof FailedToStartRouteException start) {
        route = start.getRouteId();
      }
      deepest = cause;
    }
    String text = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    String reason = text.replaceAll("\\s+", " ").strip();
    Matcher line = LINE.matcher(reason);
    int at = line.find() ? Integer.parseInt(line.group(1)) : items.line(route);
    String shown =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason;
    return new Unusable(at, route == null ? shown : "route '%s': %s".formatted(route, shown));
  }

  /** The items of the list that a file is. */
  private record CamelItems(LocatedTree tree, Map<String, Integer> named, Set<String> beans) {
    private static final String CONFIGURATION = "routeConfiguration";

    static CamelItems of(LocatedTree tree) throws Unusable {
      if (!tree.root().isArray()) {
        throw new Unusable(tree.line(""), "is no list of routes: begin with '- route:'");
      }
      Map<String, Integer> named = new HashMap<>();
      Set<String> beans = new HashSet<>();
      for (int i = 0; i < tree.root().size(); i++) {
        for (Map.Entry<String, JsonNode> item : tree.root().get(i).properties()) {
          String path = "[%d].%s".formatted(i, item.getKey());
          refuseGlobal(item, tree.line(path));
          name(named, item.getValue().path("id"), tree.line(path + ".id"));
          name(named, item.getValue().path("routeId"), tree.line(path + ".routeId"));
          if (item.getKey().equals("beans")) {
            for (int j = 0; j < item.getValue().size(); j++) {
              JsonNode name = item.getValue().get(j).path("name");
              name(named, name, tree.line("%s[%d].name".formatted(path, j)));
              beans.add(name.asText());
            }
          }
        }
      }
      return new CamelItems(tree, named, beans);
    }

    private static void name(Map<String, Integer> named, JsonNode name, int line) {
      if (name.isTextual()) {
        named.putIfAbsent(name.asText(), line);
      }
    }

    /** What would change how everything else in the context runs. */
    private static void refuseGlobal(Map.Entry<String, JsonNode> item, int line) throws Unusable {
      String kind = item.getKey();
      if (kind.equals("restConfiguration") || kind.equals("rest-configuration")) {
        throw new Unusable(line, "'%s' is Watchpost's own; remove it".formatted(kind));
      }
      boolean configuration = kind.equals(CONFIGURATION) || kind.equals("route-configuration");
      if (configuration && item.getValue().path("id").asText().isEmpty()) {
        throw new Unusable(
            line,
            "'%s' without an id would hold for every route there is; give it an id, and name it in"
                    .formatted(kind)
                + " routeConfigurationId of yours");
      }
    }

    /** Where that id or name stands; null: unknown. */
    int line(String name) {
      Integer line = name == null ? null : named.get(name);
      return line == null ? tree.line("") : line;
    }
  }
}
