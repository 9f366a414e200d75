// The charts of all runs over the same steps: zoomed together, pointed at together.

import { colour, lineChart, pale } from '../lib/chart.js';
import { element, say } from '../lib/dom.js';
import { figure } from '../lib/format.js';
import { positive, unplaced } from '../lib/scale.js';
import { smooth } from '../lib/smooth.js';
import { gradient } from './health.js';
import { column, HIGHEST, LOSS, LOWEST, NORM, RATE, STEP, STEPS } from './runs.js';

/** The charts of a view whose state is `shown`: hidden runs, smoothing, scale. */
export function charts(place, shown) {
  const hosts = { loss: element('div'), norm: element('div'), rate: element('div') };
  const readout = element('p', { class: 'readout hint', 'data-part': 'readout' });
  const sentence = element('p', { class: 'hint' });
  let plots = null;
  let runs = [];

  const all = (action) => Object.values(plots ?? {}).forEach(action);
  const zoomed = (range) => {
    all((plot) => plot.zoomTo(range));
    place.set('zoom', range ? range.map((x) => Math.round(x)).join('-') : null);
    reset.disabled = range === null;
  };
  const button = (words, label, action) =>
    element('button', { class: 'small', 'aria-label': label, title: label, onclick: action }, words);
  const reset = button('all steps', 'Show all steps', () => plots?.loss.reset());
  reset.disabled = true;
  const buttons = element('div', { class: 'orders', role: 'group', 'aria-label': 'Zoom' },
    button('+', 'Zoom in', () => plots?.loss.change('in')),
    button('−', 'Zoom out', () => plots?.loss.change('out')),
    button('‹', 'Earlier steps', () => plots?.loss.change('left')),
    button('›', 'Later steps', () => plots?.loss.change('right')),
    reset);

  function visible() {
    return runs.map((run, i) => ({ run, i })).filter(({ run, i }) => run.points.length && !shown.hidden.has(i));
  }

  function placed(values) {
    return shown.scale === 'log' ? positive(values) : values;
  }

  function lossOf({ run, i }) {
    const stroke = colour(`run-${i % 6}`);
    const counts = column(run, STEPS);
    const several = counts.some((count) => count > 1);
    const table = [column(run, STEP)];
    const series = [];
    const line = (label, values, look) => {
      table.push(placed(values));
      series.push({ label: `${run.name} ${label}`, stroke, width: 1, points: { show: false }, ...look });
    };
    if (several) {
      line('highest', column(run, HIGHEST), { width: 0, down: pale(stroke, 0.16) });
      line('lowest', column(run, LOWEST), { width: 0 });
    }
    line('measured', column(run, LOSS), { stroke: pale(stroke, several ? 0.35 : 0.4) });
    line('smoothed', smooth(column(run, LOSS), counts, shown.smoothing), { width: 2.2 });
    const dots = [run.validations.map((one) => one.step), placed(run.validations.map((one) => one.validation_loss))];
    const dotted = { label: `${run.name} validation`, stroke, width: 1, dash: [4, 4] };
    return [
      [table, series],
      [dots, [{ ...dotted, points: { show: true, size: 6, fill: colour('card'), stroke, width: 2 } }]],
    ];
  }

  function plainOf({ run, i }, index) {
    const line = { label: run.name, stroke: colour(`run-${i % 6}`), width: 1.6, points: { show: false } };
    return [[[column(run, STEP), column(run, index)], [line]]];
  }

  function put(plot, parts, log) {
    const some = parts.filter(([table]) => table[0].length);
    plot.show(some.map(([table]) => table), some.flatMap(([, series]) => series), log);
  }

  function point(step) {
    const parts = step === null ? [] : visible().map(({ run }) => {
      const at = run.points.findIndex((one) => one[STEP] >= step);
      if (at < 0) return null;
      const even = smooth(column(run, LOSS), column(run, STEPS), shown.smoothing)[at];
      return `${run.name} ${figure(even)} (measured ${figure(run.points[at][LOSS])})`;
    }).filter(Boolean);
    say(readout, parts.length ? `step ${step}: ${parts.join(' · ')}` : '');
  }

  function make() {
    const options = { format: figure, zoomed, pointed: point };
    plots = {
      loss: lineChart(hosts.loss, { ...options, height: 340, label: 'Loss of each run over its steps' }),
      norm: lineChart(hosts.norm, { ...options, height: 190, label: 'Norm of the gradient over the steps' }),
      rate: lineChart(hosts.rate, { ...options, height: 190, label: 'Learning rate over the steps' }),
    };
    const range = (place.settings.get('zoom') ?? '').split('-').map(Number);
    if (range.length === 2 && range[1] > range[0]) zoomed(range);
  }

  return {
    ...hosts,
    buttons,
    readout,
    sentence,
    show(now, chosen) {
      runs = now;
      if (!plots) make();
      const lines = visible();
      put(plots.loss, lines.flatMap(lossOf), shown.scale === 'log');
      put(plots.norm, lines.flatMap((one) => plainOf(one, NORM)), true);
      put(plots.rate, lines.flatMap((one) => plainOf(one, RATE)), false);
      const lost = shown.scale === 'log' ? lines.reduce((sum, { run }) => sum + unplaced(column(run, LOSS)), 0) : 0;
      if (lost) say(readout, `${lost} values at or below 0 have no place on a log axis`);
      if (runs[chosen]) {
        const norms = column(runs[chosen], NORM);
        say(sentence, gradient(norms));
        hosts.loss.setAttribute('aria-label', summary(lines));
      }
    },
    close: () => all((plot) => plot.close()),
  };
}

/** The loss chart in words. */
function summary(lines) {
  return 'Loss over the steps. ' + lines.map(({ run }) => {
    const losses = column(run, LOSS);
    return `${run.name}: from ${figure(losses[0])} to ${figure(losses.at(-1))} at step ${run.step}`;
  }).join('; ');
}
