/**
 * A hit that is drawn where nobody sees it, while an index is being opened: code is compiled and fonts
 * are loaded then, not all of it with the first answer.
 *
 * @module
 */

import { make } from "./dom.js";
import { hitOptions } from "./render.js";

/** @import { HitOptions } from "./render.js" */

/**
 * @param {HTMLElement} base What hits stand in.
 * @param {HitOptions} options Of those to come.
 */
export function rehearse(base, options) {
  const text = options.strings.placeholder;
  /** @type {[start: number, end: number][]} */
  const highlights = [[1, 2]];
  const hit = /** @type {any} */ ({ title: text, titleHighlights: highlights, snippet: { text, highlights }, url: text, meta: {} });
  const stage = make("div", { class: "hide", inert: true }, ...hitOptions(hit, -1, { ...options, render() {} }));
  base.append(stage);
  // Behind the frame that lays it out.
  requestAnimationFrame(() => setTimeout(() => stage.remove()));
}
