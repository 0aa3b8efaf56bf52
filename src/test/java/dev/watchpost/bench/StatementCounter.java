package dev.watchpost.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** The SQL that enters pages on a data source: of all but the last of a poll. */
final class StatementCounter {
  private final List<List<String>> pages = new CopyOnWriteArrayList<>();
  private List<String> page = new ArrayList<>();

  /** Of each page since this was asked last, in their order; pages that cost none are left out. */
  List<List<String>> pages() {
    List<List<String>> since = List.copyOf(pages);
    pages.clear();
    return since;
  }

  DataSource over(DataSource dataSource) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = method.invoke(dataSource, arguments);
          return result instanceof Connection connection ? over(connection) : result;
        });
  }

  private Connection over(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = method.invoke(connection, arguments);
          if (method.getName().equals("commit") && entersPages()) {
            committed();
          }
          return result instanceof PreparedStatement statement
              ? over(statement, (String) arguments[0])
              : result;
        });
  }

  private PreparedStatement over(PreparedStatement statement, String sql) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute") && entersPages()) {
            executed(sql);
          }
          return method.invoke(statement, arguments);
        });
  }

  private static boolean entersPages() {
    return Thread.currentThread().getName().contains("watchpost-recorder");
  }

  private synchronized void executed(String sql) {
    page.add(sql);
  }

  private synchronized void committed() {
    pages.add(page);
    page = new ArrayList<>();
  }

  private interface Call {
    Object on(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return call.on(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
