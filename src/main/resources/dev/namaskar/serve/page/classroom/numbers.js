// All numbers of one step, in two tables: units and letters.

import { element, wide } from '../lib/dom.js';
import { figure, visible } from '../lib/format.js';

function table(caption, heads, rows) {
  return wide(caption,
    element('table', {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, heads.map((head, i) =>
        element('th', { scope: 'col', class: i ? 'number' : null }, head)))),
      element('tbody', {}, rows.map(([name, ...values]) =>
        element('tr', {},
          element('th', { scope: 'row' }, name),
          values.map((value) => (typeof value === 'number'
            ? element('td', { class: 'number', 'data-value': value }, figure(value))
            : element('td', { class: 'number' }, value ?? ''))))))));
}

/** The name of a value of the state: h 3, or of an LSTM's carry c 3. */
function unit(lesson, i) {
  return `${lesson.parts[Math.floor(i / lesson.hidden)][0]} ${(i % lesson.hidden) + 1}`;
}

/** The tables of a moment. */
export function numbers(lesson, { way, t }) {
  const step = lesson.steps[t];
  const before = t ? lesson.steps[t - 1].state : step.state.map(() => 0);
  if (way === 'forward') {
    return [
      table(`State: from before step ${t + 1} to behind it`, ['unit', 'before', 'behind'],
        step.state.map((value, i) => [unit(lesson, i), before[i], value])),
      table('Output: a score and a probability for each letter', ['letter', 'score y', 'probability', ''],
        lesson.letters.map((letter, i) => [
          visible(letter), step.logits[i], step.probabilities[i], letter === step.target ? '← follows' : '',
        ])),
    ];
  }
  return [
    table(`Gradient of the loss at the state behind step ${t + 1}`, ['unit', 'from its output', 'from later', 'together'],
      step.state.map((_, i) => {
        const own = i < lesson.hidden ? step.d_own[i] : 0;
        return [unit(lesson, i), own, step.d_later[i], own + step.d_later[i]];
      })),
    table('Gradient of the loss at the scores: probability less 1 for the right letter, over all steps',
      ['letter', 'probability', 'gradient', ''],
      lesson.letters.map((letter, i) => [
        visible(letter), step.probabilities[i], step.d_logits[i], letter === step.target ? '← follows' : '',
      ])),
  ];
}
