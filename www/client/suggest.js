/**
 * What was meant: the answers of the module for suggestions.
 *
 * @module
 */

import { attempt } from "./error.js";

/**
 * @typedef {object} Suggestion
 * @property {string} query To be searched for: it stands in the index.
 * @property {"completion" | "title" | "pinyin" | "spelling"} kind How it follows from what was typed:
 *   it begins with that, is a title besides, is read like that, or differs by a mistake.
 */

/**
 * The module's side.
 *
 * @typedef {object} Core
 * @property {(query: string, limit: number) => (Suggestion & { whole: boolean })[]} suggest
 * @property {(query: string, limit: number) => string[]} compose
 */

/** @typedef {(query: string, limit: number, stands: (text: string) => Promise<boolean>) => Promise<Suggestion[]>} Suggest */

/** How many ways to write out pinyin are looked up, in vain. */
const TRIES = 4;

/**
 * The suggestions of a module.
 *
 * @param {Core} core
 * @returns {Suggest}
 */
export function suggestions(core) {
  return async (query, limit, stands) => {
    const found = attempt(() => core.suggest(query, limit));
    if (limit > 0 && !found.some(({ whole }) => whole)) {
      for (const text of attempt(() => core.compose(query, TRIES))) {
        if (found.some((other) => other.query === text) || !(await stands(text))) continue;
        found.unshift({ query: text, kind: "pinyin", whole: true });
        break;
      }
    }
    return found.slice(0, limit).map(({ query, kind }) => ({ query, kind }));
  };
}
