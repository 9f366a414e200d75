// The playground: the server's models, and for the chosen one the panel of its kind.

import { element, say } from '../lib/dom.js';
import { get } from '../lib/server.js';
import { seriesPanel } from './series.js';
import { taskPanel } from './task.js';
import { textPanel } from './text.js';

/** Opens the view in a host element; returns what closes it. */
export function open(host, place) {
  let panel = null;
  let models = [];
  const choice = element('select', { id: 'model', onchange: () => choose(choice.value) });
  const about = element('p', { class: 'hint', 'data-part': 'about' });
  const room = element('div');
  host.append(
    element('h1', { class: 'skip' }, 'Playground'),
    element('div', { class: 'bar' },
      element('div', { class: 'field' }, element('label', { for: 'model' }, 'Model'), choice), about),
    room);

  function choose(id) {
    const model = models.find((one) => one.id === id) ?? models[0];
    panel?.close();
    // Parts and units are another model's.
    if (place.settings.get('model') !== model.id) ['part', 'unit'].forEach((name) => place.set(name, null));
    place.set('model', model.id);
    say(about, model.description);
    panel = model.kind === 'text'
      ? textPanel(model.id, place)
      : model.kind === 'series'
        ? seriesPanel(model.id, place)
        : taskPanel(model, place);
    room.replaceChildren(panel.element);
  }

  async function load() {
    try {
      models = (await get('v1/models')).data;
    } catch (error) {
      place.fail(error.message);
      return;
    }
    if (models.length === 0) {
      room.replaceChildren(element('p', { class: 'card' }, 'This server has no models.'));
      return;
    }
    const asked = place.settings.get('model');
    const first = models.some((one) => one.id === asked) ? asked : models[0].id;
    choice.replaceChildren(...models.map((one) =>
      element('option', { value: one.id, selected: one.id === first }, `${one.id} · ${one.kind}`)));
    choose(first);
  }

  load();
  return () => panel?.close();
}
