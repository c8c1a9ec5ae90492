/**
 * The box in a dialog: the page behind it stands still, and gets the focus back.
 *
 * @module
 */

export class Modal {
  #dialog;
  #changed;
  /** What had the focus before. @type {HTMLElement | null} */
  #before = null;
  /** Lets the page scroll again. @type {() => void} */
  #unlock = () => {};

  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => void} changed Told after it was opened or closed.
   * @param {() => boolean} composing Whether an input method is at work, whose Escape is its own.
   */
  constructor(dialog, changed, composing) {
    this.#dialog = dialog;
    this.#changed = changed;
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!composing()) this.close();
    });
    dialog.addEventListener("close", () => this.#closed());
    // Beside the dialog, the event is the dialog's own as well, but outside of its box.
    dialog.addEventListener("mousedown", (event) => {
      if (event.target !== dialog) return;
      const { left, right, top, bottom } = dialog.getBoundingClientRect();
      const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
      if (!inside) this.close();
    });
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    if (this.isOpen) return;
    this.#before = deepActive();
    this.#unlock = lockScroll();
    this.#dialog.showModal();
    this.#changed();
  }

  close() {
    if (this.isOpen) this.#dialog.close();
  }

  #closed() {
    this.#unlock();
    this.#unlock = () => {};
    this.#before?.focus({ preventScroll: true });
    this.#before = null;
    this.#changed();
  }
}

/** What has the focus, in whichever shadow tree. */
function deepActive() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

/** Keeps the page from scrolling, without moving what stands on it. */
function lockScroll() {
  const { style, clientWidth } = document.documentElement;
  const { overflow, paddingInlineEnd } = style;
  const bar = innerWidth - clientWidth;
  style.overflow = "hidden";
  if (bar > 0) style.paddingInlineEnd = `${bar}px`;
  return () => {
    style.overflow = overflow;
    style.paddingInlineEnd = paddingInlineEnd;
  };
}
