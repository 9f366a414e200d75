import assert from 'node:assert/strict';
import { test } from 'node:test';

const page = '../../main/resources/dev/namaskar/serve/page/';
const { parse, print, number, choice } = await import(`${page}lib/address.js`);
const { smooth } = await import(`${page}lib/smooth.js`);
const { decades, linear, moved, positive, ticks, unplaced } = await import(`${page}lib/scale.js`);
const { count, duration, figure, percent, visible } = await import(`${page}lib/format.js`);
const { splitter } = await import(`${page}lib/server.js`);

/** Numbers that are the same in every run (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('an address comes back as it was printed, whatever is in it', () => {
  const settings = new Map([['prompt', 'a & b = ç?\n#'], ['t', '0.5'], ['nothing', ''], ['none', null]]);
  const read = parse(print('playground', settings));
  assert.equal(read.view, 'playground');
  assert.deepEqual([...read.settings], [['prompt', 'a & b = ç?\n#'], ['t', '0.5']]);
  assert.deepEqual(parse('').view, '');
});

test('settings that are no numbers or out of bounds do no harm', () => {
  const of = (text) => number(new Map([['x', text]]), 'x', 7, 0, 10);
  assert.deepEqual(['3', '99', '-1', 'abc', '', 'NaN', '1e999'].map(of), [3, 10, 0, 7, 7, 7, 7]);
  assert.equal(number(new Map(), 'x', 7, 0, 10), 7);
  assert.equal(choice(new Map([['s', 'other']]), 's', ['linear', 'log']), 'linear');
  assert.equal(choice(new Map([['s', 'log']]), 's', ['linear', 'log']), 'log');
});

test('a constant stays what it is under any smoothing: no bias towards a beginning', () => {
  for (const over of [1, 2, 20, 1000]) {
    smooth(Array(50).fill(3.25), Array(50).fill(1), over).forEach((v) => assert.ok(Math.abs(v - 3.25) < 1e-12));
  }
});

test('smoothing is the weighted mean that it says it is', () => {
  const draw = random(5);
  const values = Array.from({ length: 40 }, draw);
  const counts = values.map(() => 1 + Math.floor(4 * draw()));
  const over = 9;
  const found = smooth(values, counts, over);
  // Each step by itself, summed anew for every point.
  const steps = values.flatMap((value, i) => Array(counts[i]).fill([value, i]));
  values.forEach((_, i) => {
    const until = steps.filter(([, at]) => at <= i);
    let sum = 0;
    let weight = 0;
    until.forEach(([value], k) => {
      const w = (1 - 1 / over) ** (until.length - 1 - k);
      sum += w * value;
      weight += w;
    });
    assert.ok(Math.abs(found[i] - sum / weight) < 1e-9, `${i}`);
  });
  assert.deepEqual(smooth([1, null, 5], [1, 1, 1], 1), [1, null, 5]);
});

test('what is not above 0 has no place on a log axis, and is counted', () => {
  assert.deepEqual(positive([1, 0, -2, null, 3]), [1, null, null, null, 3]);
  assert.equal(unplaced([1, 0, -2, null, 3]), 2);
});

test('ticks are round, inside, and about as many as asked for', () => {
  const draw = random(11);
  for (let i = 0; i < 500; i++) {
    const low = (draw() - 0.5) * 10 ** Math.floor(draw() * 8 - 4);
    const high = low + draw() * 10 ** Math.floor(draw() * 8 - 4) + 1e-6;
    const found = ticks(low, high, 6);
    assert.ok(found.length >= 1 && found.length <= 7, `${low} ${high} ${found}`);
    found.forEach((tick) => assert.ok(tick >= low - (high - low) * 1e-6 && tick <= high + (high - low) * 1e-6));
  }
});

test('a log axis has decades over many of them, and even steps within one', () => {
  assert.deepEqual(decades(0.5, 20), [0.5, 1, 2, 5, 10, 20]);
  assert.deepEqual(decades(1e-6, 1), [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]);
  assert.ok(decades(1.1, 1.9).length >= 3);
});

test('a zoom moves within the data, and out of it to everything', () => {
  assert.deepEqual(moved([0, 100], [0, 100], 'in'), [25, 75]);
  assert.deepEqual(moved([25, 75], [0, 100], 'out'), [0, 100]);
  assert.deepEqual(moved([0, 40], [0, 100], 'left'), [0, 40]);
  assert.deepEqual(moved([70, 90], [0, 100], 'right'), [75, 95]);
  assert.deepEqual(moved([90, 100], [0, 100], 'right'), [90, 100]);
});

test('a line through two points', () => {
  assert.equal(linear([0, 10], [100, 200])(5), 150);
  assert.equal(linear([3, 3], [1, 2])(3), 1);
});

test('numbers as people read them', () => {
  assert.deepEqual(
    [0, 1.23456, 123456, 0.00021, -4.2e-9, 2.5e7, null, NaN].map(figure),
    ['0', '1.235', '123500', '2.1·10⁻⁴', '-4.2·10⁻⁹', '2.5·10⁷', '–', '–'],
  );
  assert.equal(count(1234567), '1\u2009234\u2009567');
  assert.deepEqual([0.4, 59.6, 185, 7800, -3].map(duration), ['0 s', '1:00 min', '3:05 min', '2:10 h', '0 s']);
  assert.deepEqual([1, 0.053, 0.0001, 0].map(percent), ['100 %', '5.3 %', '<0.1 %', '0.0 %']);
  assert.deepEqual([' ', '\n', 'a'].map(visible), ['␣', '↵', 'a']);
});

test('events come whole, however the stream is cut', () => {
  const stream = 'data: {"a":1}\n\n: heartbeat\n\nevent: x\r\ndata: two\r\ndata: lines\r\n\r\ndata:[DONE]\n\ndata: half';
  for (let size = 1; size <= stream.length; size++) {
    const take = splitter();
    const found = [];
    for (let at = 0; at < stream.length; at += size) found.push(...take(stream.slice(at, at + size)));
    assert.deepEqual(found, ['{"a":1}', 'two\nlines', '[DONE]'], `pieces of ${size}`);
  }
});
