// What is polled: the resources of a poller configuration.

import { html, nothing } from './lit-html.js';

export const POLLER = ['configuration', 'event.poller.configuration'];
const PAGING = {
  link: { label: 'Link header (RFC 8288)', fields: [] },
  page: { label: 'page number', fields: ['parameter', 'first'] },
  offset: { label: 'offset', fields: ['parameter'] },
  cursor: { label: 'cursor', fields: ['parameter', 'path', 'header'] },
  nextUrl: { label: 'next url in the answer', fields: ['path'] },
  lastId: { label: 'id of the last record', fields: ['parameter'] },
};
const PAGING_FIELDS = {
  parameter: 'Query parameter',
  first: 'First page',
  path: 'Path in the answer, such as meta.next',
  header: 'Or header of the answer',
};
const DELETES = {
  sweep: 'sweep: missing from the full list',
  deletedField: 'a field of the record says so',
  deletedDateField: 'a date of the record says so',
  deletedUrl: 'a listing of deleted ones',
};

export class ResourceForm {
  #adding = '';

  constructor(body, element) {
    Object.assign(this, { body, element });
  }

  render(locked) {
    const configuration = this.body.get(POLLER);
    const defaults = Object.keys(this.element.pollerConfiguration);
    if (configuration !== undefined && (configuration === null || typeof configuration !== 'object')) {
      return html`<p class="soft">It is written as a text; edit it in the JSON.</p>`;
    }
    return html`${defaults.length ? this.#whose(configuration, defaults, locked) : nothing}
      ${configuration || !defaults.length ? this.#own(configuration ?? {}, locked) : nothing}`;
  }

