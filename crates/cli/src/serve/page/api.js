/**
 * What the server is asked.
 *
 * @module
 */

/**
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} url
 * @property {string} title
 * @property {[start: number, end: number][]} titleHighlights
 * @property {number} score
 * @property {boolean} exact
 * @property {{ text: string, highlights: [start: number, end: number][] }} snippet
 * @property {{ title: string, anchor: string }} [section]
 * @property {Record<string, string>} meta
 *
 * @typedef {{ total: number, related: number, hits: Hit[], took: number }} Results
 *
 * @typedef {{ docFreq: number, termFreq: number, score: number }} FieldScore
 * @typedef {{ term: string, byPrefix: boolean, title: FieldScore, text: FieldScore, score: number }} TermScore
 * @typedef {{ titleLength: number, textLength: number, terms: TermScore[], characters: number, headings: number, script: number, score: number }} Explanation
 *
 * @typedef {{ text: string, position: number, bytes: [start: number, end: number], utf16: [start: number, end: number] }} Token
 *
 * @typedef {{ version: number, error: string | null }} State
 */

/**
 * @param {string} name
 * @param {Record<string, string | number>} parameters
 * @param {RequestInit} [init]
 */
async function ask(name, parameters, init) {
  const query = new URLSearchParams(Object.entries(parameters).map(([key, value]) => [key, String(value)]));
  const response = await fetch(`/api/${name}?${query}`, init);
  if (response.ok) return response.json();
  const said = await response.text();
  throw new Error(said || `${response.status}`);
}

/** @returns {Promise<{ index: string, documents: number }>} */
export const about = () => ask("index", {});

/**
 * @param {string} q
 * @param {number} limit
 * @param {AbortSignal} signal
 * @returns {Promise<Results>}
 */
export const search = (q, limit, signal) => ask("search", { q, limit }, { signal });

/**
 * @param {string} q
 * @param {string} id
 * @returns {Promise<Explanation>}
 */
export const explain = (q, id) => ask("explain", { q, id });

/**
 * @param {string} text
 * @param {string} side `index` or `query`.
 * @param {AbortSignal} signal
 * @returns {Promise<{ tokens: Token[] }>}
 */
export const tokens = (text, side, signal) => ask("tokens", { side }, { method: "POST", body: text, signal });

/**
 * Calls `changed` with the state of the index, now and whenever it changes, and `lost` when the
 * server is gone; the browser keeps trying.
 *
 * @param {(state: State) => void} changed
 * @param {() => void} lost
 */
export function follow(changed, lost) {
  const events = new EventSource("/api/events");
  events.addEventListener("index", (event) => changed(JSON.parse(event.data)));
  events.addEventListener("error", lost);
}

/**
 * Makes of a question one that ends the one before: of several answers only the last counts.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @param {(answer: T) => void} show
 * @param {(error: Error) => void} fail
 */
export function latest(ask, show, fail) {
  let before = new AbortController();
  return () => {
    before.abort();
    const { signal } = (before = new AbortController());
    ask(signal).then(
      (answer) => {
        if (!signal.aborted) show(answer);
      },
      (error) => {
        if (!signal.aborted) fail(error);
      },
    );
  };
}
