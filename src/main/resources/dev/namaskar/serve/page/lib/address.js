// The state of the page in its address, so that it can be kept and shared: #view?name=value&name=value.

/** Reads an address's fragment: which view it names, and its settings as a map of texts. */
export function parse(fragment) {
  const text = fragment.replace(/^#/, '');
  const mark = text.indexOf('?');
  const view = mark < 0 ? text : text.slice(0, mark);
  const settings = new Map(new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)));
  return { view, settings };
}

/** The fragment of a view with these settings; those that are null, undefined or '' are left out. */
export function print(view, settings) {
  const query = new URLSearchParams();
  for (const [name, value] of settings) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return `#${view}${text ? '?' + text : ''}`;
}

/** A number of the settings within bounds, or what is usual where there is none. */
export function number(settings, name, usual, low, high) {
  const text = settings.get(name);
  const value = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(value)
    ? usual
    : Math.min(high, Math.max(low, value));
}

/** One of the choices, or the first of them. */
export function choice(settings, name, choices) {
  const value = settings.get(name);
  return choices.includes(value) ? value : choices[0];
}
