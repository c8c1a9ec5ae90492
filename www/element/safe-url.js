/**
 * Decides where a link may lead. Addresses come out of the documents, and documents come from
 * anywhere.
 *
 * @module
 */

/**
 * The address as an absolute one, or `null` where no link should be made.
 *
 * Allowed are `http:` and `https:`, and addresses relative to `base`, fragments among them. Not
 * allowed are
 * - every other scheme: `javascript:`, `data:`, `blob:`, `vbscript:`, and `file:` unless the
 *   address is relative and the page itself was opened from a folder;
 * - control characters anywhere: browsers drop tabs and line ends, so that `java\nscript:` runs;
 * - `//host/…`, also spelled with backslashes: in a document it is a path joined wrongly more
 *   often than another host, and it would look relative and leave the site;
 * - a user name in front of the host, which only serves to look like another host.
 *
 * @param {string} address As the document gave it.
 * @param {string | URL} base What relative addresses are relative to.
 * @returns {string | null}
 */
export function safeUrl(address, base) {
  if (/[\u0000-\u001f\u007f-\u009f]/.test(address) || /^\s*[\\/]{2}/.test(address)) return null;
  let url;
  try {
    url = new URL(address, base);
  } catch {
    return null;
  }
  const { protocol } = url;
  // An address with a scheme of its own is not relative.
  if (!/^https?:/.test(protocol) && (protocol !== "file:" || /^\s*[a-z][a-z0-9+.-]*:/i.test(address))) return null;
  return url.username || url.password ? null : url.href;
}
