// The last step's gradient on its way back through time: how much is left at each step.

import { svg } from '../lib/dom.js';
import { figure, visible } from '../lib/format.js';
import { linear } from '../lib/scale.js';
import { decay, decaySentence } from './lesson.js';

const HEIGHT = 150;
const COLUMN = 64;
const DECADES = 5;

/** The picture: a bar a step on a logarithmic axis, the largest as high as the picture. */
export function drawDecay(lesson) {
  const { norms, factor } = decay(lesson);
  const top = Math.log10(Math.max(...norms, 1e-30));
  const y = linear([top - DECADES, top], [0, HEIGHT - 46]);
  const wide = norms.length * COLUMN + 16;
  const text = decaySentence({ norms, factor });
  return [text, svg('svg', {
    viewBox: `0 0 ${wide} ${HEIGHT}`, width: wide, height: HEIGHT, role: 'img', class: 'decay', 'aria-label': text,
  }, norms.map((size, t) => {
    const high = size > 0 ? Math.max(2, y(Math.log10(size))) : 0;
    const x = 8 + t * COLUMN;
    return svg('g', {},
      svg('rect', { class: 'decay-bar', x: x + 6, y: HEIGHT - 24 - high, width: COLUMN - 18, height: high, rx: 4 }),
      svg('text', { class: 'caption', x: x + COLUMN / 2 - 3, y: HEIGHT - 30 - high }, figure(size)),
      svg('text', { class: 'letter', x: x + COLUMN / 2 - 3, y: HEIGHT - 6 }, visible(lesson.steps[t].read)));
  }))];
}
