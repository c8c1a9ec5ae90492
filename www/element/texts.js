/**
 * Lists of texts in each of the box's languages.
 *
 * @module
 */

/** The languages, in the order in which the texts of a line are listed. */
export const LANGUAGES = /** @type {const} */ (["zh-Hans", "zh-Hant", "en", "ja", "ko"]);

/** @typedef {(typeof LANGUAGES)[number]} Language */

/**
 * What a list says in one language.
 *
 * @param {string} texts A text a line: its name, then what it is in each language. `#` stands for what it is about;
 *   names of fields begin with `@`.
 * @param {Language} language
 * @returns {Record<string, any>} By their names; texts with `#` as functions, those of fields under `fields`.
 */
export function textsIn(texts, language) {
  /** @type {Record<string, any>} */
  const fields = {};
  /** @type {Record<string, any>} */
  const strings = { fields };
  for (const line of texts.split("\n")) {
    const [name, ...each] = /** @type {[string, ...string[]]} */ (line.split("|"));
    const text = /** @type {string} */ (each[LANGUAGES.indexOf(language)]);
    if (name[0] === "@") fields[name.slice(1)] = text;
    // A function, as a query may have signs in it that mean something in a replacement.
    else strings[name] = text.includes("#") ? (/** @type {string} */ what) => text.replace("#", () => what) : text;
  }
  return strings;
}
