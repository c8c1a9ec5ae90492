/**
 * The demo page: joins the search field, the session and what is drawn of it.
 *
 * @module
 */

import { open } from "./client.js";
import { Combobox } from "./combobox.js";
import { onQuery } from "./composition.js";
import { advice, examples, failure, resultGroups } from "./render.js";
import { Session } from "./session.js";
import { pickLanguage, STRINGS } from "./strings.js";

/** @import { State } from "./session.js" */
/** @import { Language } from "./strings.js" */

const field = /** @type {HTMLInputElement} */ (byId("query"));
const form = /** @type {HTMLFormElement} */ (byId("search"));
const list = byId("results");
const status = byId("status");
const took = byId("took");
const start = byId("start");
const notice = byId("notice");
const more = byId("more");

/** @type {Language} */
let language = pickLanguage([stored("suoyin.language"), ...navigator.languages]);
let strings = STRINGS[language];

const session = new Session(open, draw);
const combobox = new Combobox(field, list, { follow, confirm, escape });

onQuery(field, (query, provisional) => {
  field.toggleAttribute("data-filled", query !== "");
  session.search(query, provisional);
  if (!provisional) remember(query);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  ask("");
  field.focus();
});
more.addEventListener("click", async () => {
  const shown = list.querySelectorAll("[role=option]").length;
  await session.more();
  document.getElementById(`hit-${shown}`)?.focus({ preventScroll: true });
});
byId("language").addEventListener("click", () => {
  speak(language === "en" ? "zh-Hans" : "en");
  store("suoyin.language", language);
});
byId("theme").addEventListener("click", switchTheme);
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field.select();
});

speak(language);
// Someone may have begun to type before this script was there.
ask(field.value || (new URLSearchParams(location.search).get("q") ?? ""));
// Load ahead of the first key; should it fail, the first search tries again and tells.
session.opened().catch(() => {});

/**
 * Searches for a query that did not come from the keyboard.
 *
 * @param {string} query
 */
function ask(query) {
  if (field.value !== query) field.value = query;
  field.toggleAttribute("data-filled", query !== "");
  session.search(query);
  remember(query);
}

/** @param {State} state */
function draw(state) {
  const { kind } = state;
  document.body.dataset["state"] = kind;
  start.hidden = kind !== "start" && kind !== "none";
  list.hidden = kind !== "results";
  notice.hidden = kind !== "none" && kind !== "error";
  more.hidden = true;
  took.textContent = "";
  list.replaceChildren();
  notice.replaceChildren();
  status.textContent = kind === "loading" ? strings.loading : "";
  if (kind === "results") {
    const { hits, total, related, took: milliseconds } = state.results;
    list.append(...resultGroups(state.results, strings));
    status.textContent = strings.found(total, related);
    took.textContent = strings.took(milliseconds);
    more.hidden = !state.more;
    more.textContent = strings.more(total + related - hits.length);
  } else if (kind === "none") {
    status.textContent = strings.none(state.query);
    notice.append(advice(strings));
  } else if (kind === "error") {
    notice.append(failure(state.error, strings, () => session.retry()));
  }
  combobox.refresh();
}

/**
 * @param {HTMLElement} option
 * @param {boolean} newTab
 */
function follow(option, newTab) {
  if (!(option instanceof HTMLAnchorElement)) return;
  if (newTab) window.open(option.href, "_blank", "noopener");
  else option.click();
}

function confirm() {
  session.search(field.value);
  // Puts the phone's keyboard away, which hides the results.
  if (matchMedia("(pointer: coarse)").matches) field.blur();
}

/** Closes the results, and when they are closed, clears the field. */
function escape() {
  if (session.state.kind === "start") ask("");
  else session.clear();
}

/** @param {Language} next */
function speak(next) {
  language = next;
  strings = STRINGS[next];
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
  field.placeholder = strings.placeholder;
  list.setAttribute("aria-label", strings.results);
  byId("examples").replaceChildren(...examples(strings, choose));
  draw(session.state);
}

/** @param {string} query */
function choose(query) {
  ask(query);
  field.focus();
}

/**
 * Keeps the address shareable, and the history meaningful.
 *
 * @param {string} query
 */
function remember(query) {
  document.title = query ? `${query} – 索引 Suoyin` : "索引 Suoyin";
  const url = new URL(location.href);
  if (query) url.searchParams.set("q", query);
  else url.searchParams.delete("q");
  try {
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  } catch {
    // Safari allows a hundred changes in half a minute; the next one will do.
  }
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset["theme"]
    ? root.dataset["theme"] === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset["theme"] = dark ? "light" : "dark";
  store("suoyin.theme", root.dataset["theme"]);
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
