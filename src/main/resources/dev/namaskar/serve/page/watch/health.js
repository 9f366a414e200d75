// What the numbers of a run say about its health, in sentences.

/** The share of its size by which a healthy update changes a parameter: about a thousandth. */
const LOW = 1e-4;
const HIGH = 1e-2;

/** What a slot's norms say: its update-to-parameter ratio and a word for it. */
export function slot({ gradient, weight, update }) {
  if (update === 0) return { ratio: 0, verdict: gradient === 0 ? 'no gradient' : 'left alone' };
  if (weight === 0) return { ratio: null, verdict: 'begins at zero' };
  const ratio = update / weight;
  return { ratio, verdict: ratio < LOW ? 'slow' : ratio > HIGH ? 'fast' : 'healthy' };
}

/** A sentence about all slots' ratios. */
export function ratios(slots) {
  const all = slots.map(slot);
  const of = (word) => all.filter((one) => one.verdict === word).length;
  const advice = of('fast') > all.length / 2
    ? ` Most change faster now: usual in a run's first steps; if it stays so, lower the learning rate.`
    : of('slow') > all.length / 2
      ? ` Most change slower now: usual at the end of a schedule; earlier, raise the learning rate.`
      : '';
  return 'In a healthy run one update changes a parameter by about a thousandth of its size (ratio 10⁻³; from 10⁻⁴ to'
    + ' 10⁻² is fine; biases, which begin at zero, may change faster).' + advice;
}

/** A sentence about the gradient's norm along the run. */
export function gradient(norms) {
  const seen = norms.filter((norm) => norm !== null && norm !== undefined);
  if (seen.length === 0) return 'The norm of the gradient is known where it is clipped.';
  const healthy = 'A healthy gradient norm stays within a factor of ten of its median and falls slowly.';
  const recent = seen.slice(-50);
  const median = [...recent].sort((a, b) => a - b)[Math.floor(recent.length / 2)];
  const last = recent[recent.length - 1];
  if (last > 10 * median) return `${healthy} The last one is far above: gradients explode; clip them or lower the rate.`;
  if (median < 1e-6) return `${healthy} It is next to zero: gradients vanish, or there is nothing left to learn.`;
  return healthy;
}
