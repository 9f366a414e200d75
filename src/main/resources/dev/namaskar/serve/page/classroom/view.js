// The classroom: a network unrolled over a word, told step by step, trained by the server.

import { choice, number } from '../lib/address.js';
import { lineChart, colour } from '../lib/chart.js';
import { choices, element, say, slider, wide } from '../lib/dom.js';
import { count, figure } from '../lib/format.js';
import { get } from '../lib/server.js';
import { drawDecay } from './decay.js';
import { moments, sentence } from './lesson.js';
import { numbers } from './numbers.js';
import { draw } from './unrolled.js';

const CELLS = [['rnn', 'tanh'], ['gru', 'GRU'], ['lstm', 'LSTM']];
const WORD = 'namaskar';
const RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const MOST_UPDATES = 5000;

/** Opens the view in a host element; returns what closes it. */
export function open(host, place) {
  const asked = {
    word: place.settings.get('word') ?? WORD,
    cell: choice(place.settings, 'cell', CELLS.map(([name]) => name)),
    hidden: number(place.settings, 'hidden', 6, 1, 16),
    rate: number(place.settings, 'rate', 0.5, 0, 10),
    updates: number(place.settings, 'updates', 0, 0, MOST_UPDATES),
    seed: number(place.settings, 'seed', 1, 0, 1e9),
  };
  let at = number(place.settings, 'at', 1, 1, 64) - 1;
  let lesson = null;
  let asking = null;

  const told = element('p', { class: 'told', 'aria-live': 'polite', 'data-part': 'told' });
  const picture = wide('The network, unrolled');
  const tables = element('div', { class: 'columns' });
  const decayText = element('p', { class: 'hint' });
  const decayPicture = wide('The gradient, step by step');
  const standing = element('p', { class: 'hint', 'data-part': 'standing' });
  const curve = element('div');
  const chart = lineChart(curve, { label: 'Loss over the updates', height: 170, format: figure });
  const word = element('input', {
    type: 'text', id: 'word', value: asked.word, maxlength: 16, size: 12, spellcheck: 'false', autocapitalize: 'off',
    oninput: () => change({ word: word.value, updates: 0 }),
  });
  const order = (words, label, action, kind = '') =>
    element('button', { class: kind, 'aria-label': label, title: label, onclick: action }, words);
  const steps = [
    order('«', 'To the beginning', () => go(0)),
    order('‹ back', 'One moment back (left arrow)', () => go(at - 1)),
    order('step ›', 'One moment on (right arrow)', () => go(at + 1), 'main'),
    order('»', 'To the end', () => go(Infinity)),
  ];
  const training = [1, 10, 100].map((n) =>
    order(`train ${n}×`, `Train ${n} updates`, () => change({ updates: Math.min(MOST_UPDATES, asked.updates + n) })));
  const afresh = order('afresh', 'Begin with fresh parameters', () => change({ updates: 0 }));

  host.append(
    element('h1', { class: 'skip' }, 'Classroom'),
    element('section', { class: 'card', 'aria-labelledby': 'unrolled-title' },
      element('h2', { id: 'unrolled-title' }, 'A recurrent network, unrolled over a word'),
      element('p', { class: 'hint' }, 'At each step the network reads a letter and what it remembers of those before it,'
        + ' and predicts the next. Blue is below 0, orange above. Behind the last step the way leads back: the gradient of'
        + ' the loss, arrows as wide as it is large.'),
      element('div', { class: 'bar' },
        element('div', { class: 'field' }, element('label', { for: 'word' }, 'Word'), word),
        choices('Cell', CELLS, asked.cell, (cell) => change({ cell, updates: 0 })),
        slider('Units', { id: 'hidden', min: 1, max: 16, step: 1, value: asked.hidden,
          changed: (hidden) => change({ hidden, updates: 0 }) })),
      element('div', { class: 'bar', role: 'group', 'aria-label': 'Steps' },
        element('div', { class: 'orders' }, steps), told),
      picture),
    tables,
    element('section', { class: 'card', 'aria-labelledby': 'train-title' },
      element('h2', { id: 'train-title' }, 'Train it'),
      element('div', { class: 'bar' },
        slider('Learning rate', { id: 'rate', min: 0, max: RATES.length - 1, step: 1, value: nearest(asked.rate),
          shown: (i) => String(RATES[i]), changed: (i) => change({ rate: RATES[i], updates: 0 }) }),
        element('div', { class: 'orders' }, training, afresh)),
      standing, curve),
    element('section', { class: 'card', 'aria-labelledby': 'decay-title' },
      element('h2', { id: 'decay-title' }, 'What is left of the last step’s gradient, further and further back'),
      decayText, decayPicture,
      element('p', { class: 'hint' }, 'Bars on a logarithmic axis. A tanh network multiplies the gradient by its weights'
        + ' and slopes at every step back; the gates of GRU and LSTM can let it through.')),
  );

  function nearest(rate) {
    return RATES.reduce((best, value, i) => (Math.abs(value - rate) < Math.abs(RATES[best] - rate) ? i : best), 0);
  }

  function change(settings) {
    Object.assign(asked, settings);
    for (const name of Object.keys(settings)) place.set(name, asked[name]);
    load();
  }

  async function load() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await get(`classroom?${new URLSearchParams(asked)}`, signal);
      if (signal.aborted) return;
      lesson = found;
      place.fail('');
      show();
    } catch (error) {
      if (!signal.aborted) place.fail(error.message);
    }
  }

  function go(to) {
    if (!lesson) return;
    at = Math.max(0, Math.min(moments(lesson.steps.length).length - 1, to));
    place.set('at', at + 1);
    show();
  }

  function show() {
    const all = moments(lesson.steps.length);
    at = Math.min(at, all.length - 1);
    const moment = all[at];
    say(told, sentence(lesson, moment));
    picture.replaceChildren(draw(lesson, moment, (t) => go(all.findIndex((m) => m.t === t && m.way === moment.way))));
    picture.scrollLeft = (picture.scrollWidth * (moment.t + 0.5)) / lesson.steps.length - picture.clientWidth / 2;
    tables.replaceChildren(...numbers(lesson, moment).map((table) => element('div', { class: 'card' }, table)));
    const [text, bars] = drawDecay(lesson);
    say(decayText, text);
    decayPicture.replaceChildren(bars);
    say(standing, `${count(lesson.updates)} updates; loss ${figure(lesson.loss)} nats a letter`
      + ` (guessing evenly: ${figure(Math.log(lesson.letters.length))})`);
    steps[0].disabled = steps[1].disabled = at === 0;
    steps[2].disabled = steps[3].disabled = at === all.length - 1;
    training.forEach((button) => { button.disabled = asked.updates >= MOST_UPDATES; });
    curve.hidden = lesson.updates === 0;
    if (!curve.hidden) {
      const line = { label: 'loss', stroke: colour('accent'), width: 2, points: { show: false } };
      const columns = [0, 1].map((i) => lesson.losses.map((point) => point[i]));
      chart.show([columns], [line], false);
    }
  }

  function key(event) {
    if (event.target.closest('input, textarea, select, .chart') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight') go(at + 1);
    else if (event.key === 'ArrowLeft') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(Infinity);
    else return;
    event.preventDefault();
  }

  document.addEventListener('keydown', key);
  load();
  return () => {
    document.removeEventListener('keydown', key);
    asking?.abort();
    chart.close();
  };
}
