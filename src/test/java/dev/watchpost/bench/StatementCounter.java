package dev.watchpost.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** The SQL that polls execute on a data source, in its order. */
final class StatementCounter {
  private final List<String> statements = new CopyOnWriteArrayList<>();

  int count() {
    return statements.size();
  }

  List<String> between(int from, int to) {
    return statements.subList(from, to);
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
          return result instanceof PreparedStatement statement
              ? over(statement, (String) arguments[0])
              : result;
        });
  }

  private PreparedStatement over(PreparedStatement statement, String sql) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")
              && Thread.currentThread().getName().contains("watchpost-poller")) {
            statements.add(sql);
          }
          return method.invoke(statement, arguments);
        });
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
