import assert from 'node:assert/strict';
import { test } from 'node:test';

const page = '../../main/resources/dev/namaskar/serve/page/';
const { apply, best, column, LOSS, secondsLeft, STEP } = await import(`${page}watch/runs.js`);
const { error, kind, lines } = await import(`${page}watch/sample.js`);
const { gradient, ratios, slot } = await import(`${page}watch/health.js`);

const point = (step, loss) => [step, 1, loss, loss, loss, 0.1, 1, 2];
const news = (more) => ({ run: 0, from: 0, points: [], validations: [], norms: [], samples: [], anew: false, ...more });

test('news put a run together: points grow, the last one changes, thinned ones take the place of all', () => {
  const runs = [];
  apply(runs, [news({ anew: true, name: 'a', points: [point(1, 5), point(2, 4)] })]);
  apply(runs, [news({ from: 1, points: [point(3, 3.5), point(4, 3)], validations: [{ step: 4, validation_loss: 2 }] })]);
  assert.deepEqual(column(runs[0], STEP), [1, 3, 4]);
  assert.deepEqual(column(runs[0], LOSS), [5, 3.5, 3]);
  assert.equal(runs[0].name, 'a');
  apply(runs, [news({ from: 0, points: [point(2, 4.5), point(4, 3.2)] })]);
  assert.deepEqual(column(runs[0], STEP), [2, 4]);
  assert.equal(runs[0].validations.length, 1);
  apply(runs, [news({ anew: true, points: [point(1, 9)] })]);
  assert.deepEqual(column(runs[0], LOSS), [9]);
  assert.equal(runs[0].validations.length, 0);
});

test('the best validation is the lowest, the first of equals', () => {
  const run = { validations: [3, 1, 2, 1].map((validation_loss, step) => ({ step, validation_loss })) };
  assert.equal(best(run).step, 1);
  assert.equal(best({ validations: [] }), null);
});

test('time left goes by the steps of this process: a resumed run does not count those before', () => {
  const run = { state: 'running', step: 150, total: 200, seconds: 10, points: [point(101, 1), point(150, 1)] };
  assert.equal(secondsLeft(run), 10);
  assert.equal(secondsLeft({ ...run, total: null }), null);
  assert.equal(secondsLeft({ ...run, state: 'ended' }), null);
});

test('a slot is healthy about a thousandth, and nothing is said where nothing can be', () => {
  const of = (update, weight = 1, norm = 1) => slot({ gradient: norm, weight, update }).verdict;
  assert.deepEqual([1e-3, 1e-5, 0.1].map((u) => of(u)), ['healthy', 'slow', 'fast']);
  assert.equal(of(0.1, 0), 'begins at zero');
  assert.equal(of(0, 1, 0), 'no gradient');
  assert.equal(of(0, 1, 2), 'left alone');
  const all = (update) => ratios(Array(3).fill({ gradient: 1, weight: 1, update }));
  assert.match(all(0.1), /lower the learning rate/);
  assert.match(all(1e-6), /raise the learning rate/);
  assert.doesNotMatch(all(1e-3), /learning rate/);
});

test('exploding and vanishing gradients are named', () => {
  assert.match(gradient([1, 1.2, 0.9, 1, 40]), /explode/);
  assert.match(gradient([1e-9, 1e-9, 1e-9]), /vanish/);
  assert.doesNotMatch(gradient([1, 1.1, 0.9, 1.2]), /explode|vanish/);
  assert.match(gradient([null, null]), /clipped/);
});

test('a sample is what it looks like, and what nobody knows is a text', () => {
  assert.equal(kind('<b>'), 'text');
  assert.equal(kind({ answers: [] }), 'answers');
  assert.equal(kind({ forecast: [1], actual: [1] }), 'forecast');
  for (const strange of [null, 7, [], {}, { forecast: 1, actual: 2 }, { answers: 'a' }]) assert.equal(kind(strange), 'text');
});

test('a forecast and what came both begin where the history ends', () => {
  const sample = { history: [5, null, 7], actual: [8, null], forecast: [6, 9] };
  assert.deepEqual(lines(sample), {
    x: [-2, -1, 0, 1, 2],
    history: [5, null, 7, null, null],
    actual: [null, null, 7, 8, null],
    expected: [null, null, 7, 6, 9],
  });
  assert.deepEqual(lines({ actual: [1], forecast: [2] }).expected, [2]);
  assert.equal(error(sample), 2);
  assert.equal(error({ actual: [null], forecast: [1] }), null);
});
