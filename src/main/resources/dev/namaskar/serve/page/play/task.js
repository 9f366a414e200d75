// A model that knows its task: inputs in, answers out.

import { element, say } from '../lib/dom.js';
import { post } from '../lib/server.js';
import { drawn, settings } from './answers.js';

const WORDS = {
  classify: ['Let it classify', 'Texts, one a line'],
  tag: ['Let it tag', 'Sentences, one a line'],
  translate: ['Let it translate', 'Texts, one a line'],
  describe: ['Let it describe', 'Vectors, one a line'],
  transcribe: ['Let it transcribe', 'Texts, one a line'],
};

/** The panel of a model: a place for texts, or for files where it reads those. */
export function taskPanel({ id: model, kind, reads }, place) {
  const [title, hint] = WORDS[kind] ?? [`Ask it (${kind})`, 'Inputs, one a line'];
  let asking = null;
  const input = element('textarea', {
    id: 'inputs', rows: 3, spellcheck: 'false',
    oninput: () => place.set('inputs', input.value),
    onkeydown: (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(); },
  }, place.settings.get('inputs') ?? '');
  const files = element('input', { type: 'file', id: 'input-files', multiple: true, onchange: () => askFiles() });
  const state = element('p', { class: 'hint', role: 'status', 'data-part': 'state' });
  const answers = element('div', { 'aria-live': 'polite', 'data-part': 'answers' });

  async function predict(inputs) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    say(state, 'asking…');
    try {
      const found = await post('v1/predict', { model, inputs, ...settings(kind) }, mine.signal);
      if (mine.signal.aborted) return;
      place.fail('');
      answers.replaceChildren(...found.predictions.map((one) =>
        element('article', { class: 'answer' }, element('h3', {}, one.input), drawn(kind, one))));
    } catch (error) {
      if (!mine.signal.aborted) place.fail(error.message);
    }
    if (asking === mine) say(state, '');
  }

  function ask() {
    const inputs = input.value.split('\n').filter((line) => line.trim() !== '');
    if (inputs.length) predict(inputs);
  }

  async function askFiles() {
    const chosen = [...files.files];
    predict(await Promise.all(chosen.map(async (file) => ({ name: file.name, base64: await base64(file) }))));
  }

  const panel = element('section', { class: 'card', 'aria-labelledby': 'task-title' },
    element('h2', { id: 'task-title' }, title),
    reads === 'files'
      ? element('div', { class: 'bar' }, element('div', { class: 'field' },
        element('label', { for: 'input-files' }, 'Files: recordings, or tables, as the model was trained on'), files))
      : [element('div', { class: 'field' }, element('label', { for: 'inputs' }, hint), input),
        element('div', { class: 'bar' }, element('button', { class: 'main', onclick: ask }, 'Ask'))],
    state, answers);
  if (input.value && reads !== 'files') ask();
  return { element: panel, close: () => asking?.abort() };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
