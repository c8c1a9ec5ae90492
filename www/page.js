/**
 * What the start page has around the search box: a choice of language, and examples.
 *
 * @module
 */

import { open } from "./client.js";
import { SuoyinSearch } from "./element.js";
import { make } from "./element/dom.js";
import { pickLanguage, STRINGS } from "./strings.js";

/** @import { Found } from "./element/session.js" */
/** @import { Language } from "./strings.js" */

const box = /** @type {SuoyinSearch} */ (document.querySelector("suoyin-search"));
const took = byId("took");

/** @type {Language} */
let language = pickLanguage([stored("suoyin.language"), ...navigator.languages]);

box.openIndex = () => open(undefined, /** @type {object} */ ({ worker: true }));
box.addEventListener("suoyin-results", (event) => {
  const { query, results } = /** @type {CustomEvent<{ query: string, results: Found | undefined }>} */ (event).detail;
  show(query);
  took.textContent = results ? STRINGS[language].took(results.took) : "";
});
box.addEventListener("suoyin-search", (event) => show(/** @type {CustomEvent} */ (event).detail.query));
byId("language").addEventListener("click", () => {
  speak(language === "en" ? "zh-Hans" : "en");
  store("suoyin.language", language);
});

speak(language);
box.preload = true;

/** @param {string} query */
function show(query) {
  document.body.toggleAttribute("data-searching", query !== "");
  document.title = query ? `${query} – 索引 Suoyin` : "索引 Suoyin";
}

/** @param {Language} next */
function speak(next) {
  language = next;
  const strings = STRINGS[next];
  document.documentElement.lang = next;
  for (const part of document.querySelectorAll("[data-text]")) {
    part.textContent = /** @type {any} */ (strings)[part.getAttribute("data-text") ?? ""];
  }
  for (const part of document.querySelectorAll("[data-label]")) {
    const label = /** @type {any} */ (strings)[part.getAttribute("data-label") ?? ""];
    part.setAttribute("aria-label", label);
    part.setAttribute("title", label);
  }
  byId("language").lang = next === "en" ? "zh-Hans" : "en";
  byId("examples").replaceChildren(...strings.exampleList.map(([query, note]) => example(query, note)));
}

/**
 * A query to begin with, set like an entry of a printed index. It is a link, so that it can be
 * opened in a new tab or copied.
 *
 * @param {string} query
 * @param {string} note
 */
function example(query, note) {
  const entry = make(
    "a",
    { class: "entry", href: `?q=${encodeURIComponent(query)}` },
    make("span", { class: "entry-name" }, query),
    make("span", { class: "leader", "aria-hidden": "true" }),
    make("span", { class: "entry-note" }, note),
  );
  entry.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box.search(query);
    box.focus();
  });
  return make("li", {}, entry);
}

/** @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the choice holds for this visit.
  }
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
