/**
 * The panel under a box in the flow of a page: shown while the box is in use, and fitted into the
 * window.
 *
 * @module
 */

/** @import { Opening } from "./modal.js" */

/** Pixels between the panel and the edges of the window. */
const MARGIN = 8;

/**
 * @param {HTMLElement} base What the panel is positioned in, as wide as the field.
 * @param {HTMLElement} panel
 * @param {() => void} changed Told after it was opened or closed.
 * @returns {Opening & { place(): void }}
 */
export function popup(base, panel, changed) {
  panel.hidden = true;
  // A press on the panel leaves the focus in the field, so that it is still open for the click.
  panel.onmousedown = (event) => {
    if (!(/** @type {Element} */ (event.target).closest("select,input"))) event.preventDefault();
  };
  /** Fits it into the window. */
  const place = () => {
    const field = base.getBoundingClientRect();
    const { left, width, maxHeight } = fit(field, document.documentElement.clientWidth, innerHeight);
    Object.assign(panel.style, { left: `${left - field.left}px`, width: `${width}px`, maxHeight: `${maxHeight}px` });
  };
  /** @param {boolean} hidden */
  const hide = (hidden) => {
    if (panel.hidden === hidden) return;
    // Measured before there is a panel to lay out, which would be done twice.
    if (!hidden) place();
    panel.hidden = hidden;
    changed();
  };
  return { place, isOpen: () => !panel.hidden, open: () => hide(false), close: () => hide(true) };
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
