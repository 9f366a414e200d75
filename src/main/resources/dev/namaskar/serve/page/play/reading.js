// What a stream of completions says, character by character, put together.

/** Nats of a bit. */
const BIT = Math.log(2);

/** The characters of a part of a completion, each with its surprise in bits (null for the first) and the alternatives. */
export function characters(part) {
  const told = part.choices?.[0]?.logprobs;
  if (!told) return [];
  return told.tokens.map((text, i) => ({
    text,
    bits: told.token_logprobs[i] === null ? null : Math.max(0, -told.token_logprobs[i] / BIT),
    alternatives: alternatives(told.top_logprobs[i]),
  }));
}

/** Alternatives as [symbol, probability], likeliest first. */
function alternatives(logs) {
  return Object.entries(logs ?? {})
    .map(([symbol, log]) => [symbol, Math.exp(log)])
    .sort((a, b) => b[1] - a[1]);
}

/** How strongly a surprise is coloured, from 0 for none to 1 for eight bits and more. */
export function strength(bits) {
  return bits === null ? 0 : Math.min(1, bits / 8);
}

/** Mean surprise in bits of the characters from one on, or null where there is none. */
export function meanBits(all, from = 0) {
  const known = all.slice(from).map((one) => one.bits).filter((bits) => bits !== null);
  return known.length ? known.reduce((sum, bits) => sum + bits, 0) / known.length : null;
}
