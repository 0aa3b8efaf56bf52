// A dry run: what a poll would ask, read and tell. It changes nothing.

import { html, nothing } from './lit-html.js';
import { call } from './api.js';
import { count, exact, json, refusal } from './parts.js';

const AGAIN = 1000;
const TRIES = 5;

/** Id of an instance whose dry run is to start as soon as it is shown. */
let once = null;
export const dryRunOnce = (id) => (once = id);

export class DryRun {
  reports = null;
  error = null;
  running = false;
  resource = '';

  constructor(app, of) {
    this.app = app;
    this.of = of;
  }

  async load() {
    if (once !== this.of.id) return;
    once = null;
    this.run();
  }

  async run(event) {
    event?.preventDefault();
    Object.assign(this, { running: true, reports: null, error: null });
    this.app.draw();
    // asked for all, a failed poll answers its requests too; asked for one, only why it failed
    const resource = this.of.records.length === 1 ? undefined : this.resource;
    try {
      this.reports = await this.#ask(resource);
    } catch (error) {
      this.error = error;
    }
    this.running = false;
    this.app.draw();
  }

  /** A resource that is being polled right now, as a new one is, cannot be tried at that moment. */
  async #ask(resource, tries = TRIES) {
    try {
      const query = { dryRun: true, resource };
      return (await call('POST', ['instances', this.of.id, 'poll'], { query })).data;
    } catch (error) {
      if (error.status !== 409 || tries <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
      return this.#ask(resource, tries - 1);
    }
  }

  render() {
    const { instance, records } = this.of;
    const off = instance.disabled || !instance.eventsEnabled;
    return html`<form class="filters" @submit=${(e) => this.run(e)}>
        <label>Resource
          <select @change=${(e) => (this.resource = e.target.value)}>
            <option value="">all</option>
            ${records.map((r) => html`<option .selected=${r.resource === this.resource} value=${r.resource}>${r.resource}</option>`)}
          </select>
        </label>
        <button ?disabled=${this.running || off} aria-busy=${this.running}>Dry run</button>
      </form>
      <p class="soft">${off
        ? 'It must be enabled, with event.notification.enabled true, before it can be tried.'
        : 'Asks the source now and changes nothing: no cursor moves, no event is entered.'}</p>
      ${refusal(this.error)}
      <div aria-live="polite">${this.reports?.map(report)}${this.reports?.length === 0 ? html`<p class="empty">It polls nothing.</p>` : nothing}</div>`;
  }
}

const report = (r) => html`<article class="resource">
  <div class="head">
    <h2>${r.resource}</h2>
    <span class="soft">${r.millis} ms</span>
  </div>
  ${r.error ? html`<div class="box bad" role="alert"><p class="error">${r.error}</p></div>` : nothing}
  <p>${r.error ? 'Until then: ' : nothing}${count(r.records, 'record')} on ${count(r.pages, 'page')}. It would tell ${r.created} created, ${r.updated}
    updated and ${r.deleted} deleted${r.quarantined ? html`; ${count(r.quarantined, 'record')} cannot be read` : nothing}.</p>
  <h3>Requests</h3>
  ${r.requests.length ? r.requests.map(request) : html`<p class="soft">None was sent.</p>`}
  <h3>Tokens</h3>
  ${r.tokens.length
    ? html`<table class="cards">
        <thead><tr><th>Token</th><th>Became</th><th>Zone</th><th>Instant</th></tr></thead>
        <tbody>
          ${r.tokens.map((t) => html`<tr>
            <td data-label="Token"><code>${t.token}</code></td><td data-label="Became"><code>${t.value}</code></td>
            <td data-label="Zone">${t.zone ?? '–'}</td><td data-label="Instant">${exact(t.instant)}</td>
          </tr>`)}
        </tbody>
      </table>`
    : html`<p class="soft">The request holds no date tokens: every poll reads the whole list. Window start ${exact(r.windowStart)}.</p>`}
  <h3>Events it would send</h3>
  ${r.events.length
    ? html`<table class="cards">
        <thead><tr><th>Type</th><th>Object</th><th>Date</th></tr></thead>
        <tbody>
          ${r.events.map((e) => html`<tr>
            <td data-label="Type"><span class="event ${e.eventType}">${e.eventType}</span></td>
            <td data-label="Object"><code>${e.objectId}</code></td><td data-label="Date">${exact(e.date)}</td>
          </tr>`)}
        </tbody>
      </table>`
    : html`<p class="soft">None. Records that were there before the instance was made are remembered silently, unless <code>startFrom</code> is <code>beginning</code>.</p>`}
  ${r.quarantine.length
    ? html`<h3>Not readable</h3>
        <ul class="problems">${r.quarantine.map((q) => html`<li><code>${q.objectId ?? 'no id'}</code> ${q.reason}${q.excerpt ? html`<br /><code class="excerpt">${q.excerpt}</code>` : nothing}</li>`)}</ul>`
    : nothing}
  ${r.sample.length
    ? html`<details><summary>First records read (${r.sample.length})</summary>${r.sample.map(json)}</details>`
    : nothing}
</article>`;

const request = (q) => html`<pre><code>${[`${q.method} ${q.url}`, ...q.headers, ...(q.body ? ['', q.body] : [])].join('\n')}</code></pre>`;
