// What several views show. Everything goes through lit-html's templates, which put texts in as
// texts; nothing here makes HTML of a text.

import { html, nothing, render } from './lit-html.js';

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** '42 s', '5 min', '3 h', '12 d'. */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.round(s / 60)} min`;
  if (s < 172800) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86400)} d`;
}

/** Seconds since the last success, counted on from when the API told them; null: none yet. */
export const lag = (record, loadedAt) => (record.lag === null ? null : record.lag + (Date.now() - loadedAt) / 1000);

/** How long ago, or in how long, an instant is; the exact one as a tooltip. */
export function when(iso, never = 'never') {
  if (!iso) return html`<span class="soft">${never}</span>`;
  const seconds = (Date.now() - Date.parse(iso)) / 1000;
  const text = seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
  return html`<time datetime=${iso} title=${`${DATE.format(new Date(iso))} (${iso})`}>${text}</time>`;
}

/** What is due and has not been done waits for its turn, or for something before it. */
export const due = (iso) => (Date.parse(iso) <= Date.now() ? 'due' : when(iso, 'none'));

/** An instant to the second, in UTC: where the exact one matters. */
export const exact = (iso) =>
  iso ? html`<time datetime=${iso} title=${`${DATE.format(new Date(iso))} (${iso})`}>${iso.replace(/\.\d+Z$/, 'Z')}</time>` : html`<span class="soft">none</span>`;

export const badge = (kind, text, title) =>
  html`<span class="badge ${kind}" title=${title ?? nothing}>${text}</span>`;

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

export const json = (value) =>
  html`<pre><code>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code></pre>`;

/** An instance's state, and why, from what the API says of it and of its resources. */
export function stateOf(instance, records = []) {
  if (!instance.valid) return { kind: 'bad', text: 'invalid', why: 'It cannot work as it is configured.' };
  if (instance.file?.removed) return { kind: 'off', text: 'file removed', why: 'Its file is gone; it stopped and keeps its state.' };
  if (instance.disabled) return { kind: 'off', text: 'disabled', why: 'It neither polls nor delivers until it is enabled.' };
  if (!instance.eventsEnabled) return { kind: 'off', text: 'not polling', why: 'event.notification.enabled is not true.' };
  if (records.some((r) => r.paused)) return { kind: 'bad', text: 'paused', why: 'A resource is paused after too many failures; poll it now, or enable the instance again.' };
  if (records.some((r) => r.failures > 0)) return { kind: 'bad', text: 'failing', why: 'A poll failed; it is tried again.' };
  return { kind: 'good', text: 'enabled', why: '' };
}

export const stateBadge = (state) => badge(state.kind, state.text, state.why || undefined);

/** Problems or warnings: where, and what. */
export const problems = (list) =>
  html`<ul class="problems">
    ${list.map((p) => html`<li>${p.path ? html`<code>${p.path}</code> ` : nothing}${p.message}</li>`)}
  </ul>`;

/** A refusal, in a box that is read out. */
export function refusal(error) {
  if (!error) return nothing;
  return html`<div class="box bad" role="alert">
    <p>${error.errors?.length ? 'Not accepted:' : error.message}</p>
    ${error.providerMessage ? html`<p>${error.providerMessage}</p>` : nothing}
    ${error.errors?.length ? problems(error.errors) : nothing}
    ${error.status >= 500 && error.requestId ? html`<p class="soft">Request ${error.requestId}</p>` : nothing}
  </div>`;
}

/** Asks before something that cannot be undone. @returns {Promise<boolean>} */
export function confirmed({ title, text, action }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'ask');
  document.body.append(dialog);
  return new Promise((resolve) => {
    const end = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    dialog.addEventListener('cancel', () => end(false));
    render(
      html`<article>
        <h2 id="ask">${title}</h2>
        <p>${text}</p>
        <footer>
          <button class="secondary" autofocus @click=${() => end(false)}>Cancel</button>
          <button class="danger" @click=${() => end(true)}>${action}</button>
        </footer>
      </article>`,
      dialog,
    );
    dialog.showModal();
  });
}

/** Pages of a list by the API's tokens. */
export class Paging {
  tokens = [];
  next = null;

  get token() {
    return this.tokens.at(-1);
  }

  first() {
    this.tokens = [];
  }

  /** @param shown how many are on this page @param reload after a step */
  render(shown, total, reload) {
    if (!this.tokens.length && !this.next) return nothing;
    const step = (change) => () => {
      change();
      reload();
    };
    return html`<nav class="pages" aria-label="Pages">
      <button class="small secondary" ?disabled=${!this.tokens.length} @click=${step(() => this.tokens.pop())}>Previous</button>
      <span class="soft">Page ${this.tokens.length + 1}${total === null ? nothing : html`, ${shown} of ${total}`}</span>
      <button class="small secondary" ?disabled=${!this.next} @click=${step(() => this.tokens.push(this.next))}>Next</button>
    </nav>`;
  }
}
