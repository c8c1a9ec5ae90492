/**
 * What was searched for lately, kept in the visitor's own browser.
 *
 * @module
 */

/** How many are kept. */
const KEPT = 6;

export class Recent {
  #key;
  #storage;

  /**
   * @param {string} key
   * @param {() => Storage} [storage] Where it is forbidden, this throws.
   */
  constructor(key, storage = () => localStorage) {
    this.#key = key;
    this.#storage = storage;
  }

  /** The queries, the latest first. @returns {string[]} */
  list() {
    try {
      const kept = JSON.parse(this.#storage().getItem(this.#key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, KEPT) : [];
    } catch {
      return [];
    }
  }

  /** @param {string} query */
  add(query) {
    const wanted = query.trim();
    if (wanted) this.#keep([wanted, ...this.list().filter((one) => one !== wanted)].slice(0, KEPT));
  }

  clear() {
    this.#keep([]);
  }

  /** @param {string[]} queries */
  #keep(queries) {
    try {
      if (queries.length > 0) this.#storage().setItem(this.#key, JSON.stringify(queries));
      else this.#storage().removeItem(this.#key);
    } catch {
      // Storage is switched off or full: nothing is remembered.
    }
  }
}
