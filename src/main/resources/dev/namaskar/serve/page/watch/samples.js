// What the model says along the run: a text that it writes, answers beside the right ones, a forecast beside what came.

import { colour, lineChart } from '../lib/chart.js';
import { element, say, slider, wide } from '../lib/dom.js';
import { count, figure } from '../lib/format.js';
import { error, kind, lines } from './sample.js';

const HINTS = {
  text: 'the same draws each time, so that two samples differ by what was learned',
  answers: 'the same examples each time',
  forecast: 'the same steps each time, by the network alone',
};
const TITLES = { text: 'What it writes', answers: 'What it says', forecast: 'Its forecast, and what came' };

/** The samples; show(run) follows the last one unless the reader has gone back to an earlier. */
export function samples() {
  const text = element('pre', { class: 'sample', tabindex: 0, 'aria-labelledby': 'samples-title' });
  const rows = element('tbody');
  const table = wide('What it says, example by example',
    element('table', { class: 'answers' },
      element('thead', {}, element('tr', {}, ['example', 'right', 'the model says', ''].map((head) =>
        element('th', { scope: 'col' }, head)))),
      rows));
  const host = element('div');
  const title = element('h2', { id: 'samples-title' });
  const hint = element('span', { class: 'hint' });
  const note = element('p', { class: 'hint', 'data-part': 'sample-note' });
  let chart = null;
  let run = null;
  let at = -1;
  const time = slider('Sample', {
    id: 'sample', min: 0, max: 0, step: 1, value: 0,
    shown: (i) => (run?.samples[i] ? `step ${count(run.samples[i].step)}` : ''),
    changed: (i) => {
      at = i === run.samples.length - 1 ? -1 : i;
      draw();
    },
  });
  const [, input, output] = time.children;
  const section = element('section', { class: 'card', 'aria-labelledby': 'samples-title', hidden: true },
    title, element('div', { class: 'bar' }, time, hint), text, table, host, note);
  let drawn = null;

  function draw() {
    const last = run.samples.length - 1;
    const shown = at < 0 ? last : Math.min(at, last);
    input.max = last;
    input.value = shown;
    const words = `step ${count(run.samples[shown].step)}`;
    say(output, words);
    input.setAttribute('aria-valuetext', words);
    const { sample } = run.samples[shown];
    if (sample === drawn) return;
    drawn = sample;
    const what = kind(sample);
    say(title, TITLES[what]);
    say(hint, HINTS[what]);
    text.hidden = what !== 'text';
    table.hidden = what !== 'answers';
    host.hidden = what !== 'forecast';
    say(note, '');
    if (what === 'answers') answers(sample.answers);
    else if (what === 'forecast') forecast(sample);
    else say(text, typeof sample === 'string' ? sample : JSON.stringify(sample));
    note.hidden = note.textContent === '';
  }

  function answers(list) {
    rows.replaceChildren(...list.map(({ input: example, right, said }) => element('tr', {},
      element('th', { scope: 'row' }, example), element('td', {}, right), element('td', {}, said),
      element('td', { class: 'verdict', 'data-verdict': right === said ? 'healthy' : 'fast' },
        right === said ? 'right' : 'wrong'))));
    say(note, `${list.filter(({ right, said }) => right === said).length} of ${list.length} right`);
  }

  function forecast(sample) {
    chart ??= lineChart(host, { label: 'Forecast beside what came', height: 240, format: figure });
    const { x, history, actual, expected } = lines(sample);
    const line = (label, stroke, more) => ({ label, stroke, width: 1.6, points: { show: false }, ...more });
    chart.show([[x, history, actual, expected]], [
      line('history', colour('soft')), line('what came', colour('ink')),
      line('forecast', colour('accent'), { width: 2.4, dash: [6, 4] })], false);
    host.setAttribute('aria-label', `Forecast of ${sample.forecast.length} steps of ${sample.series}, off by`
      + ` ${figure(error(sample))} on average`);
    say(note, `${sample.series}: the dashed line is the forecast, off by ${figure(error(sample))} on average`
      + (sample.held_out ? ' from values that it was not trained on.' : '; what came was trained on, too.'));
  }

  return {
    element: section,
    show(now) {
      if (now !== run) at = -1;
      run = now;
      section.hidden = run.samples.length === 0;
      if (run.samples.length) draw();
    },
    close: () => chart?.close(),
  };
}
