/**
 * The keyboard of a combobox: the text field keeps the focus, the arrows walk through the options
 * of a listbox, Enter follows the one they stand on.
 *
 * @module
 */

import { belongsToInputMethod } from "./composition.js";

/**
 * @typedef {object} Actions
 * @property {(option: HTMLElement, newTab: boolean) => void} follow An option was chosen.
 * @property {() => void} confirm Enter was pressed and no option is chosen, or an arrow and there
 *   are no options: show them.
 * @property {() => void} escape Escape was pressed.
 * @property {() => boolean} isOpen Whether the list can be seen.
 */

/**
 * @param {HTMLInputElement} field With `role=combobox`.
 * @param {HTMLElement} list With `role=listbox`.
 * @param {Actions} actions
 * @returns {() => void} To be called after the options have changed, or have been shown or hidden.
 */
export function combobox(field, list, { follow, confirm, escape, isOpen }) {
  /** @type {HTMLElement | null} */
  let active = null;

  /** @returns {HTMLElement[]} */
  const options = () => (isOpen() ? [...list.querySelectorAll(/** @type {"a"} */ ("[role=option]"))] : []);

  /** @param {HTMLElement | null} option */
  const activate = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };

  field.addEventListener("keydown", (event) => {
    if (belongsToInputMethod(event)) return;
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const modified = ctrlKey || metaKey || shiftKey;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (modified || altKey) return;
      // Round through the options and the field itself, so that one more step past either end leads
      // back to the text.
      if (!options().length) confirm();
      const stops = [null, ...options()];
      activate(stops.at((stops.indexOf(active) + (key === "ArrowDown" ? 1 : -1)) % stops.length) ?? null);
    } else if (key === "Enter") {
      if (active) follow(active, modified);
      else confirm();
    } else if (key === "Escape") {
      activate(null);
      escape();
    } else {
      return;
    }
    event.preventDefault();
  });

  return () => {
    const now = options();
    if (active && !now.includes(active)) activate(null);
    field.setAttribute("aria-expanded", `${now.length > 0}`);
  };
}
