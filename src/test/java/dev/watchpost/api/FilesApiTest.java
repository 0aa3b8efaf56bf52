package dev.watchpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What files mean to a client of the REST API. */
class FilesApiTest {
  private ApiServer server;
  private Path file;
  private String path;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
    file =
        Files.writeString(
            server.routes.resolve("shop.instance.yaml"),
            "element: rest\nconfiguration: {shop.secret: abc, home: '${env:PATH}'}\n");
    Files.writeString(server.routes.resolve("bad.instance.yaml"), "element: rest\ntags: 5\n");
    server.files.readAll();
    path = "/instances/" + only("/instances").path("id").asLong();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = server.call("GET", path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ApiServer.json(response);
  }

  private JsonNode only(String path) throws Exception {
    JsonNode list = get(path);
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  private void assertRefused(String method, String path, String body, String... words)
      throws Exception {
    HttpResponse<String> response = server.call(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
    assertThat(ApiServer.json(response).path("message").asText()).contains(words);
  }

  @Test
  void files_are_listed_with_what_is_wrong() throws Exception {
    JsonNode bad = only("/instances/files?state=broken");
    assertThat(bad.path("file").asText()).isEqualTo("routes/bad.instance.yaml");
    assertThat(bad.path("kind").asText()).isEqualTo("instance");
    assertThat(bad.path("errors").get(0).toString())
        .startsWith("{\"line\":2,\"path\":\"tags\",\"message\":\"found '5'");

    JsonNode good = only("/instances/files?state=used");
    assertThat(good.path("instanceId").asText()).isEqualTo(path.substring("/instances/".length()));
    assertThat(get("/instances/files")).hasSize(2);
    HttpResponse<String> unknown = server.call("GET", "/instances/files?state=x", null);
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("used, brokenLastGoodUsed, broken, removed");
  }

  @Test
  void an_instance_tells_its_file_and_hides_what_came_from_the_environment() throws Exception {
    JsonNode instance = get(path);
    assertThat(instance.path("file").toString())
        .isEqualTo("{\"name\":\"routes/shop.instance.yaml\",\"removed\":false}");
    assertThat(instance.path("configuration").path("home").asText()).isEqualTo("${env:PATH}");
    assertThat(instance.path("configuration").path("shop.secret").asText()).isEqualTo("********");
    assertThat(instance.path("name").asText()).isEqualTo("shop");
    assertThat(get(path + "/configuration").path("home").asText()).isEqualTo("${env:PATH}");
  }

  @Test
  void what_a_file_describes_is_changed_in_the_file() throws Exception {
    String change = "change routes/shop.instance.yaml";
    assertRefused("PUT", path, "{}", change);
    assertRefused("PATCH", path, "{\"name\":\"x\"}", change);
    assertRefused("PATCH", path + "/configuration/home", "{\"value\":1}", change);
    assertRefused("DELETE", path, null, "remove routes/shop.instance.yaml first");
  }

  @Test
  void what_a_file_describes_can_be_disabled_and_stays_so() throws Exception {
    assertThat(server.call("DELETE", path + "/enabled", null).statusCode()).isEqualTo(200);
    Files.writeString(file, "element: rest\nname: other\n");
    server.files.look();
    server.files.look();
    assertThat(get(path).path("name").asText()).isEqualTo("other");
    assertThat(get(path).path("disabled").asBoolean()).isTrue();

    assertThat(server.call("PUT", path + "/enabled", null).statusCode()).isEqualTo(200);
    assertThat(get(path).path("disabled").asBoolean()).isFalse();
  }

  @Test
  void an_instance_whose_file_is_gone_is_listed_as_such_and_can_be_deleted() throws Exception {
    Files.delete(file);
    server.files.look();
    server.files.look();

    assertThat(get(path).path("disabled").asBoolean()).isTrue();
    assertThat(get(path).path("file").path("removed").asBoolean()).isTrue();
    assertThat(only("/instances/files?state=removed").path("file").asText())
        .isEqualTo("routes/shop.instance.yaml");
    assertRefused("PUT", path + "/enabled", null, "routes/shop.instance.yaml is gone; put it back");
    assertRefused("PATCH", path, "{}", "routes/shop.instance.yaml is gone; put it back");

    assertThat(server.call("DELETE", path, null).statusCode()).isEqualTo(200);
    assertThat(get("/instances/files?state=removed")).isEmpty();
  }

  @Test
  void the_example_of_a_camel_file_receives_callbacks_beside_the_api() throws Exception {
    Path received = server.routes.resolve("received");
    String example = Files.readString(Path.of("routes/example.camel.yaml.disabled"));
    Files.writeString(
        server.routes.resolve("received.camel.yaml"),
        example.replace("{{received.directory:data/received}}", received.toString()));
    server.files.look();
    server.files.startRoutes();

    HttpResponse<String> answer =
        server.call("POST", "/received", "{\"a\":1}", "webhook-id", "msg_1");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(received.resolve("msg_1.json")).hasContent("{\"a\":1}");
    assertThat(server.call("GET", "/instances", null).statusCode()).isEqualTo(200);

    Files.delete(server.routes.resolve("received.camel.yaml"));
    server.files.look();
    server.files.look();
    assertThat(server.call("POST", "/received", "{}").statusCode()).isEqualTo(404);
  }
}
