// Smoothing that invents nothing: a moving average with fading weights, made free of its bias towards its beginning.

/**
 * The debiased exponential moving average. Each value may stand for several steps in a row.
 *
 * @param values one a point; null is passed over
 * @param counts how many steps a point stands for
 * @param over about how many steps the average reaches back; 1 for the values themselves
 */
export function smooth(values, counts, over) {
  const keep = 1 - 1 / Math.max(1, over);
  let sum = 0;
  let weight = 0;
  return values.map((value, i) => {
    if (value === null || value === undefined) return null;
    const fade = keep ** counts[i];
    sum = fade * sum + (1 - fade) * value;
    weight = fade * weight + (1 - fade);
    return sum / weight;
  });
}
