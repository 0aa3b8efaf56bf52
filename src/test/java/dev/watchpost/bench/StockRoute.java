package dev.watchpost.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;

/**
 * What one writes with Apache Camel alone: GET a page, unmarshal it, split it, drop what a JDBC
 * repository has seen under its id and updated date, POST the rest one by one.
 */
final class StockRoute implements AutoCloseable {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final HikariDataSource dataSource = new HikariDataSource();
  private final ProducerTemplate producer = context.createProducerTemplate();
  private final BenchSource source;

  StockRoute(BenchSource source, String databaseUrl) throws Exception {
    this.source = source;
    dataSource.setJdbcUrl(databaseUrl);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:poll")
                .loopDoWhile(exchangeProperty("next").isNotNull())
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_URI, exchangeProperty("next"))
                .setBody(constant(""))
                .to("http://source")
                .process(StockRoute::rememberNext)
                .unmarshal()
                .json(JsonLibrary.Jackson)
                .split(body())
                .idempotentConsumer(
                    simple("${body[id]}:${body[updated_at]}"),
                    new JdbcMessageIdRepository(dataSource, "customers"))
                .marshal()
                .json(JsonLibrary.Jackson)
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to(source.url() + "/callback");
          }
        });
    context.start();
  }

  private static void rememberNext(Exchange exchange) {
    Matcher next = NEXT.matcher(exchange.getMessage().getHeader("Link", "", String.class));
    exchange.setProperty("next", next.find() ? next.group(1) : null);
  }

  void poll() {
    Exchange exchange =
        producer.request(
            "direct:poll", poll -> poll.setProperty("next", source.url() + "/customers?page=1"));
    if (exchange.getException() != null) {
      throw new IllegalStateException("the stock route failed", exchange.getException());
    }
  }

  @Override
  public void close() throws IOException {
    producer.close();
    context.stop();
    dataSource.close();
  }
}
