// The events of an instance, each with its record and its deliveries.

import { html, nothing } from './lit-html.js';
import { call, get } from './api.js';
import { Paging, badge, confirmed, count, due, exact, json, when } from './parts.js';

const PAGE = 25;
const TYPES = ['CREATED', 'UPDATED', 'DELETED'];
const STATUSES = ['PENDING', 'DELIVERED', 'DEAD'];
const KINDS = { PENDING: 'warn', DELIVERED: 'good', DEAD: 'bad' };

export class Events {
  rows = null;
  total = 0;
  paging = new Paging();
  filter = { objectType: '', eventType: '', status: '', from: '', to: '' };
  /** Id of the event that is shown whole. */
  openId = null;
  whole = null;

  constructor(app, of) {
    this.app = app;
    this.of = of;
  }

  #query() {
    const instant = (local) => (local ? new Date(local).toISOString() : '');
    return { ...this.filter, from: instant(this.filter.from), to: instant(this.filter.to) };
  }

  async load() {
    const list = get(['instances', this.of.id, 'events'], { ...this.#query(), pageSize: PAGE, nextPage: this.paging.token });
    const whole = this.openId ? get(['instances', this.of.id, 'events', this.openId]) : null;
    const { data, total, next } = await list;
    Object.assign(this, { rows: data, total, whole: (await whole)?.data ?? null });
    this.paging.next = next;
  }

  async #toggle(id) {
    this.openId = this.openId === id ? null : id;
    this.whole = null;
    this.app.reload();
  }

  #set(name, event) {
    this.filter[name] = event.target.value;
    this.paging.first();
    this.app.reload();
  }

  #redeliver(event) {
    return this.of.act('redeliver', async () => {
      await call('PUT', ['instances', this.of.id, 'events', event.eventId, 'redeliver']);
      this.app.say('It is sent again, under the same ids.');
    });
  }

  async #redeliverAll() {
    const yes = await confirmed({
      title: 'Redeliver these events?',
      text: `${count(this.total, 'event')} match the filter. Those that were delivered or are dead are sent again under the same ids, oldest first, 10 notifications a second and 10,000 at most.`,
      action: 'Redeliver',
    });
    if (!yes) return;
    await this.of.act('redeliver', async () => {
      const { data } = await call('PUT', ['instances', this.of.id, 'events', 'redeliver'], { query: this.#query() });
      this.app.say(`${count(data.notifications, 'notification')} will be sent again.`);
    });
  }

  render() {
    const filtered = Object.values(this.filter).some((value) => value);
    return html`<form class="filters" @submit=${(e) => e.preventDefault()}>
        ${this.#choice('objectType', 'Resource', this.of.records.map((r) => r.resource))} ${this.#choice('eventType', 'Type', TYPES)}
        ${this.#choice('status', 'Delivery', STATUSES)} ${this.#time('from', 'From')} ${this.#time('to', 'To')}
      </form>
      ${this.rows === null
        ? html`<p aria-busy="true">Loading</p>`
        : html`<div class="head">
              <p class="soft">${count(this.total, 'event')}</p>
              <button class="small secondary" ?disabled=${!this.total || this.of.busy !== null} @click=${() => this.#redeliverAll()}>Redeliver all of these</button>
            </div>
            ${this.rows.length ? this.#table() : this.#nothing(filtered)}
            ${this.paging.render(this.rows.length, this.total, () => this.app.reload())}`}`;
  }

  #choice(name, label, values) {
    return html`<label>${label}
      <select @change=${(e) => this.#set(name, e)}>
        <option value="">any</option>
        ${values.map((value) => html`<option value=${value} .selected=${this.filter[name] === value}>${value}</option>`)}
      </select>
    </label>`;
  }

  #time(name, label) {
    return html`<label>${label} <input type="datetime-local" .value=${this.filter[name]} @change=${(e) => this.#set(name, e)} /></label>`;
  }

  #nothing(filtered) {
    return filtered
      ? html`<p class="empty">No event matches the filter.</p>`
      : html`<p class="empty">No change has been seen yet. What was there before counts as known; change a record in the source and
          poll now, or look at a <a href="#/instances/${this.of.id}/dry-run">dry run</a>.</p>`;
  }

  #table() {
    return html`<table class="cards">
      <thead><tr><th>Event</th><th>Object</th><th>Seen</th><th>Delivery</th><th>Attempts</th><th><span class="hidden">Details</span></th></tr></thead>
      <tbody>${this.rows.map((event) => this.#row(event))}</tbody>
    </table>`;
  }

  #row(event) {
    const open = this.openId === event.eventId;
    return html`<tr>
        <td data-label="Event"><span class="event ${event.eventType}">${event.eventType}</span></td>
        <td data-label="Object">${event.objectType} <code>${event.objectId}</code></td>
        <td data-label="Seen">${when(event.pollDate)}</td>
        <td data-label="Delivery">${badge(KINDS[event.status], event.status)} ${event.nextAttempt ? html`<span class="soft">next ${due(event.nextAttempt)}</span>` : nothing}</td>
        <td data-label="Attempts">${event.attemptCount}</td>
        <td><button class="small secondary" aria-expanded=${open} aria-label="${open ? 'Hide' : 'Show'} ${event.eventType} ${event.objectId}" @click=${() => this.#toggle(event.eventId)}>${open ? 'Hide' : 'Show'}</button></td>
      </tr>
      ${open ? html`<tr class="detail"><td colspan="6">${this.#detail()}</td></tr>` : nothing}`;
  }

  #detail() {
    const event = this.whole;
    if (!event) return html`<p aria-busy="true">Loading</p>`;
    return html`<dl class="figures">
        <div class="wide"><dt>Event id</dt><dd><code>${event.eventId}</code></dd></div>
        <div class="wide"><dt>webhook-id</dt><dd><code>${event.notificationId ?? 'none yet'}</code></dd></div>
        <div class="wide"><dt>Date of the change</dt><dd>${exact(event.date)}</dd></div>
        ${event.changedFields ? html`<div class="wide"><dt>Changed</dt><dd>${event.changedFields.map((f) => html`<code>${f}</code> `)}</dd></div>` : nothing}
      </dl>
      <h3>Record</h3>
      ${json(event.raw ?? null)} ${event.before ? html`<h3>Before</h3>${json(event.before)}` : nothing}
      <div class="head">
        <h3>Delivery attempts</h3>
        <button class="small secondary" ?disabled=${event.status === 'PENDING' || this.of.busy !== null} @click=${() => this.#redeliver(event)}>Redeliver</button>
      </div>
      ${event.attempts?.length ? attempts(event.attempts) : html`<p class="soft">None yet.</p>`}`;
  }
}

const attempts = (list) => html`<table class="cards">
  <thead><tr><th>#</th><th>At</th><th>Answer</th><th>Outcome</th><th>Took</th><th>Error</th></tr></thead>
  <tbody>
    ${list.map((a) => html`<tr>
      <td data-label="#">${a.number}</td><td data-label="At">${exact(a.date)}</td><td data-label="Answer">${a.status ?? 'none'}</td>
      <td data-label="Outcome">${a.outcome}</td><td data-label="Took">${a.millis} ms</td><td data-label="Error" class="wide">${a.error ?? '–'}</td>
    </tr>`)}
  </tbody>
</table>`;