  #whose(configuration, defaults, locked) {
    const choose = (own) => () => this.body.set(POLLER, own ? structuredClone(this.element.pollerConfiguration) : undefined);
    return html`<fieldset>
      <legend class="hidden">Whose poller configuration</legend>
      <label><input type="radio" name="whose" .checked=${!configuration} ?disabled=${locked} @change=${choose(false)} />
        What the element polls by default: ${defaults.join(', ')}</label>
      <label><input type="radio" name="whose" .checked=${Boolean(configuration)} ?disabled=${locked} @change=${choose(true)} />
        A configuration of this instance, which begins as a copy of that</label>
    </fieldset>`;
  }

  #own(configuration, locked) {
    const names = Object.keys(configuration);
    const add = () => {
      const name = this.#adding.trim();
      if (!name || names.includes(name)) return;
      this.#adding = '';
      this.body.set([...POLLER, name], { url: `/${name}`, idField: 'id' });
    };
    const adding = (event) => {
      this.#adding = event.target.value;
      this.body.draw();
    };
    return html`${names.map((name) => this.#resource(name, configuration[name], locked))}
      ${locked
        ? nothing
        : html`<div class="field">
            <label for="add-resource">${names.length ? 'Another resource' : 'Name of the first resource'}</label>
            <span class="input"><input id="add-resource" placeholder="customers" autocomplete="off" spellcheck="false" .value=${this.#adding} @input=${adding}
                @keydown=${(e) => e.key === 'Enter' && (e.preventDefault(), add())} />
              <button type="button" class="small secondary" ?disabled=${!this.#adding.trim()} @click=${add}>Add resource</button></span>
            <small>What its events are named after, in <code>objectType</code></small>
          </div>`}`;
  }

  #resource(name, resource, locked) {
    const at = (...path) => [...POLLER, name, ...path];
    const field = (path, label, more = {}) => this.body.field({ path: at(...path), label, locked, ...more });
    if (resource === null || typeof resource !== 'object') return html`<p class="soft">${name} is no object; edit it in the JSON.</p>`;
    const open = Object.keys(this.body.get(POLLER)).length === 1 || this.body.refusedWithin(at());
    return html`<details class="resource-form" ?open=${open}>
      <summary><b>${name}</b> <span class="soft">${typeof resource.url === 'string' ? resource.url : ''}</span></summary>
      ${locked ? nothing : this.#name(name)}
      ${field(['url'], 'Url', { required: true, wide: true, placeholder: "/customers?updated_since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}", hint: html`Where the records are listed, absolute or after the base url. Date tokens such as <code>$\{gmtDate:yyyy-MM-dd}</code> stand for the start of what is asked for.` })}
      <div class="grid">
        ${field(['idField'], 'Id field', { required: true, list: true, placeholder: 'id', hint: 'Path of the id, or a JSON list of paths' })}
        ${field(['recordsPath'], 'Records path', { placeholder: 'found by itself', hint: 'Where the list stands in the answer' })}
      </div>
      <div class="grid three">${this.#date('updated', 'Updated', field)}</div>
      <div class="grid three">${this.#date('created', 'Created', field)}</div>
      ${this.#paging(at, field, locked)} ${this.#deletes(at, field, locked)}
      <div class="grid three">
        ${field(['refresh_interval'], 'Minutes between polls', { placeholder: "the instance's" })}
        ${field(['startFrom'], 'Changes count from', { placeholder: 'now', hint: 'now, beginning, or an instant' })}
        ${field(['detectBy'], 'Changed when', { choices: [['', 'as the dates suggest'], ['dates', 'the updated date is newer'], ['content', 'the content differs'], ['both', 'either']] })}
      </div>
      ${this.body.checkbox({ path: at('complete'), label: 'The url always lists everything that exists', locked })}
      <p class="soft">Further settings, such as <code>method</code>, <code>headers</code>, <code>body</code>, <code>overlap</code> or <code>keepRecords</code>, go into the JSON.</p>
    </details>`;
  }

  #name(name) {
    const rename = (event) => {
      const to = event.target.value.trim();
      if (to && to !== name && !(to in this.body.get(POLLER))) this.body.rename(POLLER, name, to);
      else event.target.value = name;
    };
    const copy = () => {
      let to = `${name}-copy`;
      while (to in this.body.get(POLLER)) to += '-copy';
      this.body.set([...POLLER, to], structuredClone(this.body.get([...POLLER, name])));
    };
    const id = `name-${name.replace(/[^\w-]/g, '_')}`;
    return html`<div class="field">
      <label for=${id}>Name</label>
      <span class="input"><input id=${id} autocomplete="off" spellcheck="false" .value=${name} @change=${rename} />
        <button type="button" class="small secondary" aria-label="Copy ${name}" @click=${copy}>Copy</button>
        <button type="button" class="small secondary danger" aria-label="Remove ${name}" @click=${() => this.body.set([...POLLER, name], undefined)}>Remove</button></span>
    </div>`;
  }

  #date(kind, label, field) {
    return html`${field(['datesConfiguration', `${kind}DateField`], `${label} date field`, { placeholder: `${kind}_at` })}
      ${field(['datesConfiguration', `${kind}DateFormat`], 'Its format', { placeholder: 'detected' })}
      ${field(['datesConfiguration', `${kind}DateTimezone`], 'Its time zone', { placeholder: 'UTC' })}`;
  }

  #paging(at, field, locked) {
    const paging = this.body.get(at('pagination'));
    const type = (typeof paging === 'string' ? paging : paging?.type) ?? '';
    const size = paging?.sizeParameter;
    const choose = (event) =>
      this.body.set(at('pagination'), event.target.value ? { type: event.target.value, ...(size ? { sizeParameter: size } : {}) } : undefined);
    return html`<div class="grid three">
      ${select(`${at('pagination').join('-')}`, 'Paging', { '': 'none: one page', ...labels(PAGING) }, type, choose, locked)}
      ${(PAGING[type]?.fields ?? []).map((key) => field(['pagination', key], PAGING_FIELDS[key]))}
      ${type && typeof paging === 'object' ? field(['pagination', 'sizeParameter'], 'Parameter of the page size', { placeholder: 'none' }) : nothing}
      ${type ? field(['pageSize'], 'Page size', { placeholder: "the provider's" }) : nothing}
    </div>`;
  }

  #deletes(at, field, locked) {
    const deletes = this.body.get(at('deletes'));
    const kind = typeof deletes === 'string' ? (deletes === 'none' ? '' : deletes) : (Object.keys(DELETES).find((key) => deletes && key in deletes) ?? '');
    const choose = (event) => {
      const chosen = event.target.value;
      if (chosen !== 'sweep') {
        for (const key of ['sweepUrl', 'sweepInterval', 'sweepConfirmations', 'sweepLimit']) this.body.set(at(key), undefined);
      }
      this.body.set(at('deletes'), !chosen ? undefined : chosen === 'sweep' ? 'sweep' : { [chosen]: EXAMPLES[chosen] });
    };
    return html`<div class="grid three">
      ${select(`${at('deletes').join('-')}`, 'Deleted when', { '': 'not told', ...DELETES }, kind, choose, locked)}
      ${kind === 'sweep'
        ? html`${field(['sweepUrl'], 'Url of the full list', { placeholder: 'the url itself' })} ${field(['sweepInterval'], 'Between sweeps', { placeholder: '24h' })}
            ${field(['sweepConfirmations'], 'Sweeps in a row', { placeholder: '2' })}`
        : nothing}
      ${kind === 'deletedField' ? html`${field(['deletes', 'deletedField'], 'Field')} ${field(['deletes', 'deletedValue'], 'Its value', { list: true, placeholder: 'true' })}` : nothing}
      ${kind === 'deletedDateField'
        ? html`${field(['deletes', 'deletedDateField'], 'Field')} ${field(['deletes', 'deletedDateFormat'], 'Its format', { placeholder: 'detected' })}
            ${field(['deletes', 'deletedDateTimezone'], 'Its time zone', { placeholder: 'UTC' })}`
        : nothing}
      ${kind === 'deletedUrl' ? html`${field(['deletes', 'deletedUrl'], 'Its url')} ${field(['deletes', 'deletedIdField'], 'Id field there', { list: true, placeholder: 'as above' })}` : nothing}
    </div>`;
  }
}

/** What a way to tell deletes begins as: a key without a value would be gone at once. */
const EXAMPLES = { deletedField: 'deleted', deletedDateField: 'deleted_at', deletedUrl: '/deleted' };

const labels = (kinds) => Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, kind.label]));

function select(name, label, choices, value, change, locked) {
  const id = `f-${name.replace(/[^\w-]/g, '_')}-kind`;
  const all = value in choices ? choices : { ...choices, [value]: value };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} ?disabled=${locked} @change=${change}>
      ${Object.entries(all).map(([key, text]) => html`<option value=${key} .selected=${key === value}>${text}</option>`)}
    </select>
  </div>`;
}
