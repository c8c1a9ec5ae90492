/**
 * The parts of a box, as they stand before anything is typed.
 *
 * @module
 */

import { icon, make, setAttributes } from "./dom.js";

/** @import { Strings } from "./strings.js" */

/** @typedef {"inline" | "modal" | "page"} Variant */

/** @typedef {ReturnType<typeof view>} View */

/**
 * @param {Variant} variant
 */
export function view(variant) {
  const modal = variant === "modal";
  const hint = make("kbd", { part: "shortcut", "aria-hidden": "true" });
  const opener = make("button", { type: "button", class: "open", part: "button", "aria-haspopup": "dialog" });
  const field = make("input", {
    class: "query",
    part: "input",
    type: "text",
    name: "q",
    inputmode: "search",
    enterkeyhint: "search",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "results",
    autocomplete: "off",
    autocapitalize: "none",
    autocorrect: "off",
    spellcheck: "false",
  });
  const clear = make("button", { type: "button", class: "clear", part: "clear" }, icon("clear"));
  const cancel = make("button", { type: "button", class: "cancel", part: "cancel" });
  const status = make("div", { class: "hide", role: "status" });
  const form = make(
    "form",
    { role: "search", part: "form" },
    make("div", { class: "field", part: "field" }, icon("search"), field, ...(modal ? [] : [hint]), clear, ...(modal ? [cancel] : [])),
    status,
  );

  const chips = make("div", { class: "chips", part: "suggestions", role: "group", hidden: true });
  const summary = make("span", { class: "summary", part: "summary" });
  const filterSwitch = make("button", { type: "button", class: "button filter-switch", "aria-expanded": "false", "aria-controls": "filters", hidden: true });
  const order = make("select", { part: "sort", hidden: true });
  const note = make("p", { class: "note", hidden: true });
  const about = make("div", { class: "about", part: "about", hidden: true }, summary, filterSwitch, order, note);
  const filters = make("div", { id: "filters", class: "filters", part: "filters", role: "group", hidden: true });
  const list = make("div", { id: "results", class: "results", part: "results", role: "listbox", hidden: true });
  const notice = make("div", { class: "notice", part: "notice", hidden: true });
  const empty = make("slot", { name: "empty", hidden: true });
  const none = make("slot", { name: "none", hidden: true });
  const forget = make("button", { type: "button", class: "plain", hidden: true });
  const more = make("button", { type: "button", class: "button more", part: "more", hidden: true });
  const pages = make("nav", { class: "pages", part: "pages", hidden: true });
  const keys = make("span", { class: "keys", "aria-hidden": "true" });
  const foot = make("div", { class: "foot", part: "footer" }, keys, forget, make("slot", { name: "footer" }));
  const body = make("div", { class: "body" }, filters, make("div", {}, list, empty, none, notice, more, pages));
  const panel = make("div", { class: "panel", part: "panel" }, chips, about, body, foot);

  const dialog = modal ? make("dialog", { part: "dialog" }, form, panel) : undefined;
  const openerSlot = make("slot", { name: "button" }, opener);
  const base = make("div", { class: `base ${variant}`, part: "base", "data-state": "start" }, ...(dialog ? [openerSlot, dialog] : [form, panel]));
  return {
    base, form, field, clear, cancel, status, hint, opener, openerSlot, dialog, panel, chips, about, summary, filterSwitch,
    order, note, filters, body, list, notice, empty, none, forget, more, pages, keys,
  };
}

/**
 * Says everything that does not depend on what is found.
 *
 * @param {View} view
 * @param {Strings} strings
 * @param {{ label: string, placeholder: string, hint: string, shortcuts: string }} names
 */
export function speak(view, strings, { label, placeholder, hint, shortcuts }) {
  view.hint.textContent = hint;
  view.hint.hidden = hint === "";
  const keyshortcuts = shortcuts || undefined;
  // An empty placeholder would leave `:placeholder-shown` without a meaning.
  setAttributes(view.field, { placeholder: placeholder || " ", "aria-label": label, "aria-keyshortcuts": view.dialog ? undefined : keyshortcuts });
  setAttributes(view.opener, { "aria-keyshortcuts": keyshortcuts });
  if (view.dialog) view.opener.replaceChildren(icon("search"), strings.search, view.hint);
  setAttributes(view.clear, { "aria-label": strings.clear, title: strings.clear });
  view.cancel.textContent = strings.cancel;
  view.list.setAttribute("aria-label", strings.results);
  view.chips.setAttribute("aria-label", strings.suggestions);
  view.filters.setAttribute("aria-label", strings.filters);
  view.order.setAttribute("aria-label", strings.sort);
  view.pages.setAttribute("aria-label", strings.pages);
  view.forget.textContent = strings.forget;
  view.filterSwitch.textContent = strings.filters;
  view.dialog?.setAttribute("aria-label", strings.search);
  view.keys.replaceChildren(...strings.keys.map(([key, meaning]) => make("span", {}, make("kbd", {}, key), meaning)));
}
