// Elements without a framework.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes (on... for listeners, null to leave out) and children (texts or elements). */
export function element(name, attributes = {}, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

/** The same of a drawing. */
export function svg(name, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, name), attributes, children);
}

function furnish(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'style') Object.entries(value).forEach(([k, v]) => made.style.setProperty(k, v));
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** Sets a text if it is another, so that screen readers and selections are left alone. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** What may be wider than the window, and is then moved by keys too. */
export function wide(label, ...children) {
  return element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': label }, children);
}

/** A group of buttons of which one is pressed: [value, words] each. */
export function choices(label, options, chosen, changed) {
  const name = `choice-${label.replace(/\W/g, '-')}`;
  return element(
    'fieldset',
    { class: 'choices' },
    element('legend', {}, label),
    options.map(([value, words]) =>
      element(
        'label',
        {},
        element('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => changed(value) }),
        element('span', {}, words),
      ),
    ),
  );
}

/** A slider with its name and its value beside it. */
export function slider(label, { min, max, step, value, shown = String, changed, id }) {
  const output = element('output', { for: id }, shown(value));
  const input = element('input', {
    type: 'range', id, min, max, step, value,
    'aria-valuetext': shown(value),
    oninput: () => {
      const now = Number(input.value);
      output.textContent = shown(now);
      input.setAttribute('aria-valuetext', shown(now));
      changed(now);
    },
  });
  return element('div', { class: 'slider' }, element('label', { for: id }, label), input, output);
}
