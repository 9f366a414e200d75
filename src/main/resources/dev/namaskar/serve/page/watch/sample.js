// A sample of a run: a text, answers, or a forecast; as the log has it.

/** What a sample is; what nobody here knows is shown as text. */
export function kind(sample) {
  if (Array.isArray(sample?.answers)) return 'answers';
  return Array.isArray(sample?.forecast) && Array.isArray(sample?.actual) ? 'forecast' : 'text';
}

/** The lines of a forecast over steps that end with it: x counts from the first step forecast, 1. */
export function lines({ history = [], actual, forecast }) {
  const before = history.map((_, i) => i - history.length + 1);
  const ahead = forecast.map((_, i) => i + 1);
  const gap = (list) => list.map(() => null);
  const last = history.length ? [history.at(-1)] : [];
  const joined = (list) => [...gap(history.slice(1)), ...last, ...list];
  return { x: [...before, ...ahead], history: [...history, ...gap(forecast)], actual: joined(actual), expected: joined(forecast) };
}

/** The mean distance of a forecast from what came, where both are known. */
export function error({ actual, forecast }) {
  const known = forecast.map((value, i) => [value, actual[i]]).filter((pair) => pair.every(Number.isFinite));
  return known.length ? known.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0) / known.length : null;
}
