// Values of units as colours, and which of them stand behind which part of a text.

/** For each of a text's spans the column behind its last character, or -1 where it is not there. */
export function columns(characters, spans) {
  const ends = new Map();
  let length = 0;
  characters.forEach((one, i) => {
    for (const _ of one) ends.set(++length, i);
  });
  let read = 0;
  return spans.map((span) => ends.get((read += [...span].length)) ?? -1);
}

/** The largest size of some values, 1 at least, so that what hardly moves stays pale. */
export function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}

function channels(hex) {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex;
  return [1, 3, 5].map((i) => parseInt(long.slice(i, i + 2), 16));
}

/** Rows of values as the bytes of a picture (red, green, blue, opaque); colours of -1, 0 and 1 as #rrggbb. */
export function pixels(values, colours) {
  const [low, middle, high] = colours.map(channels);
  const bytes = new Uint8ClampedArray(4 * values.length * (values[0]?.length ?? 0));
  let i = 0;
  for (const row of values) {
    const most = largest(row);
    for (const value of row) {
      const end = value < 0 ? low : high;
      const share = Math.abs(value) / most;
      for (let c = 0; c < 3; c++) bytes[i++] = middle[c] + share * (end[c] - middle[c]);
      bytes[i++] = 255;
    }
  }
  return bytes;
}
