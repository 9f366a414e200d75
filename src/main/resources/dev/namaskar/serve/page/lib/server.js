// What the page asks of the server it came from: always by relative addresses, so that it works behind a proxy.

const TOKEN = 'namaskar-token';

/** What went wrong, in the server's own words. */
export class ServerError extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Keeps the token for this tab. */
export function keepToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

function headers(more) {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function checked(response) {
  if (response.ok) return response;
  let error = null;
  try {
    error = (await response.json()).error;
  } catch {
    // No JSON: a proxy between has answered.
  }
  throw new ServerError(response.status, error?.message ?? `the server answered ${response.status}`, error?.code);
}

/** Reads JSON. */
export async function get(path, signal) {
  const response = await checked(await fetch(path, { headers: headers({}), signal }));
  return response.json();
}

/** Asks with JSON for JSON. */
export async function post(path, body, signal) {
  const response = await checked(await send(path, body, signal));
  return response.json();
}

function send(path, body, signal) {
  return fetch(path, {
    method: 'POST',
    headers: headers({ 'Content-Type': 'application/json' }),
    body: JSON.stringify(body),
    signal,
  });
}

/** Reads the data of server-sent events as they come, of a GET or, with a body, of a POST. */
export async function* events(path, body, signal) {
  const response = await checked(
    body === null ? await fetch(path, { headers: headers({}), signal }) : await send(path, body, signal),
  );
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parts = splitter();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield* parts(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Takes pieces of a stream of events and gives the data of those that are whole. */
export function splitter() {
  let rest = '';
  return (piece) => {
    rest += piece;
    const whole = rest.split(/\r?\n\r?\n/);
    rest = whole.pop();
    return whole
      .map((event) =>
        event
          .split(/\r?\n/)
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).replace(/^ /, ''))
          .join('\n'),
      )
      .filter((data) => data !== '');
  };
}
