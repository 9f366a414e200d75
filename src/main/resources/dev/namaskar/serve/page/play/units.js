// The units of the hidden state while a text is read: a row a unit, a column a character; one of them can colour the text.

import { element, say, wide } from '../lib/dom.js';
import { figure, visible } from '../lib/format.js';
import { post } from '../lib/server.js';
import { columns, largest, pixels } from './state.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const ROW = 9;
/** Texts up to so many characters are looked at while they grow; longer ones when they have ended. */
const GROWING = 1000;
/** The server reads no more. */
const LONGEST = 8000;

/**
 * The units of a model that reads.
 *
 * @param painted told the value from -1 to 1 for each character of the text, or null for none
 */
export function unitMap(model, place, painted) {
  let told = null;
  let text = '';
  let spans = [];
  let asking = null;
  let at = -1;
  let wanted = place.settings.get('part') ?? '';
  const part = element('select', { id: 'part', onchange: () => choosePart(part.value) });
  const unit = element('select', { id: 'unit', onchange: () => { place.set('unit', unit.value); paint(); } },
    element('option', { value: '' }, 'surprise'));
  const canvas = element('canvas', { class: 'units', role: 'img', onclick: (event) => pick(event) });
  const said = element('p', { class: 'readout', 'data-part': 'unit' });
  const section = element('div', { hidden: true, 'data-part': 'units' },
    element('h3', {}, 'Its units while it reads'),
    element('div', { class: 'bar' },
      element('div', { class: 'field' }, element('label', { for: 'part' }, 'Part of the state'), part),
      element('div', { class: 'field' }, element('label', { for: 'unit' }, 'Colour the text by'), unit)),
    wide('Units over the text', canvas), said,
    element('p', { class: 'hint' }, 'A row is a unit, those that change most on top, a column a character: orange above'
      + ' zero, blue below. Click a row, or choose a unit, and it colours the text.'));
  DARK.addEventListener('change', draw);

  function choosePart(name) {
    wanted = name;
    place.set('part', wanted);
    asking?.abort();
    asking = null;
    ask();
  }

  async function ask() {
    if (asking || !text) return;
    const read = [...text].slice(0, LONGEST).join('');
    const mine = new AbortController();
    asking = mine;
    try {
      const body = { model, text: read, ...(wanted ? { part: wanted } : {}) };
      const found = await post('v1/units', body, mine.signal);
      if (mine.signal.aborted) return;
      told = found;
      offer();
      draw();
      paint();
    } catch (error) {
      if (!mine.signal.aborted) place.fail(error.message);
    }
    if (asking === mine) asking = null;
    if (read !== [...text].slice(0, LONGEST).join('') && !mine.signal.aborted) ask();
  }

  function offer() {
    const chosen = unit.value || place.settings.get('unit') || '';
    part.replaceChildren(...told.parts.map((name) => element('option', { value: name, selected: name === told.part }, name)));
    unit.replaceChildren(element('option', { value: '' }, 'surprise'), ...told.units.map((number) =>
      element('option', { value: number, selected: String(number) === chosen }, `unit ${number}`)));
  }

  function draw() {
    if (!told) return;
    const { values, units, characters, of } = told;
    section.hidden = false;
    canvas.width = characters.length;
    canvas.height = values.length;
    canvas.style.width = `${characters.length * (characters.length > 250 ? 3 : 6)}px`;
    canvas.style.height = `${values.length * ROW}px`;
    canvas.setAttribute('aria-label', `${units.length} of ${of} units of ${told.part} over ${characters.length} characters;`
      + ` unit ${units[0]} changes most`);
    const look = getComputedStyle(document.documentElement);
    const colours = ['accent', 'card', 'warm'].map((name) => look.getPropertyValue(`--${name}`).trim());
    canvas.getContext('2d').putImageData(new ImageData(pixels(values, colours), characters.length, values.length), 0, 0);
  }

  function row() {
    return told && unit.value !== '' ? told.units.indexOf(Number(unit.value)) : -1;
  }

  function paint() {
    const index = row();
    const most = index < 0 ? 1 : largest(told.values[index]);
    const places = index < 0 ? [] : columns(told.characters, spans);
    painted(index < 0 ? null : spans.map((_, i) => (places[i] < 0 ? 0 : told.values[index][places[i]] / most)));
    point(at);
  }

  function pick(event) {
    const index = Math.floor(event.offsetY / ROW);
    if (!told || index >= told.units.length) return;
    unit.value = String(told.units[index]);
    place.set('unit', unit.value);
    paint();
  }

  function point(index) {
    at = index;
    const shown = told && index >= 0 ? columns(told.characters, spans)[index] : -1;
    if (!(shown >= 0)) {
      say(said, '');
      return;
    }
    const one = Math.max(0, row());
    say(said, `behind ${visible(spans[index])}: unit ${told.units[one]} is ${figure(told.values[one][shown])}`);
  }

  return {
    element: section,
    /** Looks at a text, given as its spans. */
    show(newSpans, ended) {
      spans = newSpans;
      text = spans.join('');
      if (ended || text.length <= GROWING) ask();
    },
    /** Says what the unit is behind a span. */
    point,
    close() {
      asking?.abort();
      DARK.removeEventListener('change', draw);
    },
  };
}
