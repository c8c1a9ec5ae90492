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
      const target = /** @type {Element} */ (event.target);
      if (!target.closest("select,input,button")) event.preventDefault();
    });
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  open() {
    if (this.isOpen) return;
    this.#panel.hidden = false;
    this.place();
    this.#changed();
  }

  close() {
    if (!this.isOpen) return;
    this.#panel.hidden = true;
    this.#changed();
  }

  /** Fits it into the window. */
  place() {
    if (!this.isOpen) return;
    const field = this.#base.getBoundingClientRect();
    const view = this.#base.ownerDocument.documentElement;
    const { left, width, maxHeight } = fit(field, view.clientWidth, globalThis.innerHeight);
    const { style } = this.#panel;
    style.left = `${left - field.left}px`;
    style.width = `${width}px`;
    style.maxHeight = `${maxHeight}px`;
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
  const maxHeight = Math.max(240, Math.min(640, windowHeight - field.bottom - 2 * MARGIN));
  return { left, width, maxHeight };
}
