package dev.watchpost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * Where a process can die: before each statement, before each commit and after each commit of the
 * threads it watches. (After a statement is before the next one, or before the commit.) At one of
 * these points it lets the JVM die. Each point passed is a line of its log, that one the last:
 * commits so far, a tab, the point.
 */
final class HaltPoints implements QueryExecutionListener, MethodExecutionListener {
  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?:from|join|into|update|value for|nextval\\(')\\s*(?!unnest|set\\b|final\\b)(\\w+)");

  private final int haltAt;
  private final Runnable halt;
  private final Path log;
  private volatile List<String> threads = List.of();
  private int points;
  private int statements;
  private int commits;

  /**
   * @param haltAt number of the point, from 1; 0: none
   * @param halt never returns
   */
  HaltPoints(int haltAt, Runnable halt, Path log) {
    this.haltAt = haltAt;
    this.halt = halt;
    this.log = log;
  }

  DataSource over(DataSource dataSource) {
    return ProxyDataSourceBuilder.create(dataSource).listener(this).methodListener(this).build();
  }

  /** From now on the threads count whose name holds one of {@code parts}. */
  void watch(String... parts) {
    threads = List.of(parts);
  }

  @Override
  public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
    if (watched()) {
      statement(queries.get(0).getQuery().strip());
    }
  }

  @Override
  public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
    // before whatever is next
  }

  @Override
  public void beforeMethod(MethodExecutionContext call) {
    if (watched() && call.getMethod().getName().equals("commit")) {
      pass("before commit " + (commits + 1));
    }
  }

  @Override
  public void afterMethod(MethodExecutionContext call) {
    if (watched() && call.getMethod().getName().equals("commit")) {
      committed();
    }
  }

  private boolean watched() {
    String thread = Thread.currentThread().getName();
    return threads.stream().anyMatch(thread::contains);
  }

  private void statement(String sql) {
    Matcher table = TABLE.matcher(sql);
    String verb = sql.split("\\s", 2)[0];
    statements++;
    pass(
        "before statement %d (%s)"
            .formatted(statements, table.find() ? verb + " " + table.group(1) : verb));
  }

  private synchronized void committed() {
    commits++;
    pass("after commit " + commits);
    notifyAll();
  }

  /** Waits until so many transactions are committed. */
  synchronized void awaitCommits(int number, long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (commits < number) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException("commit %d did not come".formatted(number));
      }
      wait(left);
    }
  }

  private synchronized void pass(String point) {
    try {
      Files.writeString(
          log, commits + "\t" + point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    points++;
    if (points == haltAt) {
      halt.run();
    }
  }
}
