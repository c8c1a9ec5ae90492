/**
 * The parts of a box, as they stand before anything is typed.
 *
 * @module
 */

import { icon, make } from "./dom.js";

/** @import { Strings } from "./strings.js" */

/** @typedef {ReturnType<typeof view>} View */

/** @param {"inline" | "modal" | "page"} variant */
export function view(variant) {
  const modal = variant === "modal";
  const field = make("input.input", {
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
  const hint = make("kbd.shortcut", { "aria-hidden": "true" });
  const opener = make("button.button", { "aria-haspopup": "dialog" });
  const openerSlot = make("slot", { name: "button" }, opener);
  const clear = make("button.clear", { type: "reset" }, icon("clear"));
  const cancel = make("button.cancel", { type: "button" });
  const status = make("div", { class: "hide", role: "status" });
  const frame = make("div.field", {}, icon("search"), field, ...(modal ? [clear, cancel] : [hint, clear]));
  const form = make("form.form", { role: "search" }, frame, status);

  const chips = make("div.suggestions");
  const summary = make("span.summary");
  const note = make("p.note");
  const about = make("div.about", {}, summary, note, chips);
  const list = make("div.results", { id: "results", role: "listbox" });
  const notice = make("div.notice");
  const empty = make("slot", { name: "empty" });
  const none = make("slot", { name: "none" });
  const more = make("button.push.more");
  const forget = make("button.plain");
  const keys = ["↑", "↓", "Enter", "Esc"].map((key) => make("kbd", {}, key));
  const foot = make("div.footer", {}, forget, make("slot", { name: "footer" }), make("span.keys", { "aria-hidden": "true" }, ...keys));
  const body = make("div", {}, make("div", {}, list, empty, none, notice, more));
  const panel = make("div.panel", {}, about, body, foot);

  const dialog = modal ? make("dialog.dialog", {}, form, panel) : undefined;
  const base = make(`div.base.${variant}`, {}, ...(dialog ? [openerSlot, dialog] : [form, panel]));
  return {
    base, form, field, cancel, clear, status, hint, opener, openerSlot, dialog, panel, chips, about, summary,
    note, body, list, notice, empty, none, forget, more,
  };
}

/**
 * Says everything that does not depend on what is found.
 *
 * @param {View} view
 * @param {Strings} strings
 * @param {string} label The name of the field.
 * @param {string} hint The shortcut, as the platform shows it.
 */
export function speak(view, strings, label, hint) {
  const { clear, search } = strings;
  view.hint.textContent = hint;
  view.hint.hidden = !hint;
  view.opener.replaceChildren(icon("search"), search, ...(view.dialog ? [view.hint] : []));
  view.cancel.textContent = strings.cancel;
  view.forget.textContent = clear;
  for (const [part, name] of /** @type {[HTMLElement | undefined, string][]} */ ([
    [view.dialog, search],
    [view.form, label],
    [view.field, label],
    [view.clear, clear],
    [view.list, strings.results],
  ])) part?.setAttribute("aria-label", name);
}
