import assert from 'node:assert/strict';
import { test } from 'node:test';

const page = '../../main/resources/dev/namaskar/serve/page/';
const { arriving, decay, decaySentence, likeliest, moments, norm, sentence } = await import(`${page}classroom/lesson.js`);

const step = (read, target, last) => ({
  read, target, state: [0.5, -0.5], probabilities: [0.2, 0.8], loss: 0.22,
  d_own: [3, 0], d_later: [0, 4, 9, 9], d_last: last,
});
const lesson = {
  letters: ['a', ' '], hidden: 2,
  steps: [step('a', ' ', [0.01, 0]), step(' ', 'a', [0, 0.1]), step('a', ' ', [0.6, 0.8])],
};

test('a lesson goes forward through all steps and back again', () => {
  assert.deepEqual(moments(2), [
    { way: 'forward', t: 0 }, { way: 'forward', t: 1 }, { way: 'back', t: 1 }, { way: 'back', t: 0 },
  ]);
});

test('what arrives at h is the sum of both ways, without the carry', () => {
  assert.deepEqual(arriving(lesson.steps[0], 2), [3, 4]);
  assert.equal(norm([3, 4]), 5);
});

test('the likeliest letter stands first, and blanks can be seen', () => {
  assert.deepEqual(likeliest(lesson.steps[0], lesson.letters, 1), [[' ', 0.8]]);
  assert.match(sentence(lesson, { way: 'forward', t: 0 }), /reads a, expects ␣ \(80 %\)/);
  assert.match(sentence(lesson, { way: 'back', t: 1 }), /step 2 of 3: a gradient of size 3 /);
});

test('decay is the mean factor a step, and nothing is invented where nothing is left', () => {
  const found = decay(lesson);
  assert.deepEqual(found.norms, [0.01, 0.1, 1]);
  assert.ok(Math.abs(found.factor - 0.1) < 1e-12);
  assert.match(decaySentence(found), /shrinks to 0\.1 .* over 2 steps to 0\.01/);
  assert.match(decaySentence({ norms: [9, 1], factor: 9 }), /grows/);
  assert.match(decaySentence({ norms: [0, 1], factor: null }), /Nothing is left/);
});
