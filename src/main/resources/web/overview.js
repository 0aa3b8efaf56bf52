// The instances: what is watched, and how each fares.

import { html, nothing } from './lit-html.js';
import { get } from './api.js';
import { Paging, badge, count, duration, lag, stateBadge, stateOf, when } from './parts.js';

const PAGE = 20;
const TYPING = 250;

export class Overview {
  title = 'Instances';
  rows = null;
  total = 0;
  search = '';
  tag = '';
  paging = new Paging();
  records = new Map();
  waiting = new Map();
  dead = new Map();
  brokenFiles = [];
  loadedAt = 0;
  #asked = 0;
  #typing = null;

  /** However many rows have counts of their own: at most 300 calls a minute, half of what a user may send. */
  get period() {
    return Math.max(3000, this.#asked * 200);
  }

  constructor(app) {
    this.app = app;
  }

  async load() {
    const { data, total, next } = await get(['instances'], {
      searchText: this.search,
      'tags[]': this.tag,
      pageSize: PAGE,
      nextPage: this.paging.token,
    });
    this.total = total;
    this.paging.next = next;
    const ids = data.map((instance) => instance.id);
    this.#asked = 2;
    const [records, waiting, dead, files] = await Promise.all([
      this.#records(ids, total),
      this.#undelivered('PENDING', ids),
      this.#undelivered('DEAD', ids),
      brokenFiles(),
    ]);
    Object.assign(this, { rows: data, records, waiting, dead, brokenFiles: files, loadedAt: Date.now() });
  }

  /** By instance. One call where they fit on a page, else one for each instance that is shown. */
  async #records(ids, total) {
    const lists =
      total <= ids.length
        ? [await get(['instances', 'event-poller-records'], { pageSize: 2000 })]
        : await Promise.all(ids.map((id) => get(['instances', id, 'event-poller-records'])));
    this.#asked += lists.length;
    return Map.groupBy(lists.flatMap((list) => list.data), (record) => record.instanceId);
  }

  render() {
    return html`<div class="head">
        <h1>Instances</h1>
        <a role="button" class="small" href="#/new">New instance</a>
      </div>
      ${this.brokenFiles.map(
        (file) => html`<div class="box bad" role="alert">
          <p><code>${file.file}</code> is broken${file.state === 'brokenLastGoodUsed' ? '; its last good version is in use' : ''}:</p>
          <ul class="problems">
            ${file.errors.map((e) => html`<li>line ${e.line}${e.path ? html` <code>${e.path}</code>` : nothing} ${e.message}</li>`)}
          </ul>
        </div>`,
      )}
      ${this.rows === null ? html`<p aria-busy="true">Loading</p>` : this.#list()}`;
  }

