// What must be found, by a plain search of the texts that knows nothing of the index or its analyzer.
//
// The engine finds more than this, and should: traditional characters, full-width letters, words
// across a wrapped line. So this bounds the answer from below, and the marks bound it from above.
import { standsAlone } from "./draw.mjs";

/** @import { Document, Kind } from "./draw.mjs" */

/**
 * @typedef {Document & { id: string }} Identified
 * @typedef {object} Answer What the engine said, in short.
 * @property {number} total
 * @property {{ id: string, exact: boolean, marked: string[] }[]} hits
 */

/** Counts of how well the answers to one kind of queries agree with the texts. */
export class Verdict {
  /** Queries that stand in some document, all of whose documents were counted. */
  found = 0;
  /** Queries asked. */
  asked = 0;
  /** Documents that hold the query as it is. */
  holding = 0;
  /** Documents that the engine counted as exact. */
  total = 0;
  /** Exact hits shown. */
  exact = 0;
  /** Exact hits in which every mark is the query. */
  marked = 0;
  /** The first few queries that were not found. @type {string[]} */
  missed = [];
}

/**
 * Compares answers with the texts.
 *
 * @param {Identified[]} documents
 * @param {Kind} kind
 * @param {Answer[]} answers
 */
export function judge(documents, kind, answers) {
  const verdict = new Verdict();
  kind.queries.forEach((query, i) => {
    const { total, hits } = answers[i] ?? { total: 0, hits: [] };
    const holding = documents.filter(({ title, text }) => holds(title, query) || holds(text, query));
    const exact = hits.filter((hit) => hit.exact);
    const shown = new Set(exact.map(({ id }) => id));
    // Where all that was counted is shown, each document itself must be among it.
    const all = total > exact.length || holding.every(({ id }) => shown.has(id));
    const found = all && total >= holding.length;
    verdict.asked += 1;
    verdict.found += Number(found);
    verdict.holding += holding.length;
    verdict.total += total;
    verdict.exact += exact.length;
    verdict.marked += exact.filter(({ marked }) => isMarked(marked, query)).length;
    if (!found && verdict.missed.length < 5) verdict.missed.push(query);
  });
  return verdict;
}

/**
 * @param {string} text
 * @param {string} query
 */
function holds(text, query) {
  if (!/^[a-z]/i.test(query)) return text.includes(query);
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + 1)) {
    if (standsAlone(text, at, at + query.length)) return true;
  }
  return false;
}

/**
 * Whether something is marked, and only what was asked for; touching occurrences share a mark.
 *
 * @param {string[]} marked
 * @param {string} query
 */
function isMarked(marked, query) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/\s+/g, "");
  const wanted = plain(query);
  return marked.length > 0 && marked.every((mark) => plain(mark).startsWith(wanted) && plain(mark).endsWith(wanted));
}
