/**
 * Marks on a page what was searched for, in either script, across tags and wrapped lines:
 *
 *     import { highlight } from "./highlight.js";
 *     await highlight(); // what `?highlight=` says, if it says anything
 *
 * The text goes to the engine as it is, so what is marked here is what was found there; without a
 * query nothing is loaded. `suoyin-highlight.js` is the same as a script that starts by itself.
 *
 * @module
 */

import { load } from "./highlight/load.js";
import { Marks } from "./highlight/marks.js";
import { passages } from "./highlight/passages.js";
import { pause, Turn } from "./highlight/turn.js";

/** @import { Passage } from "./highlight/passages.js" */

/**
 * What is needed of an index.
 *
 * @typedef {object} Highlighter
 * @property {(query: string, text: string, options: { whole: boolean, signal: AbortSignal }) =>
 *   Promise<[start: number, end: number][]>} highlights
 * @property {() => void} close
 */

/**
 * @typedef {object} Options
 * @property {string | null} [query] What to mark; by default what the address says.
 * @property {string} [param] The parameter of the address that says it; `highlight` by default.
 * @property {string | Element} [root] Where to look, as a selector or itself; by default in `main`, or
 *   else in the whole page.
 * @property {string | URL} [src] The folder of the index, ending in `/`, or its `suoyin.js`.
 * @property {() => Promise<Highlighter>} [open] Opens the index, instead of `src`.
 * @property {boolean} [scroll] Whether to go to the first mark, if none is in sight; so by default.
 */

/** Marks, at most: more help nobody, and take the browser long to paint. */
const MOST_MARKS = 5000;
/** Characters of a query that count: what an address can hold is no measure. */
const LONGEST_QUERY = 256;

/** Those shown now, and the end of what is under way. @type {{ marks: Marks, life: AbortController } | undefined} */
let shown;

/**
 * Marks what was searched for, in place of what was marked before. Where none of its clauses stands
 * on the page, its terms are marked. The page stays responsive, however long it is.
 *
 * @param {Options} [options]
 * @returns {Promise<number>} How many marks there are now.
 */
export async function highlight({ query, param = "highlight", root, src, open, scroll = true } = {}) {
  clear();
  const wanted = (query ?? new URL(location.href).searchParams.get(param) ?? "").slice(0, LONGEST_QUERY);
  const place = typeof root === "string" ? document.querySelector(root) : root;
  const within = place ?? document.querySelector("main, [role=main]") ?? document.body;
  if (!wanted.trim()) return 0;
  const marks = new Marks();
  const life = new AbortController();
  shown = { marks, life };
  const moved = hasMoved(life.signal);
  const index = await (open ? open() : load(src));
  try {
    await mark(index, wanted, within, marks, life.signal);
  } catch (error) {
    // What takes this one's place has cleared its marks.
    if (!life.signal.aborted) throw error;
  } finally {
    index.close();
  }
  if (scroll && !life.signal.aborted && !moved()) marks.show();
  return marks.count;
}

/** Takes all marks away. */
export function clear() {
  shown?.life.abort();
  shown?.marks.clear();
  shown = undefined;
}

/**
 * @param {Highlighter} index
 * @param {string} query
 * @param {Element} root
 * @param {Marks} marks
 * @param {AbortSignal} signal
 */
async function mark(index, query, root, marks, signal) {
  const turn = new Turn();
  /** @param {Passage} passage @param {boolean} whole */
  async function markIn(passage, whole) {
    const ranges = await index.highlights(query, passage.text, { whole, signal });
    // From the last on: elements that are put into the text move only what stands behind them.
    for (const [start, end] of ranges.slice(0, MOST_MARKS - marks.count).reverse()) {
      marks.add(passage.places(start, end));
      if (turn.isOver()) await pause();
      signal.throwIfAborted();
    }
    marks.flush();
  }
  /** @type {Passage[]} */
  const seen = [];
  for (const passage of passages(root)) {
    if (turn.isOver()) await pause();
    signal.throwIfAborted();
    if (!passage) continue;
    seen.push(passage);
    if (marks.count < MOST_MARKS) await markIn(passage, true);
  }
  if (marks.count) return;
  for (const passage of seen) {
    if (marks.count < MOST_MARKS) await markIn(passage, false);
  }
}

/**
 * Whether the reader went anywhere since: then the page does not move by itself.
 *
 * @param {AbortSignal} signal
 */
function hasMoved(signal) {
  let moved = false;
  const options = { capture: true, once: true, passive: true, signal };
  for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(type, () => (moved = true), options);
  }
  return () => moved;
}
