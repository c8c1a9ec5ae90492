// Ways of typing by an input method, the files of input-methods/: what README.md there tells of. In Chromium they are
// done, by its own protocol; other browsers are told of the events that this gave.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** @import { CDPSession } from "playwright-core" */

/** @typedef {{ key: string, code?: string } | { compose: string } | { commit: string } | { press: "Enter" } | { leave: true }} Step */
/** @typedef {{ type: string, value?: string, [property: string]: unknown }} Told */
/** @typedef {{ name: string, title: string, chosen?: string, steps?: Step[], searched: string[], events: Told[] }} Typing */

const FOLDER = new URL("input-methods/", import.meta.url);

/** @type {Typing[]} */
export const typings = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) }));

/** Writes a way of typing with its events, a line for each. @param {Typing} typing @param {Told[]} events */
export function write({ name, title, chosen, steps, searched }, events) {
  const lines = (/** @type {object[]} */ all) => `[\n${all.map((one) => `    ${spaced(one)}`).join(",\n")}\n  ]`;
  const members = Object.entries({ title, chosen, searched }).flatMap(([key, value]) => (value ? [`"${key}": ${spaced(value)}`] : []));
  members.push(`"steps": ${lines(steps ?? [])}`, `"events": ${lines(events)}`);
  writeFileSync(new URL(name, FOLDER), `{\n  ${members.join(",\n  ")}\n}\n`);
}

/** JSON in one line, as people write it. @param {string | object} value */
function spaced(value) {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]");
}

/**
 * Does something in Chromium, in the field that has the focus; what events come of it is the browser's.
 *
 * @param {CDPSession} devtools
 * @param {Step} step
 */
export async function perform(devtools, step) {
  if ("compose" in step) {
    const { compose: text } = step;
    await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  } else if ("commit" in step) {
    await devtools.send("Input.insertText", { text: step.commit });
  } else if ("key" in step) {
    await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", windowsVirtualKeyCode: 229, ...step });
  } else if ("press" in step) {
    await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", key: step.press, code: step.press, windowsVirtualKeyCode: 13 });
  } else {
    await devtools.send("Runtime.evaluate", { expression: "window.field.blur()" });
  }
}
