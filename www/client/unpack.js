/**
 * What a script has in it.
 *
 * @module
 */

import { SuoyinError } from "./error.js";
import { inflate } from "./transfer.js";

/**
 * Unpacks bytes that are packed by deflate, as base64.
 *
 * @param {string} text
 * @param {string} what Its name in errors.
 */
export async function unpack(text, what) {
  let binary;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new SuoyinError(`${what} is damaged; load or build it again`, "damaged", { cause });
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return inflate(new Response(bytes), what);
}
