// A model that writes: prompt and temperature in, text as it streams out, each character with its surprise.

import { number } from '../lib/address.js';
import { element, say, slider } from '../lib/dom.js';
import { figure, percent, visible } from '../lib/format.js';
import { events } from '../lib/server.js';
import { characters, meanBits, strength } from './reading.js';
import { unitMap } from './units.js';

/** The panel of a model of text. */
export function textPanel(model, place) {
  const settings = {
    temperature: number(place.settings, 'temperature', 0.8, 0, 2),
    length: number(place.settings, 'length', 300, 1, 4000),
    seed: number(place.settings, 'seed', 1, 0, 1e9),
  };
  let all = [];
  let at = -1;
  let running = null;

  const prompt = element('textarea', {
    id: 'prompt', rows: 3, spellcheck: 'false', oninput: () => place.set('prompt', prompt.value),
  }, place.settings.get('prompt') ?? '');
  const text = element('div', {
    class: 'text written', tabindex: 0, role: 'group', 'aria-label': 'The text; arrow keys go through its characters',
    onkeydown: key,
  });
  const said = element('p', { class: 'readout', 'aria-live': 'polite', 'data-part': 'said' });
  const state = element('p', { class: 'hint', role: 'status', 'data-part': 'state' });
  const write = element('button', { class: 'main', id: 'write', onclick: () => (running ? running.abort() : start()) }, 'Write');
  const again = element('button', { onclick: () => { set('seed', settings.seed + 1); start(); } }, 'Another');

  const units = unitMap(model, place, (values) => {
    all.forEach((one, i) => {
      const { style } = text.children[i];
      style.setProperty('--strength', values ? Math.abs(values[i] ?? 0) : strength(one.bits));
      style.setProperty('--hue', values?.[i] < 0 ? 'var(--accent)' : 'var(--warm)');
    });
  });

  function set(name, value) {
    settings[name] = value;
    place.set(name, value);
  }

  async function start() {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    all = [];
    at = -1;
    text.replaceChildren();
    text.setAttribute('aria-busy', 'true');
    say(write, 'Stop');
    say(said, '');
    say(state, 'writing…');
    place.fail('');
    let end = 'stopped';
    try {
      const body = {
        model, prompt: prompt.value, max_tokens: settings.length, temperature: settings.temperature,
        seed: settings.seed, logprobs: 5, echo: true, stream: true, unknown: 'skip',
      };
      for await (const data of events('v1/completions', body, mine.signal)) {
        if (data === '[DONE]') break;
        const part = JSON.parse(data);
        if (part.error) throw new Error(part.error.message);
        add(characters(part));
        if (part.choices?.[0]?.finish_reason) end = 'done';
      }
    } catch (error) {
      if (!mine.signal.aborted) place.fail(error.message);
    }
    if (running !== mine) return;
    running = null;
    text.removeAttribute('aria-busy');
    units.show(all.map((one) => one.text), true);
    say(write, 'Write');
    const mean = meanBits(all);
    say(state, `${end}: ${all.length} characters${mean === null ? '' : `, ${figure(mean)} bits of surprise each`}`);
  }

  function add(more) {
    const nodes = more.map((one, i) => {
      const index = all.length + i;
      return element('span', {
        'data-index': index, style: { '--strength': strength(one.bits) },
        onpointerenter: () => point(index),
        onclick: () => point(index),
      }, one.text);
    });
    all.push(...more);
    text.append(...nodes);
    units.show(all.map((one) => one.text), false);
  }

  function point(index) {
    text.querySelector('.now')?.classList.remove('now');
    at = index;
    text.children[index].classList.add('now');
    units.point(index);
    const { text: symbol, bits, alternatives } = all[index];
    const others = alternatives.map(([other, p]) => `${visible(other)} ${percent(p)}`).join('  ');
    say(said, bits === null
      ? `${visible(symbol)}: the beginning, which nothing foretold`
      : `${visible(symbol)}: ${figure(bits)} bits; likeliest here: ${others}`);
  }

  function key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 40, ArrowUp: -40 }[event.key];
    if (!step || !all.length) return;
    event.preventDefault();
    point(Math.max(0, Math.min(all.length - 1, at + step)));
  }

  const panel = element('section', { class: 'card', 'aria-labelledby': 'text-title' },
    element('h2', { id: 'text-title' }, 'Let it write'),
    element('div', { class: 'field' }, element('label', { for: 'prompt' }, 'Begin with'), prompt),
    element('div', { class: 'bar' },
      slider('Temperature', { id: 'temperature', min: 0, max: 2, step: 0.05, value: settings.temperature,
        shown: (value) => value.toFixed(2), changed: (value) => set('temperature', value) }),
      slider('Characters', { id: 'length', min: 20, max: 4000, step: 20, value: settings.length,
        changed: (value) => set('length', value) }),
      element('div', { class: 'orders' }, write, again)),
    state, text, said,
    element('p', { class: 'hint' }, 'The more surprising a character was to the model, the more orange lies under it. Point'
      + ' at one, or go through them with the arrow keys, to see what the model expected.'),
    units.element);
  return { element: panel, close: () => { running?.abort(); units.close(); } };
}
