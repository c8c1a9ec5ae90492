// Queries drawn from the documents themselves, the same ones every time.
//
// A place in all texts is drawn evenly, so that a long document gives as many queries as its length
// is worth, and a frequent string is drawn as often as it is frequent, as people ask.

/**
 * @typedef {{ title: string, text: string }} Document
 * @typedef {object} Kind One kind of queries.
 * @property {string} name
 * @property {boolean} substring Whether each stands in a document as it is.
 * @property {string[]} queries
 */

const HAN = /^\p{Script=Han}+$/u;

/** What questions are asked with; each stands between two pieces of a document. */
const ASKING = ["怎么", "如何", "为什么", "是什么", "哪里有", "什么时候", "有没有", "能不能"];

/**
 * @param {Document[]} documents
 * @param {number} count Queries of each kind; fewer where the documents do not have as many.
 * @returns {Kind[]}
 */
export function draw(documents, count) {
  const source = new Source(documents);
  const han = (/** @type {number} */ least, most = least) => () => source.han(least + source.below(most - least + 1));
  return [
    kind("1 character", true, count, han(1)),
    kind("2 characters", true, count, han(2)),
    kind("3 characters", true, count, han(3)),
    kind("4 characters", true, count, han(4)),
    kind("6 characters", true, count, han(6)),
    kind("12-20 characters", true, count, han(12, 20)),
    kind("question", false, count, () => source.question()),
    kind("Latin word", true, count, () => source.word()),
  ].filter(({ queries }) => queries.length > 0);
}

/**
 * @param {string} name
 * @param {boolean} substring
 * @param {number} count
 * @param {() => string | undefined} draw
 * @returns {Kind}
 */
function kind(name, substring, count, draw) {
  /** @type {Set<string>} */
  const queries = new Set();
  for (let tries = 0; queries.size < count && tries < 200 * count; tries += 1) {
    const query = draw();
    if (query) queries.add(query);
  }
  return { name, substring, queries: [...queries] };
}

/** Texts to draw from. */
class Source {
  /** @type {string[]} */
  #texts;
  /** Where each text ends, were they one behind the other. @type {number[]} */
  #ends = [];
  #length = 0;
  #state = 20250620;

  /** @param {Document[]} documents */
  constructor(documents) {
    this.#texts = documents.map(({ text }) => text);
    for (const text of this.#texts) this.#ends.push((this.#length += text.length));
  }

  /** A number below `limit`. @param {number} limit */
  below(limit) {
    // Mulberry32, by Tommy Ettinger: public domain.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** A place: a text and an offset in it. @returns {[text: string, at: number]} */
  place() {
    const place = this.below(this.#length);
    let [low, high] = [0, this.#ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) > place) high = middle;
      else low = middle + 1;
    }
    const text = this.#texts[low] ?? "";
    return [text, place - ((this.#ends[low] ?? 0) - text.length)];
  }

  /** So many Han characters in a row, if they stand at the place drawn. @param {number} length */
  han(length) {
    return hanAt(...this.place(), length);
  }

  /** Two pieces of one text and what one would ask, 12 to 20 characters in all. */
  question() {
    const [text, at] = this.place();
    const first = hanAt(text, at, 4 + this.below(4));
    const second = hanAt(text, this.below(text.length), 5 + this.below(4));
    const asking = ASKING[this.below(ASKING.length)] ?? "";
    const question = first && second && first + asking + second;
    return question && question.length >= 12 && question.length <= 20 ? question : undefined;
  }

  /** The word of ASCII letters at the place drawn, if there is one of three letters or more. */
  word() {
    const [text, at] = this.place();
    const isLetter = (/** @type {number} */ i) => /[a-zA-Z]/.test(text.charAt(i));
    if (!isLetter(at)) return undefined;
    let [start, end] = [at, at + 1];
    while (start > 0 && isLetter(start - 1)) start -= 1;
    while (isLetter(end)) end += 1;
    const word = text.slice(start, end);
    return word.length >= 3 && word.length <= 20 && standsAlone(text, start, end) ? word : undefined;
  }
}

/**
 * `length` Han characters of `text` from `at` on.
 *
 * @param {string} text
 * @param {number} at
 * @param {number} length
 */
function hanAt(text, at, length) {
  if (text.codePointAt(at - 1) !== text.charCodeAt(at - 1)) at -= 1;
  const piece = [...text.slice(at, at + 2 * length)].slice(0, length);
  const query = piece.join("");
  return piece.length === length && HAN.test(query) ? query : undefined;
}

/**
 * Whether nothing that could belong to the word stands on either side of it.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function standsAlone(text, start, end) {
  const [before, behind] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)];
  return !/[\p{L}\p{M}\p{N}\p{Pc}'’.\-]$/u.test(before.replace(/\p{Script=Han}$/u, " "))
    && !/^[\p{L}\p{M}\p{N}\p{Pc}'’.\-]/u.test(behind.replace(/^\p{Script=Han}/u, " "));
}
