// The server's news of all runs, followed as long as the view is open, across broken connections.

import { events } from '../lib/server.js';
import { apply } from './runs.js';

/** Between attempts to connect again, in milliseconds. */
const AGAIN = 1500;

/**
 * Follows the runs.
 *
 * @param runs modified as news come; begun anew with every connection
 * @param changed called after that
 * @param connection told whether there is one, and what to say where there is none
 * @returns what ends it
 */
export function follow(runs, changed, connection) {
  const ended = new AbortController();
  (async () => {
    while (!ended.signal.aborted) {
      try {
        let first = true;
        for await (const data of events('runs/events', null, ended.signal)) {
          const told = JSON.parse(data);
          if (told.error) throw new Error(told.error.message);
          if (first) runs.length = 0;
          first = false;
          apply(runs, told.runs);
          connection(true, '');
          changed();
        }
      } catch (error) {
        if (ended.signal.aborted) return;
        console.debug(`runs: ${error.message}`);
      }
      connection(false, 'Not connected: the command has ended or cannot be reached. This is what is known of it.');
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  })();
  return () => ended.abort();
}
