package dev.watchpost.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubMappingTest {
  private static final HubMapping MAPPING =
      mapping(
          """
          path: /v3/{resource.underscored}
          where:
            - {field: lastModifiedDate, operators: [">=", ">"], parameter: since}
            - {field: created, operators: ">=", parameter: "created[gte]", value: "${epoch:s}"}
            - {field: id, operators: [in, "="], parameter: ids}
            - {field: attributes, parameter: attributes}
          defaults: {pageSize: 200, pagination: {type: page, sizeParameter: per_page}}
          resources:
            customers: {path: /v3/contacts, parameters: {type: CUSTOMER, active: true}}
            locked: {where: [], defaults: {}}
          """);

  private static HubMapping mapping(String yaml) {
    try {
      return HubMapping.read(new YAMLMapper().readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "customers # /v3/contacts?type=CUSTOMER&active=true",
        "sales-invoices # /v3/sales_invoices",
        "a%20b # /v3/a%20b",
        "orders?where=lastModifiedDate%3E='2026-03-01T12:00:00%2B02:00' # /v3/orders?since=2026-03-01T12%3A00%3A00%2B02%3A00",
        "orders?where=LASTMODIFIEDDATE>1+and+attributes='a,b # /v3/orders?since=1&attributes=a%2Cb",
        "orders?where=created>='2026-03-01T12:00:00Z' # /v3/orders?created%5Bgte%5D=1772366400",
        "orders?where=created>=1772366400000 # /v3/orders?created%5Bgte%5D=1772366400",
        "orders?where=id+in+(1,2,'c d') # /v3/orders?ids=1%2C2%2Cc%20d",
        "orders?where=attributes='%26%3D%23%25' # /v3/orders?attributes=%26%3D%23%25",
        "orders?where= # /v3/orders",
        "orders?pageSize=50 # /v3/orders?per_page=50",
      })
  void a_hub_url_becomes_the_provider_s(String hubUrl, String providerUrl) {
    assertThat(MAPPING.url("finance", "/hubs/finance/" + hubUrl.strip()))
        .isEqualTo(providerUrl.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "finance/orders?where=a=1 # where, position 1: 'a = '1'' cannot be asked of 'orders'; it takes where with lastModifiedDate >|>=, created >=, id =|in, attributes =, joined by 'and', and pageSize",
        "finance/orders?where=lastModifiedDate<1 # 'lastModifiedDate < '1'' cannot be asked",
        "finance/orders?where=id=1+or+id=2 # where, position 6: 'or' cannot be asked of 'orders'; it takes where with",
        "finance/orders?where=(id=1+or+id=2)+and+attributes=x # 'or' cannot be asked",
        "finance/orders?where=id=1+and+id=2 # position 10: 'id' comes twice; write it once",
        "finance/orders?where=created>=soon # 'created >= 'soon'' needs a date such as '2026-03-01T12:00:00Z'",
        "finance/orders?orderBy=x # parameter 'orderBy' cannot be asked of 'orders'",
        "finance/orders?pageSize=many # pageSize: found 'many'; write a whole number from 1",
        "finance/orders?where=a=1&where=b=2 # 'where' comes twice",
        "finance/locked?where=id=1 # 'id = '1'' cannot be asked of 'locked'; it takes no where",
        "finance/locked?pageSize=1 # parameter 'pageSize' cannot be asked",
        "finance/orders/1/lines # 'orders/1/lines' is no resource of this hub; it has customers, locked",
        "finance/.. # '..' is no resource of this hub",
        "finance/a%2Fb # 'a/b' is no resource of this hub",
        "crm/orders # found hub 'crm'; write /hubs/finance/orders",
        "finance # written /hubs/{hub}/{resource}?where=..",
      })
  void what_the_provider_cannot_be_asked_is_refused_and_what_works_is_told(
      String hubUrl, String message) {
    assertThatThrownBy(() -> MAPPING.url("finance", "/hubs/" + hubUrl.strip()))
        .isInstanceOf(InvalidHubQuery.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void a_page_size_in_the_url_is_that_of_the_poll() {
    assertThat(MAPPING.defaults("finance", "/hubs/finance/orders").get("pageSize").asInt())
        .isEqualTo(200);
    assertThat(
            MAPPING.defaults("finance", "/hubs/finance/orders?pageSize=5").get("pageSize").asText())
        .isEqualTo("5");
  }

  @Test
  void as_written_changes_nothing() {
    HubMapping asWritten = mapping("asWritten");
    String url = "/hubs/crm/accounts?where=ChangedOn%3E=%272026-03-01T00:00:00Z";

    assertThat(asWritten.url("general", url)).isEqualTo(url);
    assertThat(asWritten.defaults("general", url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "as it is # must be 'asWritten' or hold path and resources, found 'as it is'",
        "{where: []} # maps nothing",
        "{paht: /x} # 'hubMapping.paht' is not known; known are defaults, parameters, path, resources, where",
        "{path: x} # 'hubMapping.path' must start with '/', found 'x'",
        "{resources: {a: {}}} # 'hubMapping.resources.a.path' must start with '/'",
        "{path: /x, where: [{field: a}]} # 'hubMapping.where[0].parameter' is missing",
        "{path: /x, where: [{field: a, parameter: b, operators: near}]} # 'hubMapping.where[0].operators': 'near' is none",
        "{path: /x, where: [{field: a, parameter: b, value: '${dat:x}'}]} # 'hubMapping.where[0].value'",
      })
  void a_broken_block_is_told(String yaml, String message) {
    assertThatThrownBy(() -> mapping(yaml.strip()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message.strip());
  }
}
