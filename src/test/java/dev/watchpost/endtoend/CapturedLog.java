package dev.watchpost.endtoend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** All that is logged from now on, our own loggers at debug, until it is closed. */
final class CapturedLog implements AutoCloseable {
  private static final List<String> OURS = List.of("watchpost", "dev.watchpost");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Lines appender = new Lines();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

  CapturedLog() {
    OURS.forEach(name -> Configurator.setLevel(name, Level.DEBUG));
    appender.start();
    context.getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
    context.updateLoggers();
  }

  private final class Lines extends AbstractAppender {
    Lines() {
      super(
          "captured",
          null,
          PatternLayout.newBuilder().withPattern("%p %c %m%n%xEx").build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(getLayout().toSerializable(event).toString());
    }
  }

  String text() {
    return lines.stream().collect(Collectors.joining());
  }

  @Override
  public void close() {
    context.getConfiguration().getRootLogger().removeAppender("captured");
    OURS.forEach(name -> Configurator.setLevel(name, Level.INFO));
    context.updateLoggers();
  }
}
