/**
 * The box in a dialog: the page behind it stands still, and gets the focus back.
 *
 * @module
 */

/** @typedef {{ isOpen(): boolean, open(): void, close(): void }} Opening */

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => boolean} composing Whether an input method is at work, whose Escape is its own.
 * @returns {Opening}
 */
export function modal(dialog, composing) {
  /** What had the focus before. @type {HTMLElement | null} */
  let before = null;
  const root = document.documentElement.style;
  const { overflow, paddingInlineEnd } = root;

  dialog.oncancel = (event) => {
    if (composing()) event.preventDefault();
  };
  dialog.onclose = () => {
    Object.assign(root, { overflow, paddingInlineEnd });
    before?.focus({ preventScroll: true });
  };
  // What is in the dialog fills it: a press on itself is one beside it.
  dialog.onmousedown = ({ target }) => {
    if (target === dialog) dialog.close();
  };
  return {
    isOpen: () => dialog.open,
    open() {
      if (dialog.open) return;
      before = /** @type {HTMLElement | null} */ (document.activeElement);
      while (before?.shadowRoot?.activeElement) before = /** @type {HTMLElement} */ (before.shadowRoot.activeElement);
      // What the scroll bar leaves is filled, so that nothing moves.
      const paddingInlineEnd = `${innerWidth - document.documentElement.clientWidth}px`;
      Object.assign(root, { overflow: "hidden", paddingInlineEnd });
      dialog.showModal();
    },
    close: () => dialog.close(),
  };
}
