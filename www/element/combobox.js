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
 * @property {() => boolean} [isOpen] Whether the list can be seen; it always can unless this says no.
 */

export class Combobox {
  #field;
  #list;
  #actions;
  /** @type {HTMLElement | null} */
  #active = null;

  /**
   * @param {HTMLInputElement} field With `role=combobox`.
   * @param {HTMLElement} list With `role=listbox`.
   * @param {Actions} actions
   */
  constructor(field, list, actions) {
    this.#field = field;
    this.#list = list;
    this.#actions = actions;
    field.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** To be called after the options have changed, or have been shown or hidden. */
  refresh() {
    const options = this.#options();
    if (this.#active && !options.includes(this.#active)) this.#activate(null);
    this.#field.setAttribute("aria-expanded", String(options.length > 0));
  }

  /** @returns {HTMLElement[]} */
  #options() {
    if (this.#list.hidden || this.#actions.isOpen?.() === false) return [];
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[role=option]"))];
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (belongsToInputMethod(event)) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      this.#move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter") {
      const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
      if (this.#active) this.#actions.follow(this.#active, newTab);
      else this.#actions.confirm();
    } else if (key === "Escape") {
      this.#activate(null);
      this.#actions.escape();
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * Round through the options and the field itself, so that one more step past either end leads
   * back to the text.
   *
   * @param {1 | -1} step
   */
  #move(step) {
    const stops = [null, ...this.#options()];
    if (stops.length === 1) this.#actions.confirm();
    const at = this.#active ? stops.indexOf(this.#active) : 0;
    this.#activate(stops.at((at + step) % stops.length) ?? null);
  }

  /** @param {HTMLElement | null} option */
  #activate(option) {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.#field.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#field.removeAttribute("aria-activedescendant");
    }
  }
}
