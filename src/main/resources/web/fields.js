// The body of a request as a form and as JSON: one object, so both always say the same.

import { html, nothing } from './lit-html.js';
import { problems } from './parts.js';

const text = (value) =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Texts that are JSON lists or objects become those, as a composite id does. */
function structured(value) {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export class Body {
  /** What the API refused, as path and message. */
  errors = [];
  /** The JSON as typed, while it is not what the form would write; null: it is. */
  #typed = null;
  jsonError = null;
  #shown = new Set();

  constructor(draw, value) {
    this.draw = draw;
    this.value = value;
  }

  replace(value) {
    this.value = value;
    this.#typed = null;
    this.jsonError = null;
    this.errors = [];
    this.draw();
  }

  get(path) {
    return path.reduce((at, key) => (at !== null && typeof at === 'object' ? at[key] : undefined), this.value);
  }

  /** An empty value removes its key, and an object within a resource that becomes empty. */
  set(path, value) {
    const within = path.slice(0, -1);
    let at = this.value;
    for (const key of within) {
      if (at[key] === null || typeof at[key] !== 'object') at[key] = {};
      at = at[key];
    }
    if (value === undefined || value === null || value === '') delete at[path.at(-1)];
    else at[path.at(-1)] = value;
    if (within.length > 3 && !Object.keys(at).length) this.set(within, undefined);
    this.#typed = null;
    this.jsonError = null;
    this.errors = this.errors.filter((error) => !concerns(error, path));
    this.draw();
  }

  /** Puts `value` where `from` was among its siblings, under the name `to`. */
  rename(path, from, to) {
    const entries = Object.entries(this.get(path)).map(([key, value]) => [key === from ? to : key, value]);
    this.set(path, Object.fromEntries(entries));
  }

  #errorsAt(path) {
    return this.errors.filter((error) => concerns(error, path));
  }

  refusedWithin(path) {
    return this.errors.some((error) => error.path.startsWith(`${path.join('.')}.`));
  }

  /** A labelled input for what is at `path`. `secret` hides what is typed; `list` takes a JSON list too. */
  field({ path, label, hint, placeholder, choices, secret, required, list, locked, wide }) {
    const id = `f-${path.join('-').replace(/[^\w-]/g, '_')}`;
    const errors = this.#errorsAt(path);
    const value = text(this.get(path));
    const change = (event) => this.set(path, list ? structured(event.target.value) : event.target.value);
    const described = errors.length ? `${id}-errors` : hint ? `${id}-hint` : nothing;
    const invalid = errors.length ? 'true' : nothing;
    return html`<div class="field ${wide ? 'wide' : ''}">
      <label for=${id}>${label}${required ? html` <span class="needed" aria-hidden="true">*</span>` : nothing}</label>
      ${choices
        ? html`<select id=${id} aria-describedby=${described} aria-invalid=${invalid} ?disabled=${locked} @change=${change}>
            ${options(choices, value)}
          </select>`
        : html`<span class="input"><input id=${id} type=${secret && !this.#shown.has(id) ? 'password' : 'text'} .value=${value}
              placeholder=${placeholder ?? ''} aria-required=${required ? 'true' : nothing} aria-describedby=${described} aria-invalid=${invalid}
              ?disabled=${locked} autocomplete=${secret ? 'new-password' : 'off'} autocapitalize="off" spellcheck="false" @input=${change} />
            ${secret ? this.#eye(id, label) : nothing}</span>`}
      ${errors.length ? html`<div id="${id}-errors" class="error">${errors.map((e) => html`<p>${e.message}</p>`)}</div>` : nothing}
      ${hint ? html`<small id="${id}-hint">${hint}</small>` : nothing}
    </div>`;
  }

  #eye(id, label) {
    const shown = this.#shown.has(id);
    const toggle = () => {
      if (shown) this.#shown.delete(id);
      else this.#shown.add(id);
      this.draw();
    };
    return html`<button type="button" class="small secondary" aria-label="${shown ? 'Hide' : 'Show'} ${label}" aria-pressed=${shown} @click=${toggle}>${shown ? 'Hide' : 'Show'}</button>`;
  }

  checkbox({ path, label, hint, locked }) {
    const errors = this.#errorsAt(path);
    const change = (event) => this.set(path, event.target.checked);
    return html`<div class="field wide">
      <label><input type="checkbox" role="switch" .checked=${text(this.get(path)) === 'true'} ?disabled=${locked}
          aria-invalid=${errors.length ? 'true' : nothing} @change=${change} /> ${label}</label>
      ${errors.map((e) => html`<p class="error">${e.message}</p>`)} ${hint ? html`<small>${hint}</small>` : nothing}
    </div>`;
  }

  json(locked) {
    const value = this.#typed ?? JSON.stringify(this.value, null, 2);
    return html`<div class="field json">
      <label for="json">The same as JSON</label>
      <textarea id="json" rows="24" spellcheck="false" autocomplete="off" ?readonly=${locked} aria-invalid=${this.jsonError ? 'true' : nothing}
        .value=${value} @input=${(event) => this.#type(event.target.value)}></textarea>
      ${this.jsonError ? html`<p class="error" role="alert">${this.jsonError}</p>` : nothing}
    </div>`;
  }

  #type(typed) {
    this.#typed = typed;
    try {
      const value = JSON.parse(typed);
      if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('a JSON object is expected: {...}');
      this.value = value;
      this.jsonError = null;
      this.errors = [];
    } catch (error) {
      this.jsonError = `The form shows the last JSON that could be read: ${error.message}`;
    }
    this.draw();
  }

  /** All that was refused, by path; what has a field is also told there. */
  summary() {
    if (!this.errors.length) return nothing;
    return html`<div class="box bad" role="alert" tabindex="-1" id="refused">
      <p>Not accepted. Nothing was changed.</p>
      ${problems(this.errors)}
    </div>`;
  }
}

/** An error of a path, or of something below it that has no field of its own: `headers.X-Name`. */
function concerns(error, path) {
  const here = path.join('.');
  return error.path === here || error.path.startsWith(`${here}[`);
}

function options(choices, value) {
  const known = choices.some(([key]) => key === value);
  const all = known ? choices : [...choices, [value, value]];
  return all.map(([key, label]) => html`<option value=${key} .selected=${key === value}>${label}</option>`);
}
