// What fits on an axis.

/** Values for a log axis: what is not above 0 has no place there and becomes null. */
export function positive(values) {
  return values.map((value) => (value > 0 ? value : null));
}

/** How many values are there but have no place on a log axis. */
export function unplaced(values) {
  return values.filter((value) => value !== null && value !== undefined && !(value > 0)).length;
}

/** The x range after a step of the keyboard: in, out, left, right; within the data's own. */
export function moved([low, high], [least, most], how) {
  const width = high - low;
  const middle = (low + high) / 2;
  const shapes = {
    in: [middle - width / 4, middle + width / 4],
    out: [middle - width, middle + width],
    left: [low - width / 4, high - width / 4],
    right: [low + width / 4, high + width / 4],
  };
  let [from, to] = shapes[how];
  if (to - from >= most - least) return [least, most];
  if (from < least) [from, to] = [least, least + (to - from)];
  if (to > most) [from, to] = [most - (to - from), most];
  return [from, to];
}

/** Maps a domain to a range linearly. */
export function linear([d0, d1], [r0, r1]) {
  const slope = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0);
  return (value) => r0 + slope * (value - d0);
}

/** About so many round numbers that cover a range. */
export function ticks(low, high, about) {
  const span = high - low || 1;
  const raw = span / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => span / s <= about) ?? 10 * power;
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}

/**
 * Round numbers on a log axis, at most so many where decades are no more: decades, with 2 and 5 between where there is
 * room; within less than a decade even ones.
 */
export function decades(low, high, most = 12) {
  if (high / low < 8) return ticks(low, high, Math.min(6, most)).filter((tick) => tick > 0);
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const between = 3 * Math.log10(high / low) > most ? [1] : [1, 2, 5];
  const found = [];
  for (let power = first; power <= last; power++) {
    for (const digit of between) {
      const tick = Number(`${digit}e${power}`);
      if (tick >= low && tick <= high) found.push(tick);
    }
  }
  return found;
}
