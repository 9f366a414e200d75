// The network unrolled over its word: a column a step, arrows for what flows.

import { svg } from '../lib/dom.js';
import { figure, percent, visible } from '../lib/format.js';
import { arriving, likeliest, norm, sentence } from './lesson.js';

const COLUMN = 96;
const LEFT = 18;
const CELLS = { y: 132, height: 112, width: 40 };
const INPUT = 292;
const HEIGHT = 330;

/** A colour for a number from -1 to 1: blue below 0, orange above, paler towards 0. */
function tint(value) {
  return { fill: value < 0 ? 'var(--accent)' : 'var(--warm)', 'fill-opacity': Math.min(1, Math.abs(value)) };
}

function arrow(x1, y1, x2, y2, width, kind) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const head = 5 + width;
  const [bx, by] = [x2 - ux * head, y2 - uy * head];
  const side = head * 0.55;
  return svg('g', { class: `arrow ${kind}` },
    svg('line', { x1, y1, x2: bx, y2: by, 'stroke-width': width }),
    svg('path', { d: `M${x2} ${y2}L${bx - uy * side} ${by + ux * side}L${bx + uy * side} ${by - ux * side}Z` }));
}

/** How wide an arrow is for a gradient of this size, against the largest: a fifth of it is still seen. */
function width(size, largest) {
  return size > 0 && largest > 0 ? Math.max(0.6, 6 + 2 * Math.log10(size / largest)) : 0.6;
}

function cells(values, largest, x) {
  const height = CELLS.height / values.length;
  return values.map((value, i) =>
    svg('g', {},
      svg('rect', { class: 'cell-ground', x, y: CELLS.y + i * height, width: CELLS.width, height: height - 1, rx: 3 }),
      svg('rect', {
        x, y: CELLS.y + i * height, width: CELLS.width, height: height - 1, rx: 3,
        ...tint(largest > 0 ? value / largest : 0),
      }, svg('title', {}, `unit ${i + 1}: ${figure(value)}`))));
}

function output(step, letters, x) {
  const right = letters.indexOf(step.target);
  return likeliest(step, letters, 3).map(([letter, p], i) =>
    svg('g', {},
      svg('rect', {
        class: letter === step.target ? 'bar right' : 'bar', x: x + 22, y: 44 + i * 20, height: 14, rx: 3,
        width: Math.max(1, 44 * p),
      }),
      svg('text', { class: letter === step.target ? 'letter right' : 'letter', x: x + 14, y: 56 + i * 20 }, visible(letter)),
      svg('title', {}, `${visible(letter)} ${percent(p)}; right is ${visible(letters[right])}`)));
}

/** Draws a lesson at a moment. */
export function draw(lesson, moment, select) {
  const { steps, letters, hidden } = lesson;
  const back = moment.way === 'back';
  const gradients = steps.map((step) => arriving(step, hidden));
  const sizes = gradients.map(norm);
  const largest = Math.max(...gradients.flat().map(Math.abs));
  const widest = Math.max(...sizes, ...steps.map((step) => norm(step.d_own)));
  const columns = steps.map((step, t) => {
    const x = LEFT + t * COLUMN;
    const middle = x + CELLS.width / 2 + 14;
    const seen = back ? t >= moment.t : t <= moment.t;
    const values = back ? gradients[t] : step.state.slice(0, hidden);
    const top = CELLS.y;
    const bottom = CELLS.y + CELLS.height;
    const own = width(norm(step.d_own), widest);
    const later = width(norm(step.d_later), widest);
    return svg('g', { class: seen ? 'column' : 'column dim', 'data-step': t + 1, onclick: () => select(t) },
      svg('rect', {
        class: t === moment.t ? 'frame now' : 'frame', x: x - 8, y: 6, width: COLUMN - 8, height: HEIGHT - 12, rx: 12,
      }),
      svg('text', { class: 'caption', x: middle, y: 26 }, `then ${visible(step.target)}`),
      output(step, letters, x - 2),
      back
        ? arrow(middle, 108, middle, top - 2, own, 'back')
        : arrow(middle, top - 4, middle, 106, 1.6, 'forward'),
      cells(values, back ? largest : 1, x + 14),
      back ? null : arrow(middle, INPUT - 20, middle, bottom + 4, 1.6, 'forward'),
      t === 0 || (back && later === 0)
        ? null
        : back
          ? arrow(x + 12, top + CELLS.height / 2, x - COLUMN + CELLS.width + 18, top + CELLS.height / 2,
              width(norm(steps[t - 1].d_later), widest), 'back')
          : arrow(x - COLUMN + CELLS.width + 18, top + CELLS.height / 2, x + 12, top + CELLS.height / 2, 1.6, 'forward'),
      svg('text', { class: 'read', x: middle, y: INPUT }, visible(step.read)),
      svg('text', { class: 'caption', x: middle, y: INPUT + 22 }, `${t + 1}`));
  });
  const wide = LEFT + steps.length * COLUMN;
  return svg('svg', {
    viewBox: `0 0 ${wide} ${HEIGHT}`, role: 'img', class: 'unrolled',
    style: { 'min-width': `${wide}px`, 'max-width': `${1.6 * wide}px` },
    'aria-label': sentence(lesson, moment),
  }, columns);
}
