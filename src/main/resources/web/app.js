// The frame: who is signed in, which view the address names, and its refreshing.

import { html, nothing, render } from './lit-html.js';
import { call, session } from './api.js';
import { Overview } from './overview.js';
import { InstanceView } from './instance.js';
import { NewInstance } from './form.js';
import { refusal } from './parts.js';

const root = document.getElementById('page');
const TICK = 1000;

let view = null;
/** A new instance that someone has begun: it is there when they come back. */
let begun = null;
/** The view that is being loaded, and whether it is to be loaded once more after that. */
let loading = null;
let onceMore = false;
let trouble = null;
let signIn = { error: null, busy: false };
let notice = null;
let timer = null;
let drawn = true;

/** What views are given. */
const app = {
  draw() {
    if (!drawn) return;
    drawn = false;
    queueMicrotask(() => {
      drawn = true;
      draw();
    });
  },
  /** Says what was done, for those who see it and those who hear it. Warnings stay until dismissed. */
  say(text, warnings = []) {
    notice = { text, warnings, until: warnings.length ? Infinity : Date.now() + 8000 };
    app.draw();
  },
  go(hash) {
    location.hash = hash;
  },
  reload: () => load(),
};

/** #/ the instances, #/new[/element], #/instances/7[/tab]. */
function viewOf(hash) {
  const [kind, id, tab, resource] = hash.replace(/^#?\/?/, '').split('/').map(decodeURIComponent);
  if (kind === 'new') {
    if (!begun || begun.created || (id && id !== begun.asked)) begun = new NewInstance(app, id);
    return begun;
  }
  if (kind === 'instances' && /^\d+$/.test(id ?? '')) {
    if (view instanceof InstanceView && view.id === Number(id)) {
      view.open(tab, resource);
      return view;
    }
    return new InstanceView(app, Number(id), tab, resource);
  }
  return new Overview(app);
}

function route() {
  if (!session.get()) {
    view = null;
    app.draw();
    return;
  }
  const next = viewOf(location.hash);
  const moved = view !== null && next !== view;
  view = next;
  trouble = null;
  load();
  if (moved) {
    window.scrollTo(0, 0);
    queueMicrotask(() => root.querySelector('main')?.focus({ preventScroll: true }));
  }
}

/**
 * Loads what the view shows, and again after its period; a tab nobody sees waits. One load at a
 * time, so that an older answer never takes the place of a newer one.
 */
async function load() {
  clearTimeout(timer);
  app.draw();
  if (!view) return;
  if (view === loading) {
    onceMore = true;
    return;
  }
  const mine = view;
  loading = mine;
  let wait = 0;
  do {
    onceMore = false;
    wait = await loaded(mine);
  } while (onceMore && view === mine);
  if (loading === mine) loading = null;
  app.draw();
  if (view === mine && wait) timer = setTimeout(again, wait);
}

/** @returns milliseconds until the next time; 0: never */
async function loaded(mine) {
  try {
    await mine.load();
    if (view === mine) trouble = null;
    return mine.period ?? 0;
  } catch (error) {
    if (view !== mine) return 0;
    if (error.status === undefined) console.error(error);
    if (error.status === 401) {
      signOut(`You were signed out: ${error.message}`);
      return 0;
    }
    trouble = error;
    return Math.max(mine.period ?? TICK * 10, error.retryAfter * 1000);
  }
}

function again() {
  if (document.hidden) timer = setTimeout(again, TICK);
  else load();
}

function signOut(message) {
  session.clear();
  signIn = { error: message ? { message } : null, busy: false };
  view = null;
  begun = null;
  notice = null;
  clearTimeout(timer);
  app.draw();
}

async function submitSignIn(event) {
  event.preventDefault();
  const form = event.target;
  const secrets = { user: form.elements.user.value.trim(), organization: form.elements.organization.value.trim() };
  signIn = { error: null, busy: true };
  app.draw();
  try {
    await call('GET', ['instances'], { query: { pageSize: 1 }, secrets });
    session.set(secrets);
    signIn = { error: null, busy: false };
    route();
  } catch (error) {
    const message =
      error.status === 401
        ? 'These secrets were not accepted. Watchpost printed both at its first start and keeps them in data/credentials.properties.'
        : error.message;
    signIn = { error: { message }, busy: false };
    app.draw();
    queueMicrotask(() => form.elements.user.focus());
  }
}

const signInPage = () => html`<main class="lone">
  <h1>Watchpost</h1>
  <p class="soft">Watches REST APIs and POSTs what changed.</p>
  <form @submit=${submitSignIn}>
    ${refusal(signIn.error)}
    <label>User secret <input name="user" type="password" required autocomplete="current-password" autofocus /></label>
    <label>Organization secret <input name="organization" type="password" required autocomplete="off" /></label>
    <button ?disabled=${signIn.busy} aria-busy=${signIn.busy}>Sign in</button>
  </form>
  <p class="soft">Both were printed at the first start and are kept in <code>data/credentials.properties</code> of the
    directory Watchpost was started in. They stay in this tab.</p>
  <p><a href="docs">Guides</a> · <a href="openapi.json">openapi.json</a></p>
</main>`;

const noticeBox = () => {
  if (!notice || notice.until < Date.now()) return nothing;
  const close = () => {
    notice = null;
    app.draw();
  };
  return html`<div class="box ${notice.warnings.length ? 'warn' : 'good'}">
    <button class="close" aria-label="Dismiss" @click=${close}>×</button>
    <p>${notice.text}</p>
    ${notice.warnings.length
      ? html`<ul class="problems">${notice.warnings.map((w) => html`<li><code>${w.path}</code> ${w.message}</li>`)}</ul>`
      : nothing}
  </div>`;
};

const frame = () => html`<header class="bar">
    <nav aria-label="Watchpost">
      <a class="brand" href="#/">Watchpost</a>
      <a href="#/">Instances</a>
      <a href="#/new">New instance</a>
      <span class="grow"></span>
      <a href="docs">Guides</a>
      <a href="openapi.json">openapi.json</a>
      <button class="small secondary" @click=${() => signOut()}>Sign out</button>
    </nav>
  </header>
  <main class="page" tabindex="-1">
    <div aria-live="polite">${noticeBox()}</div>
    ${refusal(trouble)} ${view.render()}
  </main>`;

function draw() {
  document.title = view ? `${view.title} - Watchpost` : 'Watchpost';
  render(view ? frame() : signInPage(), root);
}

window.addEventListener('hashchange', route);
// relative times go on
setInterval(() => document.hidden || app.draw(), TICK);
root.replaceChildren();
route();
