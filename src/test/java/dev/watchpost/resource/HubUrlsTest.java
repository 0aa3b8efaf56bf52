package dev.watchpost.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.instance.InstanceRules;
import dev.watchpost.instance.SettingsCheck;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubUrlsTest {
  private static final String PATH = "configuration.event.poller.configuration.things";
  private static final Catalogue CATALOGUE = Catalogue.builtIn();

  private static ResourceParser.Parsed parsed(
      String elementKey, Map<String, String> settings, String resource) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(ResourceParser.CONFIGURATION, "{\"things\":" + resource.replace('`', '"') + "}");
    return new ResourceParser(InstanceRules.standard().minimumInterval())
        .parse(element(elementKey), all);
  }

  private static Element element(String key) {
    return CATALOGUE.find(key).orElseThrow();
  }

  private static Resource sage(String resource) {
    ResourceParser.Parsed parsed = parsed("sageone", Map.of("country", "US"), resource);
    assertThat(parsed.problems()).isEmpty();
    return parsed.resources().get(0);
  }

  @Test
  void a_resource_with_a_hub_url_gets_the_elements_settings_behind_its_own() {
    Paging paging = sage("{`url`:`/hubs/finance/customers`,`idField`:`id`}").paging();

    assertThat(paging.type()).isEqualTo(Paging.Type.PAGE);
    assertThat(paging.path().text()).isEqualTo("$next");
    assertThat(paging.sizeParameter()).isEqualTo("items_per_page");
    assertThat(paging.size()).isEqualTo(200);
  }

  @Test
  void its_own_settings_and_the_instances_come_first() {
    assertThat(sage("{`url`:`/hubs/finance/customers?pageSize=50`,`idField`:`id`}").paging().size())
        .isEqualTo(50);
    assertThat(
            sage("{`url`:`/hubs/finance/customers`,`idField`:`id`,`pagination`:`link`}")
                .paging()
                .type())
        .isEqualTo(Paging.Type.LINK);
    assertThat(
            parsed(
                    "sageone",
                    Map.of("country", "US", "pagination.type", "offset"),
                    "{`url`:`/hubs/finance/customers`,`idField`:`id`}")
                .resources()
                .get(0)
                .paging()
                .type())
        .isEqualTo(Paging.Type.OFFSET);
    assertThat(sage("{`url`:`/accounts/v3/contacts`,`idField`:`id`}").paging())
        .isEqualTo(Paging.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "/hubs/finance/customers?where=lastModifiedDate<'${date}' # where, position 1: 'lastModifiedDate < '1970-01-01T00:00:00Z'' cannot be asked of 'customers'; it takes where with lastModifiedDate >=",
        "/hubs/finance/customers?where=lastModifiedDate>='${date}' or name='x' # 'or' cannot be asked",
        "/hubs/finance/customers?where=lastModifiedDate>='${date}' and # where, position 45: expected the name of a field",
        "/hubs/crm/customers # found hub 'crm'; write /hubs/finance/customers",
        "/hubs/finance/customers?orderBy=x # parameter 'orderBy' cannot be asked",
      })
  void what_the_element_cannot_express_is_refused_at_the_url(String url, String message) {
    assertThat(
            parsed(
                    "sageone",
                    Map.of("country", "US"),
                    "{`url`:`" + url.strip() + "`,`idField`:`id`}")
                .problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(PATH + ".url");
              assertThat(problem.message()).contains(message.strip());
            });
  }

  @Test
  void an_element_without_hub_mapping_refuses_urls_of_hubs() {
    Catalogue catalogue = Catalogue.builtIn();
    String plain = "key: plain\nnumber: 7\nbaseUrl: https://h\nauthentication: none\n";
    catalogue.apply(Map.of("plain.yaml", plain), List.of());
    Element none = catalogue.find("plain").orElseThrow();
    Map<String, String> settings =
        Map.of(
            ResourceParser.CONFIGURATION,
            "{\"things\":{\"url\":\"/hubs/crm/things\",\"idField\":\"id\"}}");

    assertThat(
            new ResourceParser(InstanceRules.standard().minimumInterval())
                .parse(none, settings)
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            PATH
                + ".url: found '/hubs/crm/things', and element 'plain' maps no urls of hubs; write"
                + " the provider's own url");
  }

  @Test
  void a_default_copied_under_another_name_is_polled() {
    Map<String, String> settings =
        Map.of(
            "country",
            "CA",
            ResourceParser.CONFIGURATION,
            """
            {"customers":{"url":"/hubs/finance/customers","idField":"id"},
             "my buyers":{"url":"/hubs/finance/customers","idField":"id"},
             "ledger-accounts":{"url":"/hubs/finance/ledger-accounts","idField":"id"}}
            """);

    ResourceParser.Parsed parsed =
        new ResourceParser(InstanceRules.standard().minimumInterval())
            .parse(element("sageone"), settings);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(Resource::name)
        .containsExactly("customers", "my buyers", "ledger-accounts");
  }

  @ParameterizedTest
  @CsvSource({
    "US,https://api.columbus.sage.com/us/sageone",
    "us,https://api.columbus.sage.com/us/sageone",
    "CA,https://api.columbus.sage.com/ca/sageone",
    "GB,https://api.columbus.sage.com/uki/sageone",
    "IE,https://api.columbus.sage.com/uki/sageone",
  })
  void the_country_chooses_the_host(String country, String baseUrl) {
    assertThat(element("3458").baseUrl(Map.of("country", country))).isEqualTo(baseUrl);
    assertThat(element("sageone").baseUrl(Map.of("country", country, "base.url", "http://h")))
        .isEqualTo("http://h");
  }

  @Test
  void a_country_that_is_none_of_the_choices_is_refused() {
    Report report = new Report();
    SettingsCheck.check(
        InstanceRules.standard(),
        element("sageone"),
        Map.of("country", "ZZ", "event.notification.enabled", "false"),
        report);

    assertThat(report.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "configuration.country: found 'ZZ'; write one of US, CA, DE, ES, FR, GB, IE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "${date:yyyy-MM-dd'T'HH:mm:ss'Z'} # 2026-03-01T12%3A00%3A00Z",
        "${dateTimeZone:Europe/Berlin:yyyy-MM-dd'T'HH:mm:ssXXX} # 2026-03-01T13%3A00%3A00%2B01%3A00",
        "${gmtDate:yyyy-MM-dd HH:mm:ss Z} # 2026-03-01%2012%3A00%3A00%20%2B0000",
        "${gmtDate:hh 'o''clock' a} # 12%20o%27clock%20PM",
        "${epoch:s} # 1772366400",
        "{since} # a%26b%3D%22c%22%23%25",
      })
  void what_a_token_stands_for_arrives_as_it_is(String token, String sent) {
    TokenTemplate url =
        TokenTemplate.parse(
            "/hubs/finance/customers?where=lastModifiedDate >= \""
                + token.strip()
                + "\" and attributes='x,y");
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    String resolved = url.resolve(start, start, Map.of("since", "a&b=\"\"c\"\"#%25")).url();

    assertThat(element("sageone").hubMapping().url("finance", resolved))
        .isEqualTo(
            "/accounts/v3/contacts?contact_type_id=CUSTOMER&updated_or_created_since="
                + sent.strip()
                + "&attributes=x%2Cy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "stripe # /hubs/payment/events?where=created >'1772366400' # /events?created%5Bgt%5D=1772366400",
        "stripe # /hubs/payment/events?where=created >'1772366400000' # /events?created%5Bgt%5D=1772366400",
        "stripe # /hubs/payment/balance-transactions?where=created>=1772366400 and created<1772370000 # /balance_transactions?created%5Bgte%5D=1772366400&created%5Blt%5D=1772370000",
        "shopify # /hubs/ecommerce/orders?where=updated_at_min='2026-03-01T00:00:00Z' # /orders.json?updated_at_min=2026-03-01T00%3A00%3A00Z",
        "zendesk # /hubs/helpdesk/agents # /users.json?role=agent",
        "zendesk # /hubs/helpdesk/organizations?pageSize=50 # /organizations.json?page%5Bsize%5D=50",
        "sageaccounting # /hubs/finance/sales-invoices?where=deletedDate>'2026-03-01T00:00:00Z' # /sales_invoices?deleted_since=2026-03-01T00%3A00%3A00Z",
      })
  void urls_that_users_of_cloud_elements_have_are_the_providers(
      String key, String hubUrl, String providerUrl) {
    Element element = element(key.strip());
    String encoded =
        TokenTemplate.parse(hubUrl.strip()).resolve(Instant.EPOCH, Instant.EPOCH, Map.of()).url();

    assertThat(element.hubMapping().url(element.hub(), encoded)).isEqualTo(providerUrl.strip());
  }

  @Test
  void open_connectors_takes_urls_as_they_are_and_pages_by_its_header() {
    ResourceParser.Parsed parsed =
        parsed(
            "openconnectors",
            Map.of(),
            "{`url`:`/hubs/crm/accounts?where=ChangedOn>='${date:yyyy-MM-dd'T'HH:mm:ss'Z'}`,`idField`:`id`}");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.warnings())
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("left open");
    Paging paging = parsed.resources().get(0).paging();
    assertThat(paging.type()).isEqualTo(Paging.Type.CURSOR);
    assertThat(paging.header()).isEqualTo("elements-next-page-token");
    assertThat(paging.parameter()).isEqualTo("nextPage");
  }
}
