package dev.watchpost.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final String SHOP = "key: shop\nnumber: 77\nauthentication: none\n";

  private final Catalogue catalogue = Catalogue.builtIn();
  private final Map<String, String> files = new TreeMap<>();

  private void write(String file, String yaml) {
    files.put(file, yaml);
  }

  private boolean apply() {
    return catalogue.apply(files, List.of());
  }

  @Test
  void built_in_elements_are_found_by_key_and_number() {
    assertThat(catalogue.broken()).isEmpty();
    assertThat(catalogue.find("rest")).isPresent().isEqualTo(catalogue.find("1"));
    assertThat(catalogue.find("nothing")).isEmpty();
    assertThat(catalogue.find("rest").orElseThrow().isSecret("authentication.token")).isTrue();
  }

  @Test
  void a_file_adds_an_element_or_takes_the_place_of_one() {
    write("rest.yaml", "key: rest\nnumber: 1\nname: Ours\nauthentication: none\n");
    write(
        "shop.yaml",
        """
        key: shop
        number: 77
        baseUrl: https://{tenant}.shop.example
        requestsPerMinute: 120
        authentication: [bearer, oauth2]
        oauth:
          authorizationUrl: https://{tenant}.shop.example/consent
          tokenUrl: https://shop.example/token
          scope: read
          grants: [authorization_code]
          clientAuthentication: basic
          parameters: {access_type: offline}
        settings:
          - {key: tenant, default: demo}
        pollerConfiguration:
          orders: {url: /orders, idField: id}
        """);
    assertThat(apply()).isTrue();

    assertThat(catalogue.broken()).isEmpty();
    assertThat(catalogue.find("rest").orElseThrow().name()).isEqualTo("Ours");
    Element shop = catalogue.find("77").orElseThrow();
    assertThat(shop.pollerConfiguration()).containsOnlyKeys("orders");
    assertThat(shop.withDefaults(Map.of())).containsEntry(Element.REQUESTS_PER_MINUTE, "120");
    assertThat(shop.withDefaults(Map.of(Element.REQUESTS_PER_MINUTE, "60")))
        .containsEntry(Element.REQUESTS_PER_MINUTE, "60");
    assertThat(shop.baseUrl(Map.of())).isEqualTo("https://demo.shop.example");
    assertThat(shop.baseUrl(Map.of("tenant", "acme"))).isEqualTo("https://acme.shop.example");
    assertThat(shop.baseUrl(Map.of("base.url", "https://h"))).isEqualTo("https://h");
    assertThat(shop.oauth())
        .isEqualTo(
            new OAuthServer(
                "https://{tenant}.shop.example/consent",
                "https://shop.example/token",
                "read",
                Set.of(OAuthServer.Grant.AUTHORIZATION_CODE),
                OAuthServer.ClientAuthentication.BASIC,
                false,
                Map.of("access_type", "offline")));
  }

  @Test
  void a_broken_file_is_told_with_its_line_and_the_built_in_stays() {
    write("a.yaml", "key: rest\nnumber: 1\nauthentication: [magic]\n");
    write("b.yaml", "key: b\nnumber: [\n");
    write("c.yaml", "key: c\nnumber: 1\nauthentication: none\n");
    write("d.yaml", "key: d\nnumber: 4\nauthentication: none\nbaseURL: x\n");
    write("e.yaml", "key: e\nnumber: 5\nauthentication: oauth2\noauth: {grants: [implicit]}\n");
    apply();

    assertThat(catalogue.all())
        .extracting(Element::key)
        .contains("rest")
        .doesNotContain("b", "c", "d", "e");
    assertThat(catalogue.find("rest").orElseThrow().name()).isEqualTo("REST API");
    assertThat(catalogue.broken())
        .extracting(BrokenFile::toString)
        .satisfiesExactly(
            a -> assertThat(a).startsWith("a.yaml, line 3: ").contains("magic"),
            b -> assertThat(b).startsWith("b.yaml, line "),
            c -> assertThat(c).contains("number 1 is that of element 'rest'"),
            d -> assertThat(d).startsWith("d.yaml, line 4: 'baseURL' is not known"),
            e ->
                assertThat(e).startsWith("e.yaml, line 4: 'oauth.grants[0]'").contains("implicit"));
  }

  @Test
  void what_is_wrong_inside_a_resource_is_told_with_its_own_line_and_the_fix() {
    write(
        "a.yaml",
        """
        key: a
        number: 70
        authentication: none
        pollerConfiguration:
          orders:
            url: /orders
            idField: id
            pagination:
              type: pages
        """);
    write(
        "b.yaml",
        """
        key: b
        number: 71
        authentication: none
        settings:
          - key: shop
          - {key: port, requird: true}
        """);
    write("c.yaml", "key: c d\nnumber: 72\nauthentication: none\n");
    write("d.yaml", "key: d\nnumber: 73\nauthentication: []\n");
    apply();

    assertThat(catalogue.broken())
        .extracting(BrokenFile::toString)
        .containsExactly(
            "a.yaml, line 9: 'pollerConfiguration.orders.pagination.type': found 'pages'; write one"
                + " of none, link, page, offset, cursor, nextUrl, lastId",
            "b.yaml, line 6: 'settings[1].requird' is not known; known are choices, default,"
                + " description, example, key, required, secret",
            "c.yaml, line 1: 'key': found 'c d'; write letters, digits, '_', '-' or '.', at most"
                + " 100",
            "d.yaml, line 3: 'authentication': found '[]'; list some of none, basic, bearer,"
                + " apiKey, oauth2");
  }

  @Test
  void what_is_for_people_stays_out_of_the_poller_configuration() {
    write(
        "a.yaml",
        """
        key: a
        number: 70
        authentication: none
        guide: {setup: [Ask for a key.]}
        pollerConfiguration:
          orders:
            description: Orders of the shop
            source: https://shop.example/docs
            unverified: the order of the answer
            url: /orders
            idField: id
        """);
    apply();
    Element element = catalogue.find("a").orElseThrow();

    assertThat(element.pollerConfiguration().get("orders").toString())
        .isEqualTo("{\"url\":\"/orders\",\"idField\":\"id\"}");
    assertThat(element.guide().of("orders"))
        .isEqualTo(
            new ElementGuide.Note(
                "Orders of the shop", "https://shop.example/docs", "the order of the answer"));
    assertThat(element.guide().setup()).containsExactly("Ask for a key.");
  }

  @Test
  void a_file_that_breaks_keeps_its_last_good_version() {
    write("shop.yaml", SHOP);
    apply();
    Element shop = catalogue.find("shop").orElseThrow();
    write("shop.yaml", SHOP + "settings: [\n");

    assertThat(apply()).isFalse();
    assertThat(catalogue.find("77")).containsSame(shop);
    assertThat(catalogue.broken()).extracting(BrokenFile::file).containsExactly("shop.yaml");

    assertThat(catalogue.apply(Map.of(), List.of(new BrokenFile("shop.yaml", 1, "not UTF-8"))))
        .isFalse();
    assertThat(catalogue.find("77")).containsSame(shop);

    write("shop.yaml", SHOP + "name: The Shop\n");
    assertThat(apply()).isTrue();
    assertThat(catalogue.find("77").orElseThrow().name()).isEqualTo("The Shop");
    assertThat(catalogue.broken()).isEmpty();
  }

  @Test
  void a_file_that_goes_gives_the_place_back_to_the_built_in() {
    Element builtIn = catalogue.find("rest").orElseThrow();
    write("rest.yaml", "key: rest\nnumber: 1\nname: Ours\nauthentication: none\n");
    write("shop.yaml", SHOP);
    apply();
    files.clear();

    assertThat(apply()).isTrue();
    assertThat(catalogue.find("shop")).isEmpty();
    assertThat(catalogue.find("rest")).containsSame(builtIn);
  }

  @Test
  void a_newcomer_takes_nothing_from_a_file_that_has_it() {
    write("shop.yaml", SHOP);
    apply();
    write("a.yaml", SHOP + "name: Other\n");

    assertThat(apply()).isFalse();
    assertThat(catalogue.find("shop").orElseThrow().name()).isEqualTo("shop");
    assertThat(catalogue.broken())
        .extracting(BrokenFile::toString)
        .containsExactly("a.yaml, line 1: key 'shop' is that of another file");

    files.remove("shop.yaml");
    assertThat(apply()).isTrue();
    assertThat(catalogue.find("shop").orElseThrow().name()).isEqualTo("Other");
  }
}
