/**
 * Shortcuts that lead to the box from anywhere on the page, such as `mod+k` and `/`.
 *
 * @module
 */

import { belongsToInputMethod } from "./composition.js";

/** @typedef {{ key: string, modifiers: string }} Shortcut Modifiers as letters: c(trl), m(eta), a(lt), s(hift). */

const MODIFIERS = /** @type {Record<string, string>} */ ({ ctrl: "c", control: "c", meta: "m", cmd: "m", alt: "a", shift: "s" });

/** What keyboards and screen readers call the modifiers, and what Apple prints on them. */
const NAMES = /** @type {Record<string, [name: string, hint: string, apple: string]>} */ ({
  c: ["Control", "Ctrl ", "⌃"],
  m: ["Meta", "Win ", "⌘"],
  a: ["Alt", "Alt ", "⌥"],
  s: ["Shift", "Shift ", "⇧"],
});

/** Whether the platform is one of Apple's, where the command key does what elsewhere Ctrl does. */
export function isApple(platform = globalThis.navigator?.platform ?? "") {
  return /^(Mac|iP)/.test(platform);
}

/**
 * @param {string} text Shortcuts with spaces between them; `mod` is the command key on Apple's
 *   platforms and Ctrl elsewhere. `off` stands for none.
 * @param {boolean} [apple]
 * @returns {Shortcut[]}
 */
export function parseShortcuts(text, apple = isApple()) {
  return text.split(/\s+/).filter((one) => one && one !== "off").map((one) => {
    const names = one.split(/(?<=.)\+(?=.)/);
    const key = names.pop() ?? "";
    const letters = names.map((name) => MODIFIERS[name] ?? (apple ? "m" : "c"));
    return { key, modifiers: letters.sort().join("") };
  });
}

/**
 * Whether a key press is one of the shortcuts. Those without a modifier are text where somebody
 * types it.
 *
 * @param {KeyboardEvent} event
 * @param {Shortcut[]} shortcuts
 */
export function isShortcut(event, shortcuts) {
  if (event.defaultPrevented || belongsToInputMethod(event)) return false;
  const held = (event.altKey ? "a" : "") + (event.ctrlKey ? "c" : "") + (event.metaKey ? "m" : "");
  return shortcuts.some(({ key, modifiers }) => {
    // The slash is behind Shift on many keyboards, and letters on others are not Latin.
    const letter = key.length === 1 && key >= "a" && key <= "z";
    const same = event.key === key || (letter && event.code === `Key${key.toUpperCase()}`);
    const wanted = letter && event.shiftKey ? `${held}s` : held;
    return same && wanted === modifiers && (modifiers !== "" || !isTyping(event));
  });
}

/** @param {Event} event */
function isTyping(event) {
  const target = /** @type {HTMLElement | undefined} */ (event.composedPath()[0]);
  return Boolean(target?.isContentEditable) || /^(INPUT|TEXTAREA|SELECT)$/.test(target?.tagName ?? "");
}

/** For `aria-keyshortcuts`. @param {Shortcut[]} shortcuts */
export function ariaShortcuts(shortcuts) {
  return shortcuts
    .map(({ key, modifiers }) => [...modifiers].map((one) => `${NAMES[one]?.[0]}+`).join("") + (modifiers ? capital(key) : key))
    .join(" ");
}

/** As it is shown: `⌘K`, `Ctrl K`. @param {Shortcut | undefined} shortcut */
export function shortcutHint(shortcut, apple = isApple()) {
  if (!shortcut) return "";
  return [...shortcut.modifiers].map((one) => NAMES[one]?.[apple ? 2 : 1]).join("") + capital(shortcut.key);
}

/** The name of a key as it is printed on it. @param {string} key */
function capital(key) {
  return key >= "a" && key <= "z" && key.length === 1 ? String.fromCharCode(key.charCodeAt(0) - 32) : key;
}
