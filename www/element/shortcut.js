/**
 * Shortcuts that lead to the box from anywhere on the page, such as `mod+k` and `/`.
 *
 * @module
 */

import { belongsToInputMethod } from "./composition.js";

/** @typedef {{ key: string, modifiers: string[] }} Shortcut With modifiers as `aria-keyshortcuts` names them. */

const MODIFIERS = /** @type {Record<string, string>} */ ({ alt: "Alt", ctrl: "Control", meta: "Meta" });

/** Whether the platform is one of Apple's, where the command key does what elsewhere Ctrl does. */
function isApple() {
  return /^(Mac|iP)/.test(globalThis.navigator?.platform ?? "");
}

/**
 * @param {string} text Shortcuts with spaces between them, such as `mod+k`: `mod` is the command key
 *   on Apple's platforms and Ctrl elsewhere; `ctrl`, `meta` and `alt` are themselves. `off` stands for
 *   none.
 * @param {boolean} [apple]
 * @returns {Shortcut[]}
 */
export function parseShortcuts(text, apple = isApple()) {
  return text.split(/\s+/).filter((one) => one && one !== "off").map((one) => {
    const names = one.split(/(?<=.)\+/);
    const key = names.pop() ?? "";
    return { key, modifiers: names.map((name) => MODIFIERS[name] ?? (apple ? "Meta" : "Control")).sort() };
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
  const held = Object.values(MODIFIERS).filter((name) => event.getModifierState(name)).join();
  return shortcuts.some(({ key, modifiers }) => {
    // On keyboards that are not Latin, a letter is where it is on those that are.
    const same = event.key === key || event.code === `Key${key.toUpperCase()}`;
    return same && modifiers.join() === held && (held !== "" || !isTyping(event));
  });
}

/** @param {Event} event */
function isTyping(event) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** For `aria-keyshortcuts`. @param {Shortcut[]} shortcuts */
export function ariaShortcuts(shortcuts) {
  return shortcuts.map(({ key, modifiers }) => [...modifiers, key].join("+")).join(" ");
}

/** As the platform shows it: `⌘K`, `Ctrl K`. @param {Shortcut | undefined} shortcut */
export function shortcutHint(shortcut) {
  if (!shortcut) return "";
  const names = /** @type {Record<string, string>} */ ({ Meta: "⌘", Control: "Ctrl " });
  return shortcut.modifiers.map((name) => names[name] ?? `${name} `).join("") + shortcut.key.toUpperCase();
}
