// A new instance, and the configuration of one that is there.

import { html, nothing } from './lit-html.js';
import { call, get } from './api.js';
import { Account } from './account.js';
import { Body } from './fields.js';
import { POLLER, ResourceForm } from './resource-form.js';
import { refusal } from './parts.js';
import { dryRunOnce } from './dryrun.js';

const setting = (key) => ['configuration', key];
const KEPT = /^event\.(notification|poller\.refresh_interval)/;

/** What both forms share: the fields, by the metadata of the element. */
class InstanceForm {
  element = null;
  error = null;
  saving = false;

  constructor(app, value) {
    this.app = app;
    this.body = new Body(() => app.draw(), value);
  }

  async describe(key) {
    this.element = (await get(['elements', key, 'metadata'])).data;
    this.account = new Account(this.body, this.element, () => this.app.draw());
    this.resources = new ResourceForm(this.body, this.element);
  }

  /** Sends the body; what is refused is shown at its field. @returns the instance, or null */
  async send(method, path) {
    if (this.body.jsonError) {
      this.error = { message: 'The JSON cannot be read; mend it first.' };
      this.app.draw();
      return null;
    }
    Object.assign(this, { saving: true, error: null });
    this.body.errors = [];
    this.app.draw();
    let saved = null;
    try {
      saved = (await call(method, path, { body: this.body.value })).data;
    } catch (error) {
      this.body.errors = error.errors;
      this.error = error.errors.length ? null : error;
    }
    this.saving = false;
    this.app.draw();
    // the first field that is wrong, once it is drawn
    setTimeout(() => (document.querySelector('[aria-invalid=true]') ?? document.getElementById('refused'))?.focus());
    return saved;
  }

  fields(locked) {
    const { body } = this;
    const field = (key, label, more = {}) => body.field({ path: setting(key), label, locked, ...more });
    return html`<section>
        <h2>Account</h2>
        ${this.account.render(locked)}
      </section>
      <section>
        <h2>What is polled</h2>
        <div class="grid">${field('event.poller.refresh_interval', 'Minutes between polls', { placeholder: '15', hint: 'Fractions are allowed' })}</div>
        ${this.resources.render(locked)}
      </section>
      <section>
        <h2>Callback</h2>
        ${body.checkbox({ path: setting('event.notification.enabled'), label: 'Poll, and send events', locked })}
        ${field('event.notification.callback.url', 'Callback url', { wide: true, placeholder: 'https://mycoolapp.com/events', hint: 'Events are POSTed there' })}
        <div class="grid">
          ${field('event.notification.signature.key', 'Signature key', { secret: true, hint: 'Callbacks are signed with it; the receiver checks them' })}
          ${field('event.notification.batch.size', 'Events in one callback, at most', { placeholder: '10' })}
        </div>
        ${locked ? nothing : html`<button type="button" class="small secondary" @click=${() => body.set(setting('event.notification.signature.key'), newKey())}>Make up a key</button>`}
        <details>
          <summary>More of the callback</summary>
          <div class="grid">
            ${field('event.notification.callback.headers', 'Headers, as a JSON object', { list: true, placeholder: '{"X-Tenant":"acme"}' })}
            ${field('event.notification.format', 'Format', { choices: [['', 'elements (default)'], ['elements', 'elements'], ['cloudevents', 'cloudevents']] })}
            ${field('event.vendor.type', 'Changes come by', { choices: [['', 'polling (default)'], ['polling', 'polling'], ['webhooks', "webhooks of the provider"]] })}
            ${field('event.notification.basic.username', 'User of basic authentication')}
            ${field('event.notification.basic.password', 'Its password', { secret: true })}
          </div>
        </details>
      </section>
      <section>
        <h2>Name</h2>
        <div class="grid">${body.field({ path: ['name'], label: 'Name', locked })} ${this.#tags(locked)}</div>
      </section>`;
  }

  #tags(locked) {
    const tags = this.body.get(['tags']) ?? [];
    const change = (event) => {
      const list = event.target.value.split(',').map((tag) => tag.trim()).filter(Boolean);
      this.body.set(['tags'], list);
    };
    return html`<div class="field">
      <label for="tags">Tags</label>
      <input id="tags" autocomplete="off" ?disabled=${locked} .value=${Array.isArray(tags) ? tags.join(', ') : ''} @change=${change} />
      <small>Separated by commas</small>
    </div>`;
  }
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

export class NewInstance extends InstanceForm {
  title = 'New instance';
  created = false;
  elements = null;

  /** @param key of the element that is chosen already, or undefined */
  constructor(app, key) {
    super(app, { element: {}, name: '', tags: [], configuration: { 'event.notification.enabled': true } });
    this.asked = key;
  }

  async load() {
    if (!this.elements) {
      this.elements = (await get(['elements'], { pageSize: 2000 })).data;
      if (this.asked) await this.#choose(this.asked);
    }
  }

