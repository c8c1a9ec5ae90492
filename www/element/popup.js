/**
 * The panel under a box in the flow of a page: shown while the box is in use, and fitted into the
 * window.
 *
 * @module
 */

/** Pixels between the panel and the edges of the window. */
const MARGIN = 8;

export class Popup {
  #base;
  #panel;
  #changed;

  /**
   * @param {HTMLElement} base What the panel is positioned in, as wide as the field.
   * @param {HTMLElement} panel
   * @param {() => void} changed Told after it was opened or closed.
   */
  constructor(base, panel, changed) {
    this.#base = base;
    this.#panel = panel;
    this.#changed = changed;
    panel.hidden = true;
    // A press on the panel leaves the focus in the field, so that it is still open for the click.
    panel.addEventListener("mousedown", (event) => {
      if (!(/** @type {Element} */ (event.target).closest("select,input"))) event.preventDefault();
    });
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  open() {
    this.#show(true);
  }

  close() {
    this.#show(false);
  }

  /** @param {boolean} open */
  #show(open) {
    if (open === this.isOpen) return;
    this.#panel.hidden = !open;
    this.place();
    this.#changed();
  }

  /** Fits it into the window. */
  place() {
    const field = this.#base.getBoundingClientRect();
    const { left, width, maxHeight } = fit(field, document.documentElement.clientWidth, innerHeight);
    Object.assign(this.#panel.style, { left: `${left - field.left}px`, width: `${width}px`, maxHeight: `${maxHeight}px` });
  }
}

/**
 * Where a panel goes that belongs to a field: as wide as the field, unless that is too narrow to
 * read, and inside of the window.
 *
 * @param {{ left: number, right: number, width: number, bottom: number }} field
 * @param {number} windowWidth
 * @param {number} windowHeight
 */
export function fit(field, windowWidth, windowHeight) {
  const width = Math.min(Math.max(field.width, 560), windowWidth - 2 * MARGIN);
  // A field in the right half of the page has its panel to the left.
  const wanted = field.left + field.right > windowWidth ? field.right - width : field.left;
  const left = Math.max(MARGIN, Math.min(wanted, windowWidth - width - MARGIN));
  return { left, width, maxHeight: Math.max(240, Math.min(640, windowHeight - field.bottom - 2 * MARGIN)) };
}
