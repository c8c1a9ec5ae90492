/**
 * The text of a page as a reader sees it: what is hidden left out, white space collapsed, blocks apart,
 * tags within them transparent. It is the text that documents made of the page have in an index.
 *
 * @module
 */

/** A place in the page: part of a text node. @typedef {{ node: Text, start: number, end: number }} Place */

/** Of no interest, or not to be touched: what is no text, what is edited, how ruby is read. */
const SKIPPED = [
  "script, style, noscript, template, textarea, input, select, datalist, iframe, object, canvas, audio, video, svg",
  "[contenteditable]:not([contenteditable=false i]), rt, rp, suoyin-search, details:not([open]) > :not(summary)",
].join();

/** What may stand between two pieces of text, the stronger one winning. */
const GAPS = ["", " ", "\n", "\n", "\n\n\n"];
const [SPACE, WRAP, BREAK, BLOCK] = [1, 2, 3, 4];

/** Passages end with the first block that makes them longer, in UTF-16 code units. */
const LENGTH = 1 << 14;

const WHITE_SPACE = /[ \t\n\f\r]+/g;

/** Some text, and where it stands in the page. */
export class Passage {
  text = "";
  /** Ascending by `at`, where each begins in the text. @type {(Place & { at: number })[]} */
  #pieces = [];
  /** What goes before the next piece, as a place in `GAPS`. */
  #gap = 0;

  /** Ends a block. */
  block() {
    this.#leave(BLOCK);
  }

  /** Breaks a line. Two breaks in a row end a block. */
  line() {
    this.#leave(this.#gap === BREAK ? BLOCK : BREAK);
  }

  /**
   * @param {Text} node
   * @param {boolean} verbatim Whether white space stands as it is.
   */
  add(node, verbatim) {
    const { data } = node;
    let from = 0;
    for (const { 0: space, index } of verbatim ? [] : data.matchAll(WHITE_SPACE)) {
      const end = index + space.length;
      const line = /[\n\r]/.test(space);
      // Within a line, how wide a space is makes no difference.
      if (!line && index > 0 && end < data.length) continue;
      this.#piece(node, from, index);
      this.#leave(line ? WRAP : SPACE);
      from = end;
    }
    this.#piece(node, from, data.length);
  }

  /**
   * Where a range of the text stands in the page.
   *
   * @param {number} start
   * @param {number} end
   * @returns {Place[]}
   */
  places(start, end) {
    /** @type {Place[]} */
    const places = [];
    for (let i = this.#pieceAt(start); i < this.#pieces.length; i += 1) {
      const piece = /** @type {Place & { at: number }} */ (this.#pieces[i]);
      if (piece.at >= end) break;
      const shift = piece.start - piece.at;
      const from = Math.max(piece.start, start + shift);
      const to = Math.min(piece.end, end + shift);
      if (from < to) places.push({ node: piece.node, start: from, end: to });
    }
    return places;
  }

  /** The last piece that begins at `at` or before. @param {number} at */
  #pieceAt(at) {
    let [low, high] = [0, this.#pieces.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (/** @type {{ at: number }} */ (this.#pieces[middle]).at <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  /** @param {number} gap */
  #leave(gap) {
    if (this.text) this.#gap = Math.max(this.#gap, gap);
  }

  /** @param {Text} node @param {number} start @param {number} end */
  #piece(node, start, end) {
    if (start === end) return;
    this.text += GAPS[this.#gap];
    this.#gap = 0;
    this.#pieces.push({ node, start, end, at: this.text.length });
    this.text += node.data.slice(start, end);
  }
}

/** What an element does to the text in it. @typedef {"skip" | "line" | "block" | "verbatim" | "inline"} Kind */

/** @param {Element} element @returns {Kind} */
function kindOf(element) {
  if (element.matches(SKIPPED)) return "skip";
  if (element.localName === "br") return "line";
  const style = getComputedStyle(element);
  const { display, visibility, contentVisibility } = style;
  if (display === "none" || visibility !== "visible" || contentVisibility === "hidden") return "skip";
  if (/^(inline|contents|ruby)/.test(display)) return "inline";
  return style.whiteSpace.startsWith("pre") ? "verbatim" : "block";
}

/** Whether text directly in it is hidden, though the element is not. @param {Node | null} node */
function isFolded(node) {
  return node instanceof HTMLDetailsElement && !node.open;
}

/**
 * The passages of the text in `root`, and nothing in between now and then, so that whoever asks for
 * them can pause.
 *
 * @param {Element} root
 * @returns {Generator<Passage | undefined, void>}
 */
export function* passages(root) {
  let passage = new Passage();
  /** The elements around `node`, from the root on. @type {Kind[]} */
  const around = [];
  /** @type {Node | null} */
  let node = root;
  let entering = true;
  // While it waits, the page may change: a node that was taken out has no way back.
  while (node) {
    /** @type {Kind} */
    let kind = "inline";
    if (!entering) {
      kind = around.pop() ?? "inline";
    } else if (node instanceof Element) {
      kind = kindOf(node);
    } else if (node instanceof Text && !isFolded(node.parentNode)) {
      passage.add(node, around.findLast((kind) => kind !== "inline") === "verbatim");
    }
    if (kind === "line") passage.line();
    if (kind === "block" || kind === "verbatim") {
      passage.block();
      if (passage.text.length > LENGTH) {
        yield passage;
        passage = new Passage();
      }
    }
    yield undefined;
    if (entering && kind !== "skip" && node.firstChild) {
      around.push(kind);
      node = node.firstChild;
    } else if (node === root) {
      break;
    } else {
      entering = node.nextSibling !== null;
      node = node.nextSibling ?? node.parentNode;
    }
  }
  if (passage.text) yield passage;
}
