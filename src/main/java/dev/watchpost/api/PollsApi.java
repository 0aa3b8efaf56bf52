package dev.watchpost.api;

import dev.watchpost.instance.Instances;
import dev.watchpost.poll.PollReport;
import dev.watchpost.poll.Polls;
import dev.watchpost.poll.ResourceState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The operations of the tag polls. */
final class PollsApi {
  /** Newest records in quarantine that are shown of an instance. */
  private static final int QUARANTINE = 100;

  private final Instances instances;
  private final Polls polls;
  private final Clock clock;

  PollsApi(Instances instances, Polls polls, Clock clock) {
    this.instances = instances;
    this.polls = polls;
    this.clock = clock;
  }

  public Reply listPolls(Call call) {
    long id = call.instanceId();
    Page page = Page.of(call);
    List<PollJson> past =
        polls.history(id, call.query("resource"), page.size(), page.offset()).stream()
            .map(PollJson::of)
            .toList();
    return page.reply(past, null);
  }

  /** Of all the caller's instances, of that of {@code ?instanceId=}, or of the Element token's. */
  public Reply listAllPollerRecords(Call call) {
    String asked = call.query("instanceId");
    if (asked == null) {
      return Page.of(call).of(records(states(call)));
    }
    long id = Call.number(asked);
    Callers.requireTheirs(instances, call.caller(), id);
    call.by().requireOwn(id);
    return Page.of(call).of(records(polls.states(id)));
  }

  private List<ResourceState> states(Call call) {
    return call.own() == null
        ? polls.statesOf(call.caller().organization())
        : polls.states(call.own());
  }

  public Reply listPollerRecords(Call call) {
    return Page.of(call).of(records(polls.states(call.instanceId())));
  }

  /** Resources that no longer poll: paused after too many failures. */
  public Reply listPollingDisabled(Call call) {
    return Page.of(call).of(records(states(call).stream().filter(ResourceState::paused).toList()));
  }

  private List<PollerRecordJson> records(List<ResourceState> states) {
    return states.stream().map(this::pollerRecord).toList();
  }

  private PollerRecordJson pollerRecord(ResourceState state) {
    List<Polls.Past> last = polls.history(state.instanceId(), state.name(), 1, 0);
    List<Polls.Quarantine> quarantine =
        state.quarantined() == 0 ? List.of() : polls.quarantine(state.instanceId(), QUARANTINE);
    return PollerRecordJson.of(
        state, last.isEmpty() ? null : last.get(0), quarantine, clock.instant());
  }

  /** Where one resource was asked for: 502 where it failed, 503 where it waits. */
  public Reply pollNow(Call call) {
    long id = call.instanceId();
    String resource = call.query("resource");
    boolean dryRun = call.flag("dryRun");
    List<PollReport> reports = conflicting(() -> polls.pollNow(id, resource, dryRun));
    if (resource != null) {
      reports.forEach(this::refuseFailed);
    }
    return Reply.ok(reports.stream().map(ReportJson::of).toList());
  }

  private void refuseFailed(PollReport report) {
    if (report.waitsUntil() != null) {
      long seconds = Duration.between(clock.instant(), report.waitsUntil()).toSeconds();
      String line = "'%s' is not polled now: %s".formatted(report.resource(), report.error());
      throw Refusal.unavailable(line, Long.toString(Math.max(1, seconds)));
    }
    if (report.error() != null) {
      throw Refusal.badGateway(
          "the poll of '%s' failed".formatted(report.resource()), report.error());
    }
  }

  public Reply releaseDeletes(Call call) {
    return changed(call, polls::release);
  }

  public Reply resetPoll(Call call) {
    return changed(call, polls::reset);
  }

  private Reply changed(Call call, BiConsumer<Long, String> change) {
    long id = call.instanceId();
    String resource = call.parameter("resource");
    conflicting(
        () -> {
          change.accept(id, resource);
          return null;
        });
    return Reply.ok(
        polls.states(id).stream()
            .filter(state -> state.name().equals(resource))
            .map(this::pollerRecord)
            .findFirst()
            .orElse(null));
  }

  /** What Polls cannot do right now is a conflict; what broke on the way is not. */
  private static <T> T conflicting(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalStateException e) {
      if (e.getCause() != null) {
        throw e;
      }
      throw Refusal.of(409, e.getMessage());
    }
  }
}
