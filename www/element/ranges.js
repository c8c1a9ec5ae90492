/**
 * Cuts a text at the ranges that the engine marked.
 *
 * @module
 */

/**
 * @param {string} text
 * @param {[start: number, end: number][]} highlights In UTF-16 code units, ascending, apart from
 *   each other. What does not fit the text is ignored, so every character comes out once.
 * @returns {{ text: string, marked: boolean }[]}
 */
export function split(text, highlights) {
  /** @type {{ text: string, marked: boolean }[]} */
  const parts = [];
  let done = 0;
  /** @param {number} end @param {boolean} marked */
  const cut = (end, marked) => {
    if (end > done) parts.push({ text: text.slice(done, end), marked });
    done = end;
  };
  for (const [start, end] of highlights) {
    if (!(start >= done && end > start && end <= text.length)) continue;
    cut(start, false);
    cut(end, true);
  }
  cut(text.length, false);
  return parts;
}

const WRAPPED = /([\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}])\s*\n\s*(?=[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}])/gu;

/**
 * A match as it reads: scripts without spaces show none where their line was wrapped. Outside of
 * matches a line break may as well end a paragraph, and stays.
 *
 * @param {string} match
 */
export function unwrapped(match) {
  return match.replace(WRAPPED, "$1");
}

/**
 * The same as nodes: text, and `<mark>` elements that hold text.
 *
 * @param {string} text
 * @param {[start: number, end: number][]} highlights
 * @returns {(string | HTMLElement)[]}
 */
export function highlighted(text, highlights) {
  return split(text, highlights).map((part) => {
    if (!part.marked) return part.text;
    const mark = document.createElement("mark");
    mark.textContent = unwrapped(part.text);
    return mark;
  });
}
