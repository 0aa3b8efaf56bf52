package dev.watchpost.oauth;

import dev.watchpost.element.AccessToken;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Within this process: who comes while a token is being renewed waits and gets that one. */
final class SingleFlight {
  private final Map<Long, CompletableFuture<AccessToken>> underway = new ConcurrentHashMap<>();

  AccessToken run(long instanceId, Supplier<AccessToken> renewal) {
    CompletableFuture<AccessToken> mine = new CompletableFuture<>();
    CompletableFuture<AccessToken> theirs = underway.putIfAbsent(instanceId, mine);
    if (theirs != null) {
      return result(theirs);
    }
    try {
      mine.complete(renewal.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    } finally {
      underway.remove(instanceId, mine);
    }
    return result(mine);
  }

  private static AccessToken result(CompletableFuture<AccessToken> renewal) {
    try {
      return renewal.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
