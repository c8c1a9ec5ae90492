/**
 * Where a hit leads.
 *
 * @module
 */

import { safeUrl } from "./safe-url.js";

/** @import { FoundHit } from "./session.js" */

/**
 * @typedef {object} LinkOptions
 * @property {string} base What relative addresses are relative to.
 * @property {string} [highlightParam] The parameter that tells the page what was searched for.
 * @property {boolean} textFragment Whether the browser shall look for the passage.
 */

/**
 * The address of a hit, or of a section of it.
 *
 * The anchor of a section is the surest. Without one, the browser is asked for the passage by a text
 * fragment, unless a script on the page looks for it.
 *
 * @param {FoundHit} hit
 * @param {{ anchor?: string, snippet?: FoundHit["snippet"] } | undefined} section
 * @param {string} query
 * @param {LinkOptions} options
 * @returns {string | undefined} Nothing where the document's address is not fit for a link.
 */
export function link(hit, section, query, { base, highlightParam, textFragment }) {
  const href = safeUrl(hit.url, base);
  if (href === null) return undefined;
  const target = new URL(href);
  if (highlightParam) target.searchParams.set(highlightParam, query);
  if (section?.anchor && !target.hash) target.hash = section.anchor;
  if (target.hash || highlightParam || !textFragment) return target.href;
  const { text, highlights } = section?.snippet ?? hit.snippet;
  const passage = highlights[0] && widened(text, highlights[0]);
  return passage ? `${target.href}#:~:text=${escaped(passage)}` : target.href;
}

/** Longer passages are too likely to be broken by something on the page. */
const LONGEST = 60;

/**
 * The match with what stands around it up to the next space or mark: browsers find a text fragment
 * only between the boundaries of words, and no two agree where these are inside Chinese.
 *
 * @param {string} text
 * @param {[start: number, end: number]} match
 * @returns {string | undefined} Nothing where the passage may be cut off, wrapped or too long.
 */
export function widened(text, [start, end]) {
  // Letters would say the same, but take browsers milliseconds to compile.
  const from = text.slice(0, start).search(/[^\p{P}\s]*$/u);
  const to = end + text.slice(end).search(/[\p{P}\s]|$/u);
  const passage = text.slice(from, to);
  // At the edges of a snippet the passage may go on.
  return from && to < text.length && to - from <= LONGEST && !/[\r\n]/.test(passage) ? passage : undefined;
}

/** The marks that mean something in a text fragment. @param {string} text */
function escaped(text) {
  return encodeURIComponent(text).replace(/-/g, "%2D");
}
