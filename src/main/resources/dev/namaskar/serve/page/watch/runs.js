// What is known of each run: the server's news put together.

/** Columns of a run's points. */
export const [STEP, STEPS, LOSS, LOWEST, HIGHEST, RATE, NORM, MS] = [0, 1, 2, 3, 4, 5, 6, 7];

/** The runs after some news, in the server's order; the list and its runs are modified. */
export function apply(runs, news) {
  for (const told of news) {
    const old = runs[told.run];
    const run = old && !told.anew ? old : { points: [], validations: [], norms: [], samples: [] };
    const { points, validations, norms, samples, from, ...facts } = told;
    Object.assign(run, facts);
    run.points.splice(from, run.points.length, ...points);
    run.validations.push(...validations);
    run.norms.push(...norms);
    run.samples.push(...samples);
    runs[told.run] = run;
  }
  return runs;
}

/** A column of a run's points. */
export function column(run, index) {
  return run.points.map((point) => point[index]);
}

/** The best validation so far, or null. */
export function best(run) {
  return run.validations.reduce(
    (found, one) => (found === null || one.validation_loss < found.validation_loss ? one : found),
    null,
  );
}

/** Seconds to the end at the speed of the whole run so far, or null where nobody knows. */
export function secondsLeft(run) {
  const begun = run.points.length ? run.points[0][STEP] - run.points[0][STEPS] : 0;
  const done = run.step - begun;
  if (run.state === 'ended' || !run.total || !run.seconds || done <= 0) return null;
  return Math.max(0, run.total - run.step) * (run.seconds / done);
}
