package dev.watchpost.api;

import dev.watchpost.change.ToldReceipt;
import dev.watchpost.webhook.IncomingWebhook;
import dev.watchpost.webhook.WebhookRefused;
import dev.watchpost.webhook.Webhooks;
import java.util.Optional;

/**
 * The operations of the tag webhooks: what sources send by themselves. Public, for they have no
 * credentials of ours; their signatures are checked.
 */
final class WebhooksApi {
  private static final int UNAVAILABLE = 503;
  private static final String LATER = "60";

  private final Webhooks webhooks;

  WebhooksApi(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  private interface Work {
    Reply reply() throws WebhookRefused;
  }

  public Reply receiveWebhook(Call call) {
    return answered(
        () -> entered(webhooks.receive(element(call), instance(call), incoming(call, false))));
  }

  /** A HEAD asks whether someone is there, and enters nothing. */
  public Reply receiveWebhookByGet(Call call) {
    if (call.head()) {
      return answered(
          () -> {
            webhooks.requireReceiver(element(call), instance(call));
            return Reply.done();
          });
    }
    IncomingWebhook webhook = incoming(call, true);
    return answered(
        () -> {
          Optional<String> challenge = webhooks.challenge(element(call), instance(call), webhook);
          return challenge.isPresent()
              ? Reply.ok(Content.plain(challenge.get()))
              : entered(webhooks.receive(element(call), instance(call), webhook));
        });
  }

  public Reply receiveWebhookOfElement(Call call) {
    return answered(() -> entered(webhooks.receive(element(call), incoming(call, false))));
  }

  private static String element(Call call) {
    return call.parameter("elementKey");
  }

  private static String instance(Call call) {
    return call.parameter("instanceId");
  }

  private static IncomingWebhook incoming(Call call, boolean get) {
    return new IncomingWebhook(get, call.headers(), call.query(), call.body());
  }

  private static Reply entered(ToldReceipt receipt) {
    return Reply.ok(receipt);
  }

  private static Reply answered(Work work) {
    try {
      return work.reply();
    } catch (WebhookRefused e) {
      throw e.status() == UNAVAILABLE
          ? Refusal.unavailable(e.getMessage(), LATER)
          : Refusal.of(e.status(), e.getMessage());
    }
  }
}
