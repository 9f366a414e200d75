// A model of series: a history in, a forecast with intervals out, whose levels are drawn with sliders.

import { number } from '../lib/address.js';
import { colour, lineChart, pale } from '../lib/chart.js';
import { element, say, slider, wide } from '../lib/dom.js';
import { figure } from '../lib/format.js';
import { post } from '../lib/server.js';
import { bands, history, values } from './history.js';

/** How many steps of the history are drawn for each that is forecast. */
const LOOK_BACK = 5;
/** A history that stands in the address must not make it too long for others to take. */
const SHARED = 1500;

/** The panel of a model of series. */
export function seriesPanel(model, place) {
  const levels = {
    inner: number(place.settings, 'inner', 80, 1, 99),
    outer: number(place.settings, 'outer', 95, 1, 99),
  };
  let asking = null;
  let answer = null;
  let chosen = 0;
  const given = element('textarea', {
    id: 'history', rows: 6, spellcheck: 'false',
    placeholder: 'A table as the model was trained on, with its header, or numbers alone',
    oninput: () => place.set('history', given.value.length <= SHARED ? given.value : null),
  }, place.settings.get('history') ?? '');
  const file = element('input', { type: 'file', id: 'table-file', accept: '.csv,.txt,.tsv,text/*', onchange: async () => {
    given.value = await file.files[0].text();
    forecast();
  } });
  const host = element('div');
  const chart = lineChart(host, { label: 'Forecast with intervals', height: 320, format: figure, pointed });
  const readout = element('p', { class: 'readout hint', 'data-part': 'readout' });
  const which = element('select', { id: 'series', onchange: () => { chosen = Number(which.value); draw(); } });
  const picker = element('div', { class: 'field', hidden: true }, element('label', { for: 'series' }, 'Series'), which);
  const state = element('p', { class: 'hint', role: 'status', 'data-part': 'state' });
  const notes = element('ul', { class: 'hint' });
  const body = element('tbody');
  const head = element('tr');
  const result = element('div', { hidden: true, 'data-part': 'forecast' },
    picker, host, readout, notes,
    element('details', {}, element('summary', {}, 'In numbers'),
      wide('The forecast in numbers', element('table', {}, element('thead', {}, head), body))));

  function level(name, words) {
    return slider(words, { id: name, min: 1, max: 99, step: 1, value: levels[name], shown: (value) => `${value} %`,
      changed: (value) => {
        levels[name] = value;
        place.set(name, value);
        if (answer) forecast();
      } });
  }

  async function forecast() {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    say(state, 'forecasting…');
    try {
      const asked = [...new Set([levels.inner, levels.outer])];
      const found = await post('v1/forecast', { model, levels: asked, ...history(given.value) }, mine.signal);
      if (mine.signal.aborted) return;
      answer = found;
      place.fail('');
      chosen = Math.min(chosen, found.forecasts.length - 1);
      which.replaceChildren(...found.forecasts.map((one, i) =>
        element('option', { value: i, selected: i === chosen }, one.series)));
      picker.hidden = found.forecasts.length < 2;
      notes.replaceChildren(...found.notes.map((note) => element('li', {}, note)));
      result.hidden = false;
      draw();
    } catch (error) {
      if (!mine.signal.aborted) place.fail(error.message);
    }
    if (asking === mine) say(state, '');
  }

  function past() {
    const known = answer.forecasts.length === 1 ? values(given.value) : [];
    return known.slice(-LOOK_BACK * answer.forecasts[chosen].forecast.length);
  }

  function draw() {
    const one = answer.forecasts[chosen];
    const before = past();
    const first = before.length;
    const steps = one.forecast.map((_, i) => first + i + 1);
    const blue = colour('accent');
    const last = before.at(-1);
    const join = (line) => (last === undefined || last === null ? line : [last, ...line]);
    const x = last === undefined || last === null ? steps : [first, ...steps];
    const table = [x];
    const series = [];
    bands(one).reverse().forEach(([percent, low, high], i) => {
      table.push(join(high), join(low));
      const look = { stroke: blue, width: 0, points: { show: false } };
      series.push({ ...look, label: `upper ${percent} %`, down: pale(blue, 0.16 + 0.14 * i) },
        { ...look, label: `lower ${percent} %` });
    });
    table.push(join(one.forecast));
    series.push({ label: 'forecast', stroke: blue, width: 2.2, points: { show: false } });
    const tables = [table];
    if (first) {
      tables.unshift([before.map((_, i) => i + 1), before]);
      series.unshift({ label: 'history', stroke: colour('soft'), width: 1.6, points: { show: false } });
    }
    chart.show(tables, series, false);
    host.setAttribute('aria-label', `Forecast of ${one.forecast.length} steps, from ${figure(one.forecast[0])} to`
      + ` ${figure(one.forecast.at(-1))}, with intervals of ${bands(one).map(([p]) => `${p} %`).join(' and ')}`);
    numbers(one);
  }

  function numbers(one) {
    const all = bands(one);
    head.replaceChildren(...['time', 'forecast', ...all.map(([percent]) => `${percent} %`)].map((words, i) =>
      element('th', { scope: 'col', class: i ? 'number' : null }, words)));
    body.replaceChildren(...one.forecast.map((value, i) => element('tr', {},
      element('th', { scope: 'row' }, one.time[i]),
      element('td', { class: 'number', 'data-value': value }, figure(value)),
      all.map(([percent, low, high]) => element('td', {
        class: 'number', 'data-level': percent, 'data-low': low[i], 'data-high': high[i],
      }, `${figure(low[i])} to ${figure(high[i])}`)))));
  }

  function pointed(step) {
    const i = step === null || !answer ? -1 : step - past().length - 1;
    const one = answer?.forecasts[chosen];
    say(readout, one?.forecast[i] === undefined ? '' : `${one.time[i]}: ${figure(one.forecast[i])}`
      + bands(one).map(([p, low, high]) => ` · ${p} %: ${figure(low[i])} to ${figure(high[i])}`).join(''));
  }

  const panel = element('section', { class: 'card', 'aria-labelledby': 'series-title' },
    element('h2', { id: 'series-title' }, 'Let it forecast'),
    element('div', { class: 'field' }, element('label', { for: 'history' }, 'History'), given),
    element('div', { class: 'bar' },
      element('div', { class: 'field' }, element('label', { for: 'table-file' }, 'or a file'), file),
      element('button', { class: 'main', onclick: forecast }, 'Forecast'),
      level('inner', 'Inner interval'), level('outer', 'Outer interval')),
    state, result);
  if (given.value) forecast();
  return { element: panel, close: () => { asking?.abort(); chart.close(); } };
}
