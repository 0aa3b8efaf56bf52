package dev.watchpost;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;

/** An ActiveMQ broker in this JVM, on a free loopback port, which keeps nothing on disk. */
public final class JmsBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BrokerService broker = new BrokerService();
  private final ActiveMQConnectionFactory connections;

  public JmsBroker() throws Exception {
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.setUseShutdownHook(false);
    String url = broker.addConnector("tcp://127.0.0.1:0").getPublishableConnectString();
    broker.start();
    connections = new ActiveMQConnectionFactory(url);
  }

  /** For Camel's component {@code jms}. */
  public ActiveMQConnectionFactory connections() {
    return connections;
  }

  /** Takes that many messages from a queue, in its order. */
  public List<TextMessage> read(String queue, int count) throws JMSException {
    List<TextMessage> messages = new ArrayList<>();
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      connection.start();
      while (messages.size() < count) {
        TextMessage message = (TextMessage) consumer.receive(PATIENCE.toMillis());
        if (message == null) {
          throw new AssertionError("%d of %d messages came".formatted(messages.size(), count));
        }
        messages.add(message);
      }
    }
    return messages;
  }

  @Override
  public void close() {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not stop", e);
    }
  }
}
