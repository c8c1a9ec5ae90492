/**
 * Shortcuts that lead to the box from anywhere on the page: `mod+k` and `/`.
 *
 * @module
 */

import { belongsToInputMethod } from "./composition.js";

/** @typedef {{ mod: boolean, key: string }} Shortcut */

/** Whether the command key does here what elsewhere Ctrl does. */
const APPLE = /^(Mac|iP)/.test(/** @type {string} */ (globalThis.navigator?.platform));

/**
 * @param {string} text Keys with spaces between them, with `mod+` before those that want the command
 *   key on Apple's platforms and Ctrl elsewhere. `off` stands for none.
 * @returns {Shortcut[]}
 */
export function parseShortcuts(text) {
  const keys = text.split(/\s+/).filter((one) => one && one !== "off");
  return keys.map((one) => ({ mod: one.startsWith("mod+"), key: one.replace("mod+", "") }));
}

/**
 * Whether a key press is one of the shortcuts. Those without a modifier are text where somebody
 * types it.
 *
 * @param {KeyboardEvent} event
 * @param {Shortcut[]} shortcuts
 * @param {boolean} [apple]
 */
export function isShortcut(event, shortcuts, apple = APPLE) {
  const { ctrlKey, metaKey, altKey } = event;
  if (altKey || event.defaultPrevented || belongsToInputMethod(event)) return false;
  const [mod, other] = apple ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  return !other && shortcuts.some((shortcut) => {
    // On keyboards that are not Latin, a letter is where it is on those that are.
    const same = event.key === shortcut.key || event.code === `Key${shortcut.key.toUpperCase()}`;
    return same && mod === shortcut.mod && (mod || !isTyping(event));
  });
}

/** @param {Event} event */
function isTyping(event) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** For `aria-keyshortcuts`. @param {Shortcut[]} shortcuts */
export function ariaShortcuts(shortcuts) {
  return shortcuts.map(({ mod, key }) => (mod ? `${APPLE ? "Meta" : "Control"}+` : "") + key).join(" ");
}

/** As the platform shows it: `⌘K`, `Ctrl K`. @param {Shortcut | undefined} shortcut */
export function shortcutHint(shortcut) {
  return shortcut ? (shortcut.mod ? (APPLE ? "⌘" : "Ctrl ") : "") + shortcut.key.toUpperCase() : "";
}
