// Each slot's gradient, weights and updates, with a gauge of their ratio and a word for it.

import { element, say, svg, wide } from '../lib/dom.js';
import { figure } from '../lib/format.js';
import { linear } from '../lib/scale.js';
import { ratios, slot } from './health.js';

/** The gauge's ends and the healthy part, as powers of ten. */
const ENDS = [-6, 0];
const FINE = [-4, -2];
const WIDTH = 120;

function gauge(ratio) {
  const x = linear(ENDS, [0, WIDTH]);
  const at = ratio > 0 ? x(Math.min(ENDS[1], Math.max(ENDS[0], Math.log10(ratio)))) : null;
  return svg('svg', { width: WIDTH, height: 12, 'aria-hidden': 'true' },
    svg('rect', { class: 'gauge-track', y: 4, width: WIDTH, height: 4, rx: 2 }),
    svg('rect', { class: 'gauge-fine', x: x(FINE[0]), y: 2, width: x(FINE[1]) - x(FINE[0]), height: 8, rx: 2 }),
    at === null ? null : svg('rect', { class: 'gauge-mark', x: Math.max(0, at - 1.5), width: 3, height: 12, rx: 1.5 }));
}

/** The table; show(run) fills it with the last norms that were measured. */
export function slots() {
  const sentence = element('p', { class: 'hint' });
  const caption = element('h2', { id: 'slots-title' }, 'Parameters, slot by slot');
  const body = element('tbody');
  const heads = ['slot', 'gradient', 'weights', 'update : weights', '10⁻⁶ to 1', ''];
  let last = null;
  const section = element('section', { class: 'card', 'aria-labelledby': 'slots-title', hidden: true },
    caption, sentence,
    wide('Parameters, slot by slot',
      element('table', {},
        element('thead', {}, element('tr', {}, heads.map((head, i) =>
          element('th', { scope: 'col', class: i > 0 && i < 4 ? 'number' : null }, head)))),
        body)));
  return {
    element: section,
    show(run) {
      const now = run.norms.at(-1);
      section.hidden = !now;
      if (!now || now === last) return;
      last = now;
      say(caption, `Parameters of ${run.name}, slot by slot, at step ${now.step}`);
      say(sentence, ratios(Object.values(now.slots)));
      body.replaceChildren(...Object.entries(now.slots).map(([name, norms]) => {
        const { ratio, verdict } = slot(norms);
        return element('tr', {},
          element('th', { scope: 'row' }, element('code', {}, name)),
          [norms.gradient, norms.weight, ratio].map((value) => element('td', { class: 'number' }, figure(value))),
          element('td', {}, gauge(ratio)),
          element('td', { class: 'verdict', 'data-verdict': verdict }, verdict));
      }));
    },
  };
}
