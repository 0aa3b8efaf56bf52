// The past polls of an instance.

import { html, nothing } from './lit-html.js';
import { get } from './api.js';
import { Paging, badge, exact, when } from './parts.js';

const PAGE = 25;
const KINDS = { SUCCESS: 'good', FAILED: 'bad', WAITING: 'warn' };

export class PollHistory {
  rows = null;
  resource = '';
  paging = new Paging();

  constructor(app, of) {
    this.app = app;
    this.of = of;
  }

  async load() {
    const { data, next } = await get(['instances', this.of.id, 'polls'], {
      resource: this.resource,
      pageSize: PAGE,
      nextPage: this.paging.token,
    });
    this.rows = data;
    this.paging.next = next;
  }

  #choose(event) {
    this.resource = event.target.value;
    this.paging.first();
    this.app.reload();
  }

  render() {
    if (this.rows === null) return html`<p aria-busy="true">Loading</p>`;
    return html`<form class="filters" @submit=${(e) => e.preventDefault()}>
        <label>Resource
          <select @change=${(e) => this.#choose(e)}>
            <option value="">any</option>
            ${this.of.records.map((r) => html`<option value=${r.resource} .selected=${r.resource === this.resource}>${r.resource}</option>`)}
          </select>
        </label>
      </form>
      ${this.rows.length
        ? html`<table class="cards">
            <thead><tr><th>Started</th><th>Resource</th><th>Outcome</th><th>Records</th><th>Events</th><th>Window start</th><th>Took</th></tr></thead>
            <tbody>${this.rows.map(row)}</tbody>
          </table>`
        : html`<p class="empty">No poll yet, or none within the last day, which is how long they are kept. Poll now, above.</p>`}
      ${this.paging.render(this.rows.length, null, () => this.app.reload())}`;
  }
}

const row = (p) => html`<tr>
    <td data-label="Started">${when(p.startedDate)}</td>
    <td data-label="Resource">${p.resource}</td>
    <td data-label="Outcome">${badge(KINDS[p.outcome] ?? 'plain', p.outcome)}</td>
    <td data-label="Records">${p.records}${p.quarantined ? html` <span class="soft">${p.quarantined} in quarantine</span>` : nothing}</td>
    <td data-label="Events">${p.events ? html`${p.created} created, ${p.updated} updated, ${p.deleted} deleted` : '0'}</td>
    <td data-label="Window start">${exact(p.windowStart)}</td>
    <td data-label="Took">${p.endedDate ? `${Date.parse(p.endedDate) - Date.parse(p.startedDate)} ms` : '–'}</td>
  </tr>
  ${p.error ? html`<tr class="detail"><td colspan="7" class="error">${p.error}</td></tr>` : nothing}`;
