// The page: which views there are, which is shown, and the state in the address.

import { parse, print } from './lib/address.js';
import { element, say } from './lib/dom.js';
import { get, keepToken } from './lib/server.js';

/** Each view's title, and the module that opens it: load().open(host, place) gives a function that closes it. */
const VIEWS = {
  runs: ['Runs', () => import('./watch/view.js')],
  playground: ['Playground', () => import('./play/view.js')],
  classroom: ['Classroom', () => import('./classroom/view.js')],
};

const main = document.getElementById('main');
const alertBox = document.getElementById('alert');
let offered = [];
let shown = null;
let close = () => {};

/** What a view has of the page: its settings, which it changes in the address, and a place for errors. */
function place(view, settings) {
  return {
    settings,
    set(name, value) {
      settings.set(name, value);
      history.replaceState(null, '', print(view, settings));
    },
    fail,
  };
}

/** Says what went wrong; '' takes it away. */
function fail(message) {
  say(alertBox, message);
  alertBox.hidden = message === '';
}

async function show() {
  if (offered.length === 0) {
    const models = element('a', { href: 'v1/models' }, 'the models');
    main.replaceChildren(element('p', { class: 'card' }, 'This server has nothing to look at; it answers programs: ', models));
    return;
  }
  const { view, settings } = parse(location.hash);
  const name = offered.includes(view) ? view : offered[0];
  fail('');
  for (const link of document.querySelectorAll('#views a')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  close();
  close = () => {};
  const [title, load] = VIEWS[name];
  document.title = `${title} · Namaskar`;
  main.replaceChildren();
  const turn = (shown = {});
  const module = await load();
  if (shown !== turn) return;
  close = module.open(main, place(name, settings));
}

/** Asks for the token that the server wants, and begins again. */
function askForToken() {
  const token = element('input', { type: 'password', id: 'token', autocomplete: 'off' });
  main.replaceChildren(
    element(
      'form',
      { class: 'card', onsubmit: (event) => { event.preventDefault(); keepToken(token.value); start(); } },
      element('h1', {}, 'This server wants its token'),
      element('div', { class: 'bar' },
        element('div', { class: 'field' }, element('label', { for: 'token' }, 'Token'), token),
        element('button', { class: 'main' }, 'Open')),
    ),
  );
  token.focus();
}

async function start() {
  try {
    offered = (await get('views')).views;
  } catch (error) {
    if (error.status === 401) askForToken();
    else fail(`The server cannot be reached: ${error.message}`);
    return;
  }
  document.getElementById('views').replaceChildren(
    ...offered.map((name) => element('a', { href: `#${name}`, 'data-view': name }, VIEWS[name][0])),
  );
  document.getElementById('views').hidden = offered.length < 2;
  await show();
}

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', show);
start();
