// What the model wrote along the run.

import { element, say, slider } from '../lib/dom.js';
import { count } from '../lib/format.js';

/** The samples; show(run) follows the last one unless the reader has gone back to an earlier. */
export function samples() {
  const text = element('pre', { class: 'sample', tabindex: 0, 'aria-labelledby': 'samples-title' });
  let run = null;
  let at = -1;
  const time = slider('Sample', {
    id: 'sample', min: 0, max: 0, step: 1, value: 0,
    shown: (i) => (run?.samples[i] ? `step ${count(run.samples[i].step)}` : ''),
    changed: (i) => {
      at = i === run.samples.length - 1 ? -1 : i;
      draw();
    },
  });
  const [, input, output] = time.children;
  const section = element('section', { class: 'card', 'aria-labelledby': 'samples-title', hidden: true },
    element('h2', { id: 'samples-title' }, 'What it writes'),
    element('div', { class: 'bar' }, time,
      element('span', { class: 'hint' }, 'the same draws each time, so that two samples differ by what was learned')),
    text);

  function draw() {
    const last = run.samples.length - 1;
    const shown = at < 0 ? last : Math.min(at, last);
    input.max = last;
    input.value = shown;
    const words = `step ${count(run.samples[shown].step)}`;
    say(output, words);
    input.setAttribute('aria-valuetext', words);
    say(text, run.samples[shown].sample);
  }

  return {
    element: section,
    show(now) {
      if (now !== run) at = -1;
      run = now;
      section.hidden = run.samples.length === 0;
      if (run.samples.length) draw();
    },
  };
}
