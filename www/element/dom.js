/**
 * Making elements.
 *
 * @module
 */

/** @typedef {Record<string, string | number | boolean | undefined>} Values */

/**
 * The name of the element that a description such as `span.title` begins with.
 *
 * @template {string} Text
 * @typedef {Text extends `${infer Name}.${string}` ? Name : Text} NameOf
 */

/**
 * An element. Names behind dots are both its classes and its parts, by which pages style it.
 * Attributes that are `undefined` or `false` are left out; strings become text, never markup.
 *
 * @template {string} Text
 * @param {Text} description
 * @param {Values} [attributes]
 * @param {...(string | Node)} children
 * @returns {NameOf<Text> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[NameOf<Text>] : HTMLElement}
 */
export function make(description, attributes, ...children) {
  const [name, ...parts] = /** @type {[string, ...string[]]} */ (description.split("."));
  const made = document.createElement(name);
  const part = parts.join(" ") || undefined;
  setAttributes(made, { class: part, part, ...attributes });
  made.append(...children);
  return /** @type {any} */ (made);
}

/**
 * @param {Element} element
 * @param {Values} attributes
 */
export function setAttributes(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(key);
    else element.setAttribute(key, value === true ? "" : `${value}`);
  }
}

/**
 * A style sheet. Its `rem` are 16 pixels at least: pages that make theirs 10, to reckon with, do not mean the box.
 *
 * @param {string} css
 */
export function constructed(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(/(-?[\d.]+)rem/g, "calc($1*max(1rem,16px))"));
  return sheet;
}

/** Outlines on a grid of 20, drawn with a round pen. */
const ICONS = {
  search: "M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm4 9.5L17 17",
  clear: "M5.5 5.5l9 9m0-9l-9 9",
  recent: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm0 3.5V10l2.5 2",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path");
  setAttributes(svg, { viewBox: "0 0 20 20", "aria-hidden": "true" });
  setAttributes(path, { d: ICONS[name] });
  svg.append(path);
  return svg;
}
