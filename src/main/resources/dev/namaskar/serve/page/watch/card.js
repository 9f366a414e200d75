// A run in a card: how it stands, and the buttons that pause and stop it.

import { element, say } from '../lib/dom.js';
import { count, duration, figure } from '../lib/format.js';
import { post } from '../lib/server.js';
import { smooth } from '../lib/smooth.js';
import { best, column, LOSS, MS, secondsLeft, STEPS } from './runs.js';

const WORDS = { running: 'running', paused: 'paused', stopping: 'stopping', ended: 'ended', logged: 'from its log' };

/**
 * A card.
 *
 * @param number the run's
 * @param told show(visible), choose(), failed(message)
 */
export function card(number, { show, choose, failed }) {
  const id = `run-${number}`;
  const name = element('h2', { id: `${id}-name` });
  const badge = element('span', { class: 'badge', 'data-part': 'state' });
  const figures = Object.fromEntries(
    ['loss', 'validation', 'best'].map((what) => [what, [element('dd', { 'data-part': what }), element('small')]]),
  );
  const bar = element('progress', { max: 1, value: 0, 'aria-label': 'progress' });
  const progress = element('p', { class: 'hint', 'data-part': 'progress', style: { margin: 0 } });
  const visible = element('input', { type: 'checkbox', checked: true, onchange: () => show(visible.checked) });
  const pause = element('button', { class: 'small', onclick: () => order(pause.dataset.order) }, 'Pause');
  const stop = element('button', { class: 'small bad', onclick: () => order('stop') }, 'Stop');
  const details = element('button', { class: 'small', onclick: choose }, 'Details');

  async function order(what) {
    if (what === 'stop' && !confirm('Stop this run after the step it is in? Its checkpoint is kept.')) return;
    try {
      await post(`runs/${number}/${what}`, {});
    } catch (error) {
      failed(`The run could not be asked: ${error.message}`);
    }
  }

  const card = element(
    'section',
    { class: 'card run', id, 'aria-labelledby': `${id}-name`, style: { '--run': `var(--run-${number % 6})` } },
    element('div', { class: 'title' }, name, badge),
    element('dl', { class: 'figures' },
      [['loss', 'loss'], ['validation', 'last validation'], ['best', 'best']].map(([key, words]) =>
        element('div', {}, element('dt', {}, words), figures[key][0], figures[key][1]))),
    bar, progress,
    element('div', { class: 'orders' }, element('label', {}, visible, 'show'), details, pause, stop),
  );

  function figureOf(key, value, small) {
    say(figures[key][0], figure(value));
    say(figures[key][1], small);
  }

  return {
    element: card,
    show(run, isVisible, isChosen, smoothing) {
      const ahead = run.total ? run.step / run.total : null;
      const left = secondsLeft(run);
      const top = best(run);
      const last = run.validations.at(-1);
      const ms = column(run, MS).at(-1);
      say(name, run.name);
      say(badge, WORDS[run.state]);
      badge.dataset.state = run.state;
      figureOf('loss', smooth(column(run, LOSS), column(run, STEPS), smoothing).at(-1), 'smoothed');
      figureOf('validation', last?.validation_loss, last ? `step ${count(last.step)}` : 'none yet');
      figureOf('best', top?.validation_loss, top ? `step ${count(top.step)}` : 'none yet');
      bar.hidden = ahead === null;
      bar.value = ahead ?? 0;
      say(progress, [
        `step ${count(run.step)}${run.total ? ` of ${count(run.total)}` : ''}`,
        ms ? `${figure(ms)} ms a step` : null,
        run.state === 'ended' ? run.ended : left === null ? null : `${duration(left)} left`,
      ].filter(Boolean).join(' · '));
      card.classList.toggle('off', !isVisible);
      visible.checked = isVisible;
      details.setAttribute('aria-pressed', String(isChosen));
      pause.hidden = stop.hidden = !run.controlled;
      pause.dataset.order = run.state === 'paused' ? 'go' : 'pause';
      say(pause, run.state === 'paused' ? 'Go on' : 'Pause');
      pause.disabled = stop.disabled = run.state === 'stopping';
    },
  };
}
