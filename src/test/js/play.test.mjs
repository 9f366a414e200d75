import assert from 'node:assert/strict';
import { test } from 'node:test';

const page = '../../main/resources/dev/namaskar/serve/page/';
const { characters, meanBits, strength } = await import(`${page}play/reading.js`);
const { columns, largest, pixels } = await import(`${page}play/state.js`);
const { bands, history, values } = await import(`${page}play/history.js`);

test('characters come with their surprise in bits and the alternatives, likeliest first', () => {
  const part = { choices: [{ text: 'na', logprobs: {
    tokens: ['n', 'a'], token_logprobs: [null, Math.log(0.25)], top_logprobs: [null, { b: Math.log(0.25), a: Math.log(0.5) }],
  } }] };
  const [first, second] = characters(part);
  assert.deepEqual(first, { text: 'n', bits: null, alternatives: [] });
  assert.ok(Math.abs(second.bits - 2) < 1e-12);
  assert.deepEqual(second.alternatives.map(([symbol]) => symbol), ['a', 'b']);
  assert.deepEqual(characters({ choices: [] }), []);
  assert.ok(Math.abs(meanBits([first, second, { bits: 4 }]) - 3) < 1e-12);
  assert.equal(meanBits([first]), null);
  assert.deepEqual([null, 0, 4, 99].map(strength), [0, 0, 0.5, 1]);
});

test('numbers alone are a series, all else is a table', () => {
  assert.deepEqual(history('1, 2 3\n4.5'), { series: [{ values: [1, 2, 3, 4.5] }] });
  assert.deepEqual(history('month,sales\n2020-01,5'), { table: 'month,sales\n2020-01,5' });
  assert.deepEqual(history(''), { table: '' });
});

test('the numbers of a table are its last column of numbers', () => {
  assert.deepEqual(values('month,sales\n2020-01,5\n2020-02,\n2020-03,7'), [5, null, 7]);
  assert.deepEqual(values('a,b,c\nx,1,p\ny,2,q'), [1, 2]);
  assert.deepEqual(values('3 4'), [3, 4]);
  assert.deepEqual(values('a,b\nx,y'), []);
});

test('intervals are found by their names, the narrowest first', () => {
  const forecast = { forecast: [1], lo_95: [0], hi_95: [2], lo_80: [0.5], hi_80: [1.5], 'lo_99.5': [-1], 'hi_99.5': [3] };
  assert.deepEqual(bands(forecast), [[80, [0.5], [1.5]], [95, [0], [2]], [99.5, [-1], [3]]]);
});

test('a span is read when its last character is, however the model cuts the text', () => {
  assert.deepEqual(columns(['n', 'a', 'ma', '😀'], ['n', 'am', 'a', '😀']), [0, 2, 2, 3]);
  assert.deepEqual(columns(['ab'], ['a', 'b', 'c']), [0, 0, -1]);
  assert.deepEqual(columns([], ['a']), [-1]);
});

test('units are coloured by sign and size, those beyond one by their own largest', () => {
  assert.equal(largest([0.1, -0.2]), 1);
  assert.equal(largest([-4, 2]), 4);
  const bytes = pixels([[-1, 0, 0.5], [0, 4, -2]], ['#0000ff', '#fff', '#ff0000']);
  assert.deepEqual([...bytes.slice(0, 12)], [0, 0, 255, 255, 255, 255, 255, 255, 255, 128, 128, 255]);
  assert.deepEqual([...bytes.slice(16, 24)], [255, 0, 0, 255, 128, 128, 255, 255]);
});
