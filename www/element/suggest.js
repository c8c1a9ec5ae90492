/**
 * What else to search for.
 *
 * @module
 */

/** @import { AnyIndex } from "./session.js" */

/**
 * @typedef {object} Suggestion
 * @property {string} query
 * @property {"completion" | "title" | "pinyin" | "spelling"} kind
 */

/** More would not fit in a row. */
const LIMIT = 6;

/**
 * The suggestions for what was typed; none where the index has no data for them, or where they fail:
 * nobody asked for them.
 *
 * @param {AnyIndex} index
 * @param {string} query
 * @param {AbortSignal} signal
 * @returns {Promise<Suggestion[]>}
 */
export async function suggestions(index, query, signal) {
  try {
    const found = (await index.suggest?.(query, { limit: LIMIT, signal })) ?? [];
    return found.filter((one) => one.query !== query.trim());
  } catch {
    return [];
  }
}
