// How an instance's resources fare.

import { html, nothing } from './lit-html.js';
import { call } from './api.js';
import { badge, confirmed, count, due, duration, exact, lag, when } from './parts.js';

export class Resources {
  constructor(app, of) {
    this.app = app;
    this.of = of;
  }

  render() {
    const { records } = this.of;
    return records.length ? records.map((record) => this.#resource(record)) : this.#nothing();
  }

  #nothing() {
    const { instance } = this.of;
    const configuration = `#/instances/${instance.id}/configuration`;
    if (instance.disabled) return html`<p class="empty">It is disabled, and has not polled yet. Enable it above.</p>`;
    if (!instance.eventsEnabled) {
      return html`<p class="empty">It does not poll, for <code>event.notification.enabled</code> is not true. Set a callback and
        turn it on in the <a href=${configuration}>configuration</a>.</p>`;
    }
    return html`<p class="empty">It polls nothing: say what in the <a href=${configuration}>configuration</a>. Right after it was
      made, its resources take a moment to appear here.</p>`;
  }

  #resource(record) {
    const last = record.lastResult;
    const busy = this.of.busy !== null;
    const still = !this.of.instance.eventsEnabled || this.of.instance.disabled;
    return html`<article class="resource">
      <div class="head">
        <h2>${record.resource} ${this.#state(record)}</h2>
        <div class="actions">
          <button class="small secondary" ?disabled=${busy || still} aria-label="Poll now: ${record.resource}" @click=${() => this.of.poll(record.resource)}>Poll now</button>
          <a role="button" class="small secondary" href="#/instances/${record.instanceId}/dry-run/${encodeURIComponent(record.resource)}" aria-label="Dry run of ${record.resource}">Dry run</a>
          <button class="small secondary danger" ?disabled=${busy} aria-label="Reset ${record.resource}" @click=${() => this.#reset(record)}>Reset</button>
        </div>
      </div>
      ${record.lastError && record.failures
        ? html`<div class="box bad">
            <p class="error">${record.lastError}</p>
            <p class="soft">${count(record.failures, 'failure')} in a row, last ${when(record.lastErrorDate)}; ${record.paused ? 'paused until it is polled or enabled again' : html`next try ${due(record.nextPoll)}`}</p>
          </div>`
        : nothing}
      ${record.heldDeletes ? this.#held(record, busy) : nothing}
      <dl class="figures">
        <div><dt>Last success</dt><dd>${when(record.lastSuccess)}</dd></div>
        <div><dt>Lag</dt><dd>${record.lag === null ? '–' : duration(lag(record, this.of.loadedAt))}</dd></div>
        <div><dt>Next poll</dt><dd>${record.paused ? 'paused' : due(record.nextPoll)}</dd></div>
        <div><dt>Successful polls</dt><dd>${record.polls}</dd></div>
        <div class="wide"><dt>Cursor</dt><dd>${exact(record.cursor)}</dd></div>
        <div class="wide"><dt>Changes count from</dt><dd>${exact(record.startFrom)}</dd></div>
        ${last
          ? html`<div class="wide"><dt>Last poll</dt>
              <dd>${count(last.records, 'record')} on ${count(last.pages, 'page')}: ${last.created} created, ${last.updated} updated, ${last.deleted} deleted</dd></div>`
          : nothing}
      </dl>
      ${record.lastError && !record.failures ? html`<p class="soft">Last error, ${when(record.lastErrorDate)}: ${record.lastError}</p>` : nothing}
      ${record.quarantined.count ? quarantine(record.quarantined) : nothing}
    </article>`;
  }

  #state(record) {
    if (record.paused) return badge('bad', 'paused');
    if (record.failures) return badge('bad', 'failing');
    if (!record.lastSuccess) return badge('plain', 'not polled yet');
    return nothing;
  }

  #held(record, busy) {
    const release = () =>
      this.of.act('release', async () => {
        await call('POST', ['instances', record.instanceId, 'polls', record.resource, 'release']);
        this.app.say(`The held deletes of ${record.resource} are entered.`);
      });
    return html`<div class="box warn">
      <p>${count(record.heldDeletes, 'delete is', 'deletes are')} held back: more records are missing than <code>sweepLimit</code>
        takes for deleted. If the source has really lost them, release them; if it shows them again, nothing is told.</p>
      <button class="small" ?disabled=${busy} @click=${release}>Release deletes</button>
    </div>`;
  }

  async #reset(record) {
    const yes = await confirmed({
      title: `Reset ${record.resource}?`,
      text: 'Its cursor, its start and what was seen of its records are forgotten: the next poll is its first. Changes since the last poll may never be told.',
      action: 'Reset',
    });
    if (!yes) return;
    await this.of.act('reset', async () => {
      await call('POST', ['instances', record.instanceId, 'polls', record.resource, 'reset']);
      this.app.say(`${record.resource} is reset.`);
    });
  }
}

const quarantine = ({ count: total, newest }) => html`<details>
  <summary>${count(total, 'record')} in quarantine: not entered, the others went on</summary>
  <ul class="problems">
    ${newest.map((r) => html`<li><code>${r.objectId ?? 'no id'}</code> ${r.reason} <span class="soft">${when(r.lastDate)}</span>${r.excerpt ? html`<br /><code class="excerpt">${r.excerpt}</code>` : nothing}</li>`)}
  </ul>
</details>`;