  #list() {
    if (this.total === 0 && !this.search && !this.tag) return nothingYet();
    return html`<form role="search" class="filters" @submit=${(e) => e.preventDefault()}>
        <label>Search <input type="search" .value=${this.search} placeholder="Name or element" @input=${(e) => this.#type('search', e)} /></label>
        <label>Tag <input type="search" .value=${this.tag} @input=${(e) => this.#type('tag', e)} /></label>
      </form>
      ${this.rows.length
        ? html`<table class="cards">
            <thead>
              <tr><th>Instance</th><th>Element</th><th>State</th><th>Last success</th><th>Lag</th><th>Undelivered</th><th>Last error</th></tr>
            </thead>
            <tbody>${this.rows.map((instance) => this.#row(instance))}</tbody>
          </table>`
        : html`<p class="empty">No instance matches. <button class="small secondary" @click=${() => this.#clear()}>Show all</button></p>`}
      ${this.paging.render(this.rows.length, this.total, () => this.app.reload())}`;
  }

  #row(instance) {
    const records = this.records.get(instance.id) ?? [];
    const lags = records.map((r) => lag(r, this.loadedAt)).filter((seconds) => seconds !== null);
    // the resource that is furthest behind speaks for the instance
    const behind = records.filter((r) => r.lastSuccess).sort(newest('lastSuccess')).at(-1);
    return html`<tr>
      <td data-label="Instance">
        <a href="#/instances/${instance.id}">${instance.name}</a> <span class="soft">${instance.id}</span>
        ${instance.file ? badge('plain', 'file', instance.file.name) : nothing}
        ${instance.tags.map((tag) => badge('plain', tag))}
      </td>
      <td data-label="Element"><a href="docs/elements/${encodeURIComponent(instance.element.key)}">${instance.element.name}</a></td>
      <td data-label="State">${stateBadge(stateOf(instance, records))}</td>
      <td data-label="Last success">${when(behind?.lastSuccess)}</td>
      <td data-label="Lag">${lags.length ? duration(Math.max(...lags)) : '–'}</td>
      <td data-label="Undelivered">${this.#waiting(instance.id)}</td>
      <td data-label="Last error" class="wide">${lastError(records)}</td>
    </tr>`;
  }

  /** Counts by instance; one call where there are none at all, which is the rule. */
  async #undelivered(status, ids) {
    const all = await get(['instances', 'events'], { status, pageSize: 1 });
    this.#asked += all.total === 0 ? 1 : ids.length + 1;
    if (all.total === 0) return new Map();
    const counts = await Promise.all(ids.map((id) => get(['instances', id, 'events'], { status, pageSize: 1 })));
    return new Map(ids.map((id, i) => [id, counts[i].total]));
  }

  #waiting(id) {
    const waiting = this.waiting.get(id) ?? 0;
    const dead = this.dead.get(id) ?? 0;
    if (!waiting && !dead) return html`<span class="soft">0</span>`;
    return html`<a href="#/instances/${id}/events">${waiting}</a>${dead ? html` ${badge('bad', `${dead} dead`)}` : nothing}`;
  }

  #type(name, event) {
    this[name] = event.target.value;
    this.paging.first();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.app.reload(), TYPING);
  }

  #clear() {
    this.search = '';
    this.tag = '';
    this.app.reload();
  }
}

const newest = (field) => (a, b) => Date.parse(b[field]) - Date.parse(a[field]);

/** A failure, else records that polls succeed without: a wrong idField sends all of them there. */
function lastError(records) {
  const failed = records.filter((r) => r.failures > 0 && r.lastError).sort(newest('lastErrorDate'))[0];
  if (failed) return html`<span class="error clip" title=${failed.lastError}>${failed.resource}: ${failed.lastError}</span>`;
  const quarantined = records.find((r) => r.quarantined.count > 0);
  if (!quarantined) return html`<span class="soft">none</span>`;
  const { count: total, newest: shown } = quarantined.quarantined;
  const text = `${quarantined.resource}: ${count(total, 'record')} in quarantine${shown.length ? `: ${shown[0].reason}` : ''}`;
  return html`<span class="clip" title=${text}>${text}</span>`;
}

/** Whoever may not see the files is shown none. */
async function brokenFiles() {
  try {
    const { data } = await get(['instances', 'files']);
    return data.filter((file) => file.errors.length > 0);
  } catch (error) {
    if (error.status === 403 || error.status === 404) return [];
    throw error;
  }
}

const nothingYet = () => html`<div class="empty">
  <h2>Nothing is watched yet</h2>
  <p>An instance is one account of an API, what is polled of it, and where its changes are sent.</p>
  <p><a role="button" href="#/new">New instance</a></p>
  <p>Or send the same with the API; the <a href="docs">guides</a> hold an example for every kind of API:</p>
  <pre><code>curl ${new URL('instances', document.baseURI).href} \\
  -H 'Authorization: User &lt;user secret&gt;, Organization &lt;organization secret&gt;' \\
  -H 'Content-Type: application/json' -d @instance.json</code></pre>
  <p>Or save it as <code>routes/name.instance.json</code> beside Watchpost.</p>
</div>`;