  async #choose(key) {
    const kept = Object.entries(this.body.value.configuration ?? {}).filter(([name]) => KEPT.test(name));
    this.element = null;
    if (key) await this.describe(key);
    const name = this.element?.name ?? '';
    this.body.replace({
      element: key ? { key: this.element.key } : {},
      name: this.body.value.name || name,
      tags: this.body.value.tags ?? [],
      configuration: Object.fromEntries(kept),
    });
  }

  async #chosen(event) {
    try {
      this.error = null;
      await this.#choose(event.target.value);
    } catch (error) {
      this.error = error;
      this.app.draw();
    }
  }

  async #create(dryRun) {
    const created = await this.send('POST', ['instances']);
    if (!created) return;
    this.created = true;
    this.app.say(`${created.name} is created and polls at once.`, created.warnings);
    if (dryRun) dryRunOnce(created.id);
    this.app.go(`#/instances/${created.id}${dryRun ? '/dry-run' : ''}`);
  }

  render() {
    const submit = (event) => {
      event.preventDefault();
      this.#create(false);
    };
    return html`<h1>New instance</h1>
      ${this.elements === null
        ? html`<p aria-busy="true">Loading</p>`
        : html`<form class="instance-form" novalidate @submit=${submit}>
            <div>
              ${refusal(this.error)} ${this.body.summary()} ${this.#picker()} ${this.element ? this.fields(false) : nothing}
              ${this.element
                ? html`<div class="actions sticky">
                    <button type="submit" ?disabled=${this.saving} aria-busy=${this.saving}>Create</button>
                    <button type="button" class="secondary" ?disabled=${this.saving} @click=${() => this.#create(true)}>Create and dry run</button>
                  </div>`
                : nothing}
            </div>
            ${this.element ? this.body.json(false) : nothing}
          </form>`}`;
  }

  #picker() {
    const chosen = this.body.get(['element', 'key']) ?? '';
    const hubs = Map.groupBy(this.elements, (element) => element.hub ?? '');
    const about = this.elements.find((element) => element.key === chosen);
    return html`<section>
      <div class="field">
        <label for="element">Kind of API</label>
        <select id="element" @change=${(e) => this.#chosen(e)}>
          <option value="" .selected=${!chosen}>choose</option>
          ${[...hubs.keys()].sort().map(
            (hub) => html`<optgroup label=${hub}>
              ${hubs.get(hub).map((e) => html`<option value=${e.key} .selected=${e.key === chosen}>${e.name}</option>`)}
            </optgroup>`,
          )}
        </select>
        ${about
          ? html`<small>${about.description} <a href="docs/elements/${encodeURIComponent(about.key)}" target="_blank">Guide</a>${about.unverified ? ' Partly unverified: make a dry run before you rely on it.' : ''}</small>`
          : html`<small>Yours is not listed? Take <b>REST API</b>.</small>`}
      </div>
    </section>`;
  }
}

/** The tab Configuration of an instance. */
export class EditInstance extends InstanceForm {
  /** What is typed here is not loaded over. */
  period = 15000;
  #loaded = false;

  constructor(app, of) {
    super(app, {});
    this.of = of;
  }

  async load() {
    if (this.#loaded) return;
    this.#take(this.of.instance);
    try {
      await this.describe(this.of.instance.element.key);
    } catch (error) {
      if (error.status !== 404) throw error;
      this.error = { message: `Element ${this.of.instance.element.key} is no longer in the catalogue; only its JSON can be shown.` };
    }
    this.#loaded = true;
  }

  /** The body that would be sent to get this instance. */
  #take(instance) {
    const configuration = { ...instance.configuration };
    const [, poller] = POLLER;
    try {
      configuration[poller] = configuration[poller] === undefined ? undefined : JSON.parse(configuration[poller]);
    } catch {
      // an older form that is no JSON: shown as it is
    }
    this.body.replace({ element: { key: instance.element.key }, name: instance.name, tags: instance.tags, configuration });
  }

  async #save(event) {
    event.preventDefault();
    const saved = await this.send('PUT', ['instances', this.of.id]);
    if (!saved) return;
    this.of.instance = saved;
    this.#take(saved);
    this.app.say('Saved. Polls go on from where they stood.', saved.warnings);
    this.app.reload();
  }

  render() {
    if (!this.#loaded) return html`<p aria-busy="true">Loading</p>`;
    const { instance } = this.of;
    const locked = Boolean(instance.file);
    return html`${locked ? html`<div class="box warn"><p>It is described by <code>${instance.file.name}</code>: change it there. It is read while Watchpost runs.</p></div>` : nothing}
      <form class="instance-form" novalidate @submit=${(e) => this.#save(e)}>
        <div>
          ${refusal(this.error)} ${this.body.summary()} ${this.element ? this.fields(locked) : nothing}
          ${locked
            ? nothing
            : html`<div class="actions sticky">
                <button type="submit" ?disabled=${this.saving} aria-busy=${this.saving}>Save</button>
                <button type="button" class="secondary" @click=${() => this.#take(this.of.instance)}>Discard changes</button>
              </div>`}
          <details>
            <summary>Token and webhook address</summary>
            <p class="soft">The token, for <code>Authorization: .., Element &lt;token&gt;</code></p>
            <pre><code>${instance.token}</code></pre>
            <p class="soft">Where the provider sends its webhooks, if changes come by them</p>
            <pre><code>${new URL(`events/${instance.element.key}/${btoa(instance.id)}`, document.baseURI).href}</code></pre>
          </details>
        </div>
        ${this.body.json(locked)}
      </form>`;
  }
}
