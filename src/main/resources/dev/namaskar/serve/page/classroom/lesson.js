// The order in which a lesson is told, and what is said at each moment of it.

import { figure, percent, visible } from '../lib/format.js';

/** Every moment of a lesson of so many steps: forward through them, then back. */
export function moments(steps) {
  const forward = Array.from({ length: steps }, (_, t) => ({ way: 'forward', t }));
  const back = Array.from({ length: steps }, (_, k) => ({ way: 'back', t: steps - 1 - k }));
  return [...forward, ...back];
}

/** Euclidean norm. */
export function norm(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** The gradient that arrives at a step's h: by its own output and from later steps. */
export function arriving(step, hidden) {
  return step.d_own.map((own, i) => own + step.d_later[i]).slice(0, hidden);
}

/** The likeliest letters of a step, [letter, probability], likeliest first. */
export function likeliest(step, letters, most) {
  return step.probabilities
    .map((p, i) => [letters[i], p])
    .sort((a, b) => b[1] - a[1])
    .slice(0, most);
}

/** A moment in a sentence. */
export function sentence(lesson, { way, t }) {
  const step = lesson.steps[t];
  const where = `step ${t + 1} of ${lesson.steps.length}`;
  if (way === 'forward') {
    const [letter, p] = likeliest(step, lesson.letters, 1)[0];
    const right = lesson.letters.indexOf(step.target);
    return `Forward, ${where}: reads ${visible(step.read)}, expects ${visible(letter)} (${percent(p)}); what follows is`
      + ` ${visible(step.target)} (${percent(step.probabilities[right])}), which costs ${figure(step.loss)} nats.`;
  }
  const own = norm(step.d_own);
  const later = norm(step.d_later);
  return `Back, ${where}: a gradient of size ${figure(own)} comes from this step's output`
    + (later > 0 ? ` and one of size ${figure(later)} from the steps behind it.` : '; no step lies behind it.');
}

/** What becomes of the last step's gradient on its way back: its norm at each step, and the factor a step. */
export function decay(lesson) {
  const norms = lesson.steps.map((step) => norm(step.d_last));
  const first = norms[0];
  const last = norms.at(-1);
  const factor = norms.length > 1 && first > 0 && last > 0 ? (first / last) ** (1 / (norms.length - 1)) : null;
  return { norms, factor };
}

/** The decay in a sentence. */
export function decaySentence({ norms, factor }) {
  if (factor === null) return 'Nothing is left of the gradient further back.';
  const steps = norms.length - 1;
  const word = factor < 0.99 ? 'shrinks' : factor > 1.01 ? 'grows' : 'keeps its size';
  return word === 'keeps its size'
    ? 'On its way back the gradient keeps its size.'
    : `A step back the gradient ${word} to ${figure(factor)} of its size on average; over ${steps} steps to`
      + ` ${figure(factor ** steps)}.`;
}
