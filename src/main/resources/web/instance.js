// One instance: how it fares, its events and polls, and its configuration.

import { html, nothing } from './lit-html.js';
import { call, get } from './api.js';
import { badge, confirmed, problems, refusal, stateBadge, stateOf, when } from './parts.js';
import { Resources } from './resources.js';
import { DryRun } from './dryrun.js';
import { Events } from './events.js';
import { PollHistory } from './polls.js';
import { EditInstance } from './form.js';

const TABS = {
  resources: { label: 'Resources', view: Resources },
  'dry-run': { label: 'Dry run', view: DryRun },
  events: { label: 'Events', view: Events },
  polls: { label: 'Polls', view: PollHistory },
  configuration: { label: 'Configuration', view: EditInstance },
};

export class InstanceView {
  instance = null;
  records = [];
  loadedAt = 0;
  error = null;
  busy = null;
  #tabs = {};

  constructor(app, id, tab, resource) {
    this.app = app;
    this.id = id;
    this.open(tab, resource);
  }

  /** @param resource that the tab is to show, where it shows one; undefined: as it is */
  open(tab, resource) {
    this.tab = tab in TABS ? tab : 'resources';
    if (resource) this.current.resource = resource;
  }

  get title() {
    return this.instance?.name ?? `Instance ${this.id}`;
  }

  get period() {
    return this.current.period ?? 3000;
  }

  get current() {
    return (this.#tabs[this.tab] ??= new TABS[this.tab].view(this.app, this));
  }

  async load() {
    const [instance, records] = await Promise.all([
      get(['instances', this.id]),
      get(['instances', this.id, 'event-poller-records'], { pageSize: 2000 }),
    ]);
    this.instance = instance.data;
    this.records = records.data;
    this.loadedAt = Date.now();
    await this.current.load?.();
  }

  /** Does something to the instance that takes a moment; what it refuses is shown. `work` may return where to go then. */
  async act(what, work) {
    this.busy = what;
    this.error = null;
    this.app.draw();
    let next;
    try {
      next = await work();
    } catch (error) {
      if (error.status === undefined) console.error(error);
      this.error = error;
    }
    this.busy = null;
    if (next) this.app.go(next);
    else this.app.reload();
  }

  /** @param resource undefined: all */
  poll(resource) {
    return this.act('poll', async () => {
      const { data } = await call('POST', ['instances', this.id, 'poll'], { query: { resource } });
      const failed = data.filter((report) => report.error);
      if (failed.length) {
        this.error = { message: 'The poll failed:', errors: failed.map((r) => ({ path: r.resource, message: r.error })) };
      } else {
        this.app.say(data.length ? `Polled. ${data.map(outcome).join(' ')}` : 'There is nothing to poll.');
      }
    });
  }

  setEnabled(enabled) {
    return this.act('enable', async () => {
      await call(enabled ? 'PUT' : 'DELETE', ['instances', this.id, 'enabled']);
      this.app.say(enabled ? 'Enabled: it catches up from where it stood.' : 'Disabled: events that wait are kept.');
    });
  }

  async remove() {
    const yes = await confirmed({
      title: `Delete ${this.instance.name}?`,
      text: 'Its polls end, and all that is known of its resources and its events is deleted with it, those that wait included. This cannot be undone.',
      action: 'Delete instance',
    });
    if (!yes) return;
    await this.act('delete', async () => {
      await call('DELETE', ['instances', this.id]);
      this.app.say(`${this.instance.name} is deleted.`);
      return '#/';
    });
  }

  render() {
    if (!this.instance) return html`<p aria-busy="true">Loading</p>`;
    const { instance } = this;
    const state = stateOf(instance, this.records);
    return html`<p class="crumb"><a href="#/">Instances</a> /</p>
      <div class="head">
        <h1>${instance.name}</h1>
        ${this.#actions()}
      </div>
      <p class="facts">
        ${stateBadge(state)} <a href="docs/elements/${encodeURIComponent(instance.element.key)}">${instance.element.name}</a>
        <span>id ${instance.id}</span>
        ${instance.file ? badge('plain', `file ${instance.file.name}`) : nothing} ${instance.tags.map((tag) => badge('plain', tag))}
        <span class="soft">created ${when(instance.createdDate)}</span>
      </p>
      ${state.why ? html`<p class="soft">${state.why}</p>` : nothing}
      ${instance.problems?.length ? html`<div class="box bad">${problems(instance.problems)}</div>` : nothing}
      ${refusal(this.error)}
      <nav class="tabs" aria-label="Of this instance">
        ${Object.entries(TABS).map(
          ([key, tab]) =>
            html`<a href="#/instances/${this.id}/${key}" aria-current=${key === this.tab ? 'page' : nothing}>${tab.label}</a>`,
        )}
      </nav>
      <section><h2 class="hidden">${TABS[this.tab].label}</h2>${this.current.render()}</section>`;
  }

  #actions() {
    const { instance } = this;
    const off = instance.disabled;
    const busy = this.busy !== null;
    return html`<div class="actions">
      <button class="small" ?disabled=${busy || off || !instance.eventsEnabled} aria-busy=${this.busy === 'poll'} @click=${() => this.poll()}>Poll now</button>
      <a role="button" class="small secondary" href="#/instances/${this.id}/dry-run">Dry run</a>
      <button class="small secondary" ?disabled=${busy || instance.file?.removed} @click=${() => this.setEnabled(off)}>${off ? 'Enable' : 'Disable'}</button>
      <button class="small secondary danger" ?disabled=${busy || (instance.file && !instance.file.removed)}
        title=${instance.file ? 'It is described by a file: remove the file' : nothing} @click=${() => this.remove()}>Delete</button>
    </div>`;
  }
}

const outcome = (report) =>
  `${report.resource}: ${report.records} records, ${report.created} created, ${report.updated} updated, ${report.deleted} deleted.`;

