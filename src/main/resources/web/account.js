// The account of an instance: the element's own settings, and how it is authenticated.

import { html, nothing } from './lit-html.js';
import { call } from './api.js';
import { refusal } from './parts.js';

const SETTING = 'configuration';
const LABELS = {
  none: 'None',
  basic: 'User and password',
  bearer: 'Bearer token',
  apiKey: 'API key',
  oauth2: 'OAuth2',
};
const KEYS = {
  none: [],
  basic: ['authentication.username', 'authentication.password'],
  bearer: ['authentication.token'],
  apiKey: ['authentication.key', 'authentication.name', 'authentication.in'],
  oauth2: ['oauth.api.key', 'oauth.api.secret', 'oauth.grant', 'oauth.scope', 'oauth.callback.url', 'oauth.authorization.url', 'oauth.token.url', 'authentication.username', 'authentication.password'],
};
const GRANTS = {
  authorization_code: "A person's consent",
  client_credentials: 'Client credentials',
  password: 'User name and password',
};

export class Account {
  /** Where a person consents, once asked for. */
  consent = null;
  error = null;
  busy = false;

  /** @param body of the instance @param element its metadata @param draw after a change */
  constructor(body, element, draw) {
    Object.assign(this, { body, element, draw });
  }

  #value(key) {
    return this.body.get([SETTING, key]);
  }

  #setting(key) {
    return this.element.settings.find((setting) => setting.key === key);
  }

  /** As the API works it out: what is set, else what the keys there speak of. */
  get type() {
    const { authentication } = this.element;
    const set = this.#value('authentication.type');
    if (set) return set;
    if (authentication.includes('oauth2') && this.#value('oauth.api.key')) return 'oauth2';
    if (this.#value('authentication.token')) return 'bearer';
    if (this.#value('authentication.key')) return 'apiKey';
    if (this.#value('authentication.username')) return 'basic';
    return authentication.length === 1 ? authentication[0] : 'none';
  }

  get grant() {
    const offered = this.element.oauth?.grants ?? ['authorization_code'];
    return this.#value('oauth.grant') ?? this.#setting('oauth.grant')?.defaultValue ?? offered[0];
  }

  #choose(type) {
    for (const key of Object.values(KEYS).flat()) {
      if (!KEYS[type]?.includes(key)) this.body.set([SETTING, key], undefined);
    }
    this.body.set(['providerData'], undefined);
    this.consent = null;
    this.body.set([SETTING, 'authentication.type'], type);
  }

  render(locked) {
    const own = this.element.settings.filter((s) => !/^(authentication|oauth|event)\./.test(s.key));
    return html`<div class="grid">${own.sort((a, b) => b.required - a.required).map((s) => this.#own(s, locked))}</div>
      ${this.#types(locked)} ${this.#credentials(locked)}`;
  }

  #own(setting, locked) {
    return this.body.field({
      path: [SETTING, setting.key],
      label: setting.key,
      hint: setting.description,
      placeholder: setting.defaultValue ?? (setting.secret ? '' : setting.example),
      choices: setting.choices?.length ? [['', setting.defaultValue ? `${setting.defaultValue} (default)` : 'choose'], ...setting.choices.map((c) => [c, c])] : undefined,
      secret: setting.secret,
      required: setting.required && !setting.defaultValue,
      locked,
    });
  }

  #types(locked) {
    const types = this.element.authentication;
    if (types.length < 2) return nothing;
    const all = types.includes('none') ? types : ['none', ...types];
    return html`<div class="field">
      <label for="authentication">Authentication</label>
      <select id="authentication" ?disabled=${locked} @change=${(e) => this.#choose(e.target.value)}>
        ${all.map((t) => html`<option value=${t} .selected=${t === this.type}>${types.includes(t) ? LABELS[t] ?? t : 'choose'}</option>`)}
      </select>
    </div>`;
  }

  #credentials(locked) {
    const field = (key, label, more = {}) => {
      const known = this.#setting(key);
      return this.body.field({ path: [SETTING, key], label, hint: known?.description, placeholder: known?.defaultValue ?? undefined, locked, ...more });
    };
    const secret = { secret: true, required: true };
    switch (this.type) {
      case 'basic':
        return html`<div class="grid">${field('authentication.username', 'User name', { required: true })}
          ${field('authentication.password', 'Password', { secret: true })}</div>`;
      case 'bearer':
        return html`<div class="grid">${field('authentication.token', 'Token', secret)}</div>`;
      case 'apiKey':
        return html`<div class="grid">${field('authentication.key', 'API key', secret)}
          ${field('authentication.name', 'Its header or parameter', { placeholder: this.#setting('authentication.name')?.defaultValue ?? 'X-API-Key' })}
          ${field('authentication.in', 'Where it goes', { choices: [['', 'header (default)'], ['header', 'header'], ['query', 'query']] })}</div>`;
      case 'oauth2':
        return this.#oauth(field, locked);
      default:
        return nothing;
    }
  }

  #oauth(field, locked) {
    const server = this.element.oauth;
    const grants = server?.grants ?? Object.keys(GRANTS);
    const consent = this.grant === 'authorization_code';
    return html`<div class="grid">
        ${field('oauth.api.key', 'Client id', { required: true })} ${field('oauth.api.secret', 'Client secret', { secret: true })}
        ${grants.length > 1
          ? field('oauth.grant', 'Grant', { choices: [['', `${GRANTS[grants[0]]} (default)`], ...grants.map((g) => [g, GRANTS[g] ?? g])] })
          : nothing}
        ${field('oauth.scope', 'Scope', { placeholder: server?.scope ?? '' })}
        ${consent ? field('oauth.callback.url', 'Callback url', { required: true, hint: 'Where the provider sends the person back to, as registered with it' }) : nothing}
        ${consent && !server ? field('oauth.authorization.url', 'Authorization url', { required: true }) : nothing}
        ${server ? nothing : field('oauth.token.url', 'Token url', { required: true })}
        ${this.grant === 'password' ? html`${field('authentication.username', 'User name')} ${field('authentication.password', 'Password', { secret: true })}` : nothing}
      </div>
      ${consent && !locked ? this.#consentStep() : nothing}`;
  }

  #consentStep() {
    const code = (event) => {
      const typed = event.target.value.trim();
      // the whole address that the person was sent back to does too
      const found = /[?&]code=([^&#]+)/.exec(typed);
      this.body.set(['providerData', 'code'], found ? decodeURIComponent(found[1]) : typed);
      this.body.set(['providerData', 'codeVerifier'], this.consent?.codeVerifier);
      if (!typed) this.body.set(['providerData'], undefined);
    };
    const opened = /^https?:/.test(this.consent?.oauthUrl ?? '');
    return html`<div class="steps">
      <p>A person consents on the provider's page and comes back to the callback url with a code.</p>
      <p>
        <button type="button" class="small secondary" ?disabled=${this.busy} aria-busy=${this.busy} @click=${() => this.#ask()}>1. Get the page's address</button>
        ${opened ? html`<a href=${this.consent.oauthUrl} target="_blank" rel="noopener noreferrer">2. Open ${new URL(this.consent.oauthUrl).host}</a>` : nothing}
      </p>
      ${refusal(this.error)}
      <div class="field">
        <label for="code">3. Code, or the whole address you came back to</label>
        <input id="code" autocomplete="off" spellcheck="false" .value=${this.body.get(['providerData', 'code']) ?? ''} @input=${code} />
        <small>It is exchanged when you save. A code is good once, and for a short time.</small>
      </div>
    </div>`;
  }

  /** Sends the settings the address may depend on; no secret is among them. */
  async #ask() {
    const secret = (key) => this.#setting(key)?.secret || /secret|password|token$|\.key$/.test(key);
    const sent = { apiKey: this.#value('oauth.api.key') ?? '', callbackUrl: this.#value('oauth.callback.url') ?? '' };
    for (const [key, value] of Object.entries(this.body.get([SETTING]) ?? {})) {
      if (typeof value === 'string' && !key.startsWith('event.') && !secret(key)) sent[key] = value;
    }
    Object.assign(this, { busy: true, error: null, consent: null });
    this.draw();
    try {
      this.consent = (await call('POST', ['elements', this.element.key, 'oauth', 'url'], { body: sent })).data;
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
    this.draw();
  }
}
