/**
 * How marks are shown: by the CSS Custom Highlight API, which leaves the page as it is, or where there
 * is none by `<mark>` elements.
 *
 * @module
 */

/** @import { Place } from "./passages.js" */

/** The name of the highlight, and the class of the elements. */
const NAME = "suoyin";

/** In a layer, so that any rule of the page's own for `::highlight(suoyin)` wins. */
const RULES = `@layer ${NAME} { ::highlight(${NAME}) { background-color: Mark; color: MarkText; } }`;

/** The sheet with the rules, once it is in use. @type {CSSStyleSheet | undefined} */
let sheet;

export class Marks {
  count = 0;
  /** @type {Highlight | undefined} */
  #highlight;
  /** @type {HTMLElement[]} */
  #elements = [];
  /** Those that were added since the last call of `flush`. @type {Range[]} */
  #added = [];
  /** @type {Range[]} */
  #ranges = [];

  constructor() {
    if (!globalThis.CSS?.highlights) return;
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(RULES);
      document.adoptedStyleSheets.push(sheet);
    }
    this.#highlight = new Highlight();
    CSS.highlights.set(NAME, this.#highlight);
  }

  /**
   * Marks one match; of several in a text node, the last one first.
   *
   * @param {Place[]} places
   */
  add(places) {
    // The page may have changed since it was read.
    const there = places.filter(({ node, end }) => node.isConnected && end <= node.data.length);
    const [first, last] = [there[0], there.at(-1)];
    if (!first || !last) return;
    this.count += 1;
    const range = document.createRange();
    if (this.#highlight) {
      range.setStart(first.node, first.start);
      range.setEnd(last.node, last.end);
      this.#highlight.add(range);
    } else {
      const elements = there.reverse().map((place) => this.#wrap(place));
      range.setStartBefore(/** @type {HTMLElement} */ (elements.at(-1)));
      range.setEndAfter(/** @type {HTMLElement} */ (elements[0]));
    }
    this.#added.push(range);
  }

  /** Puts what was added last, which came from the back, behind what was there. */
  flush() {
    this.#ranges.push(...this.#added.reverse());
    this.#added = [];
  }

  /** Goes to the first mark, or the first behind what the address points at, unless it is in sight. */
  show() {
    const target = document.querySelector(":target");
    const isBehind = (/** @type {Range} */ range) =>
      !target || target.contains(range.startContainer) || range.comparePoint(target, 0) < 0;
    const first = this.#ranges.find((range) => isBehind(range) && range.getClientRects().length > 0);
    if (!first) return;
    const isInSight = () => {
      const { top, bottom } = first.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    };
    if (isInSight()) return;
    const { startContainer: start } = first;
    const element = start instanceof Element ? start : start.parentElement;
    // At once: nobody who has just arrived wants to see the way, least who prefers less motion.
    element?.scrollIntoView({ block: "center", behavior: "instant" });
    const { top, bottom } = first.getBoundingClientRect();
    if (!isInSight()) scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: "instant" });
  }

  /** Takes all of them away. */
  clear() {
    if (this.#highlight && CSS.highlights.get(NAME) === this.#highlight) CSS.highlights.delete(NAME);
    for (const element of this.#elements) {
      const parent = element.parentNode;
      element.replaceWith(...element.childNodes);
      parent?.normalize();
    }
    this.#elements = [];
    this.#ranges = [];
    this.count = 0;
  }

  /** @param {Place} place */
  #wrap({ node, start, end }) {
    const element = document.createElement("mark");
    element.className = NAME;
    const middle = node.splitText(start);
    middle.splitText(end - start);
    middle.replaceWith(element);
    element.append(middle);
    this.#elements.push(element);
    return element;
  }
}
