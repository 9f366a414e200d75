// What was read for what was written: a row a symbol written, a column a symbol read, darker for more weight.

import { svg } from '../lib/dom.js';
import { percent, visible } from '../lib/format.js';

const CELL = 30;
const LEFT = 84;
const TOP = 44;

/** The picture of weights [written + 1][read]; the last row is the end. */
export function attentionPicture(read, written, weights) {
  const rows = weights.map((_, i) => (i < written.length ? visible(written[i]) : 'end'));
  const width = LEFT + read.length * CELL + 8;
  const height = TOP + rows.length * CELL + 8;
  return svg('svg', {
    viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', class: 'attention',
    'aria-label': rows.map((row, t) => `${row} from ${visible(read[largest(weights[t])])}`).join(', '),
  },
  read.map((symbol, s) => svg('text', { x: LEFT + (s + 0.5) * CELL, y: TOP - 12 }, visible(symbol))),
  rows.map((row, t) => [
    svg('text', { class: 'row', x: LEFT - 10, y: TOP + (t + 0.65) * CELL }, row),
    ...weights[t].map((weight, s) => svg('rect', {
      x: LEFT + s * CELL, y: TOP + t * CELL, width: CELL - 2, height: CELL - 2, rx: 4,
      fill: 'var(--accent)', 'fill-opacity': 0.06 + 0.94 * Math.min(1, weight),
    }, svg('title', {}, `${row} from ${visible(read[s])}: ${percent(weight)}`))),
  ]));
}

function largest(row) {
  return row.reduce((best, value, i) => (value > row[best] ? i : best), 0);
}
