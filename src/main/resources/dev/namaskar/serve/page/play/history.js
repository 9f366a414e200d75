// A history as people paste it, and a forecast as a chart wants it.

/** A request's history: numbers alone become a series, all else is a table. */
export function history(text) {
  const parts = text.trim().split(/[\s,;]+/).filter(Boolean);
  const numbers = parts.map(Number);
  if (parts.length > 1 && numbers.every(Number.isFinite)) return { series: [{ values: numbers }] };
  return { table: text };
}

/** The last numbers of a history, as far as they are plain: of a table, the last column that is numbers. */
export function values(text) {
  const asked = history(text);
  if (asked.series) return asked.series[0].values;
  const rows = text.trim().split(/\r?\n/).slice(1).map((row) => row.split(/[,;\t]/));
  const width = Math.min(...rows.map((row) => row.length));
  for (let column = width - 1; column >= 0; column--) {
    const found = rows.map((row) => row[column].trim()).map((cell) => (cell === '' ? null : Number(cell)));
    if (found.some((value) => value !== null) && found.every((value) => value === null || Number.isFinite(value))) {
      return found;
    }
  }
  return [];
}

/** The levels of a forecast, narrowest first: [percent, lower, upper] each. */
export function bands(forecast) {
  return Object.keys(forecast)
    .filter((key) => key.startsWith('lo_'))
    .map((key) => key.slice(3))
    .map((percent) => [Number(percent), forecast[`lo_${percent}`], forecast[`hi_${percent}`]])
    .sort((a, b) => a[0] - b[0]);
}
