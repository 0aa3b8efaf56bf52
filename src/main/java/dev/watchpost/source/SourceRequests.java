package dev.watchpost.source;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.watchpost.date.TokenTemplate;
import dev.watchpost.date.UrlEncoding;
import dev.watchpost.element.Credentials;
import dev.watchpost.element.Element;
import dev.watchpost.element.Origin;
import dev.watchpost.hub.HubQuery;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.instance.Masking;
import dev.watchpost.network.WebAddress;
import dev.watchpost.record.ListingKind;
import dev.watchpost.record.UnusableAnswer;
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.Resource;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Makes the requests of one poll: base url, resolved tokens, headers, body, credentials. The window
 * is the same for all of them.
 */
public final class SourceRequests {
  private final Resource resource;
  private final PollWindow window;
  private final Element element;
  private final Map<String, String> settings;
  private final String base;
  private final SourceCredentials credentials;

  public SourceRequests(
      Instances instances, Instance instance, Resource resource, PollWindow window, Clock clock) {
    this.resource = resource;
    this.window = window;
    this.element = instances.element(instance);
    this.settings = element.withDefaults(instance.configuration());
    this.base = instances.baseUrl(instance);
    this.credentials =
        new SourceCredentials(
            instances,
            instance,
            origin(url(resource.url())),
            HeldSecrets.of(resource, settings, (t) -> resolve(t).text()),
            clock);
  }

  /** A url template's value at the window: absolute, percent-encoded, without credentials. */
  public String url(TokenTemplate template) {
    return url(resolve(template).url());
  }

  /** The same of a url that is resolved and percent-encoded. */
  public String url(String resolved) {
    return absolute(mapped(resolved));
  }

  /** What the settings ask for at this window: another number where they ask for something else. */
  public long fingerprint() {
    List<Object> asked = new ArrayList<>();
    asked.add(url(resource.url()));
    asked.add(resource.method());
    resource.headers().forEach((name, value) -> asked.add(name + resolve(value).text()));
    asked.add(resource.body() == null ? "" : resolve(resource.body()).text());
    asked.add(resource.paging());
    asked.add(resource.deletes());
    asked.add(resource.recordsPath());
    return Hashing.xxh3_64().hashCharsToLong(asked.toString());
  }

  /** The tokens of what the first request of a listing holds. */
  public List<TokenTemplate.Token> tokens(Listing listing) {
    List<TokenTemplate.Token> tokens = new ArrayList<>(resolve(listing.url()).tokens());
    resource.headers().values().forEach(header -> tokens.addAll(resolve(header).tokens()));
    if (resource.body() != null && listing.kind() == ListingKind.RECORDS) {
      tokens.addAll(resolve(resource.body()).tokens());
    }
    return tokens;
  }

  /**
   * A request for {@code url}: method and body of the resource for its own listing, else GET. Its
   * headers, which may hold secrets, and its body go to no other origin than its settings name.
   *
   * @param validators sent where they belong to the url
   * @throws UnusableAnswer where a body would have to go to another origin
   */
  public SourceRequest request(ListingKind kind, String url, Validators validators) {
    boolean own = kind == ListingKind.RECORDS;
    String method = own ? resource.method() : "GET";
    String body = own && resource.body() != null ? resolve(resource.body()).text() : null;
    if (body != null && !named(url)) {
      throw new UnusableAnswer(
          "the source leads on to %s, and the body of a request goes only where its url is"
              .formatted(WebAddress.of(url).origin()));
    }
    Credentials.Added added = credentials.forRequest(origin(url));
    Map<String, String> headers = headers(added, url, validators);
    String full = withQuery(url, added.query());
    headers.putAll(credentials.signature(origin(url), method, full, body));
    return new SourceRequest(method, full, headers, body, shown(method, full, headers, body));
  }

  private Map<String, String> headers(Credentials.Added added, String url, Validators validators) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", resource.format().type().accept());
    if (named(url)) {
      resource.headers().forEach((name, value) -> headers.put(name, resolve(value).text()));
    }
    headers.putAll(added.headers());
    if (validators.belongTo(url)) {
      putIfThere(headers, "If-None-Match", validators.etag());
      putIfThere(headers, "If-Modified-Since", validators.lastModified());
    }
    return headers;
  }

  /**
   * Whether the resource's settings name the origin of {@code url}: an answer may lead anywhere.
   */
  private boolean named(String url) {
    Origin origin = Origin.of(origin(url));
    return urls().anyMatch(named -> Origin.of(origin(url(named))).equals(origin));
  }

  private Stream<TokenTemplate> urls() {
    TokenTemplate other =
        resource.deletes() instanceof Deletes.Sweep sweep
            ? sweep.url()
            : resource.deletes() instanceof Deletes.ByUrl listing ? listing.url() : null;
    return Stream.of(resource.url(), other).filter(Objects::nonNull);
  }

  private static void putIfThere(Map<String, String> headers, String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  private ShownRequest shown(String method, String url, Map<String, String> headers, String body) {
    List<String> lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ": " + shown(header.getKey(), header.getValue()))
            .toList();
    return new ShownRequest(method, masked(url), lines, body == null ? null : masked(body));
  }

  /** A resource's own header may hold a secret that is no credential of the instance. */
  private String shown(String name, String value) {
    return resource.headers().containsKey(name) && Masking.isSecret(name)
        ? Masking.MASK
        : masked(value);
  }

  /** Whom the source of {@code url} counts requests for. */
  public Pace.Account account(String url) {
    String origin = WebAddress.of(url).origin();
    return Pace.Account.of(origin, credentials.account(URI.create(origin)));
  }

  /** What the instance or its element allows to a host; empty: they do not say. */
  public OptionalInt perMinute() {
    String text = settings.getOrDefault(Element.REQUESTS_PER_MINUTE, "").strip();
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  /** {@code text} with every credential masked. */
  public String masked(String text) {
    return credentials.masked(text);
  }

  /** The source has accepted the credentials. */
  public void accepted() {
    credentials.accepted();
  }

  /** The source has answered 401: true where the same request is to be sent with new ones. */
  public boolean renew(String url) {
    return credentials.renew(origin(url));
  }

  private static String withQuery(String url, Map<String, String> query) {
    StringBuilder full = new StringBuilder(url);
    query.forEach(
        (name, value) ->
            full.append(full.indexOf("?") < 0 ? '?' : '&')
                .append(UrlEncoding.component(name))
                .append('=')
                .append(UrlEncoding.component(value)));
    return full.toString();
  }

  private TokenTemplate.Resolved resolve(TokenTemplate template) {
    return template.resolve(window.start(), window.now(), settings);
  }

  /** Not the whole url: browsers leave characters in queries that java.net.URI refuses. */
  private static URI origin(String url) {
    return URI.create(WebAddress.of(url).origin());
  }

  /** The provider's url for that of a hub; any other stays. */
  private String mapped(String url) {
    return HubQuery.isHubUrl(url) && element.hubMapping() != null
        ? element.hubMapping().url(element.hub(), url)
        : url;
  }

  private String absolute(String url) {
    if (url.matches("(?i)https?://.*")) {
      return url;
    }
    String root =
        UrlEncoding.encode(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    return root + (url.startsWith("/") ? url : "/" + url);
  }
}
