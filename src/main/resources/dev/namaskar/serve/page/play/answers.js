// What models that know their task answer, drawn by kind.

import { element, wide } from '../lib/dom.js';
import { figure, percent } from '../lib/format.js';
import { attentionPicture } from './attention.js';

/** Bars of labels with their probabilities. */
function labels(list) {
  return element('ol', { class: 'labels' }, list.map(({ label, probability }) =>
    element('li', {},
      element('span', {}, label),
      element('progress', { max: 1, value: probability, 'aria-hidden': 'true' }),
      element('span', { class: 'figure', 'data-value': probability }, percent(probability)))));
}

function tokens(list) {
  return element('p', { class: 'tokens' }, list.map(({ token, tag, probability, tags }) =>
    element('span', {
      class: 'token', tabindex: 0,
      title: (tags ?? []).map((one) => `${one.label} ${percent(one.probability)}`).join(', '),
    }, token, element('small', {}, `${tag} ${percent(probability)}`))));
}

function translations(answer) {
  const list = answer.translations ?? [];
  const best = list[0];
  const parts = [element('ol', {}, list.map(({ text, probability }) =>
    element('li', {}, element('span', { class: 'text' }, text || '(nothing)'),
      element('span', { class: 'hint' }, ` ${percent(probability)}`))))];
  if (answer.attention?.weights.length) {
    parts.push(element('p', { class: 'hint' }, 'What it read (across) for what it wrote (down):'),
      wide('Attention', attentionPicture(answer.attention.read, best.symbols, answer.attention.weights)));
  }
  return parts;
}

function transcript(answer) {
  return [
    element('p', { class: 'text' }, answer.prediction || '(nothing)'),
    element('p', { class: 'hint' }, answer.labels.map(({ label, from_s: from, to_s: to }) =>
      (from === undefined ? label : `${label} ${figure(from)}–${figure(to)} s`)).join(' · ')),
  ];
}

/** An answer as elements. */
export function drawn(kind, answer) {
  const draw = { classify: () => labels(answer.labels), tag: () => tokens(answer.tokens), translate: () => translations(answer),
    describe: () => translations(answer), transcribe: () => transcript(answer) }[kind];
  return draw ? draw() : element('pre', {}, JSON.stringify(answer, null, 2));
}

/** What a kind is asked beside its inputs. */
export function settings(kind) {
  return { classify: { top: 8 }, tag: { top: 3 }, translate: { beam: 4, nbest: 3, attention: true },
    describe: { beam: 4, nbest: 3 }, transcribe: { beam: 8 } }[kind] ?? {};
}
