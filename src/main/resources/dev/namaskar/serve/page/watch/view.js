// The view of runs: their cards, charts over steps, norms slot by slot, and what they write.

import { choice, number } from '../lib/address.js';
import { choices, element, say, slider } from '../lib/dom.js';
import { duration, figure } from '../lib/format.js';
import { card } from './card.js';
import { charts } from './charts.js';
import { follow } from './feed.js';
import { slots } from './slots.js';
import { samples } from './samples.js';
import { secondsLeft } from './runs.js';

/** How often at most a screen reader is told how it goes, in milliseconds. */
const TOLD_EVERY = 15000;

/** Opens the view in a host element; returns what closes it. */
export function open(host, place) {
  const runs = [];
  const cards = [];
  const shown = {
    hidden: new Set((place.settings.get('hide') ?? '').split(',').filter(Boolean).map(Number)),
    chosen: number(place.settings, 'run', -1, -1, 1e6),
    smoothing: number(place.settings, 'smooth', 20, 1, 1000),
    scale: choice(place.settings, 'scale', ['linear', 'log']),
  };
  const status = element('p', { class: 'hint', id: 'connection' }, 'connecting…');
  const polite = element('p', { class: 'skip', 'aria-live': 'polite' });
  const list = element('div', { class: 'runs' });
  const plots = charts(place, shown);
  const norms = slots();
  const written = samples();
  const seen = element('div', { hidden: true });
  let waiting = false;
  let told = 0;

  host.append(
    element('h1', { class: 'skip' }, 'Runs'),
    status, list, polite, seen);
  seen.append(
    element('section', { class: 'card', 'aria-labelledby': 'loss-title' },
      element('h2', { id: 'loss-title' }, 'Loss'),
      element('div', { class: 'bar' },
        choices('Axis', [['linear', 'linear'], ['log', 'log']], shown.scale, (scale) => set('scale', scale)),
        smoothness(),
        plots.buttons),
      plots.loss, plots.readout,
      element('p', { class: 'hint' }, 'The faint line is what was measured, with its lowest and highest where a point'
        + ' stands for several steps; the strong one is smoothed, free of bias; dots are validations. Drag to zoom.')),
    element('div', { class: 'columns' },
      element('section', { class: 'card', 'aria-labelledby': 'norm-title' },
        element('h2', { id: 'norm-title' }, 'Norm of the gradient'), plots.norm, plots.sentence),
      element('section', { class: 'card', 'aria-labelledby': 'rate-title' },
        element('h2', { id: 'rate-title' }, 'Learning rate'), plots.rate)),
    norms.element,
    written.element,
  );

  function smoothness() {
    return slider('Smoothed over', {
      id: 'smoothing', min: 0, max: 30, step: 1, value: Math.round(10 * Math.log10(shown.smoothing)),
      shown: (tenths) => `${Math.round(10 ** (tenths / 10))} steps`,
      changed: (tenths) => {
        shown.smoothing = Math.round(10 ** (tenths / 10));
        place.set('smooth', shown.smoothing);
        draw();
      },
    });
  }

  function set(name, value) {
    shown[name] = value;
    place.set(name, value);
    draw();
  }

  /** The run whose norms and samples are shown: the one chosen, or the last that goes on or began. */
  function chosen() {
    if (runs[shown.chosen]) return shown.chosen;
    const going = runs.findLastIndex((run) => run.points.length && run.state !== 'ended');
    return going >= 0 ? going : Math.max(0, runs.findLastIndex((run) => run.points.length));
  }

  function draw() {
    runs.forEach((run, i) => {
      cards[i] ??= card(i, {
        show: (visible) => {
          if (visible) shown.hidden.delete(i);
          else shown.hidden.add(i);
          place.set('hide', [...shown.hidden].join(','));
          draw();
        },
        choose: () => {
          shown.chosen = i;
          place.set('run', i);
          draw();
        },
        failed: place.fail,
      });
      if (!cards[i].element.isConnected) list.append(cards[i].element);
      cards[i].show(run, !shown.hidden.has(i), i === chosen(), shown.smoothing);
    });
    seen.hidden = !runs.some((run) => run.points.length);
    if (seen.hidden) return;
    plots.show(runs, chosen());
    norms.show(runs[chosen()]);
    written.show(runs[chosen()]);
    tell(runs[chosen()]);
  }

  function tell(run) {
    if (Date.now() - told < TOLD_EVERY || !run.points.length) return;
    told = Date.now();
    const left = secondsLeft(run);
    say(polite, `${run.name}: step ${run.step}, loss ${figure(run.points.at(-1)[2])}`
      + (left === null ? '' : `, ${duration(left)} left`));
  }

  function drawSoon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  }

  const stop = follow(runs, drawSoon, (connected, message) => {
    say(status, connected ? (runs.length ? '' : 'No run has begun yet.') : message);
    status.hidden = status.textContent === '';
  });
  return () => {
    stop();
    plots.close();
    written.close();
  };
}
