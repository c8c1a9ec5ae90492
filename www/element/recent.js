/**
 * What was searched for lately, kept in the visitor's own browser.
 *
 * @module
 */

/** How many are kept. */
const KEPT = 6;

/** @param {string} key Where they are kept in the local storage. */
export function recentSearches(key) {
  /** The queries, the latest first. @returns {string[]} */
  const list = () => {
    try {
      const kept = JSON.parse(localStorage[key]);
      return kept.filter((/** @type {unknown} */ one) => typeof one === "string").slice(0, KEPT);
    } catch {
      // Nothing is kept there, or something else, or storage is switched off.
      return [];
    }
  };
  /** @param {string[]} queries */
  const keep = (queries) => {
    try {
      localStorage[key] = JSON.stringify(queries);
    } catch {
      // Storage is switched off or full: nothing is remembered.
    }
  };
  return {
    list,
    /** @param {string} query */
    add: (query) => keep([...new Set([query.trim(), ...list()])].slice(0, KEPT)),
    clear: () => keep([]),
  };
}
