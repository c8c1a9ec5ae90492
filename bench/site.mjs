// A Chromium, and a server of a few files on this machine.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { listen } from "../tests/listen.mjs";

// The browser tests have it; there is no second copy.
const { chromium } = createRequire(new URL("../tests/package.json", import.meta.url))("playwright-core");

const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
});

/**
 * Serves files from memory.
 *
 * With these headers a page is isolated from other origins, and its clock has steps of 5 µs instead
 * of 100.
 *
 * @param {Record<string, string | Uint8Array>} files By their path; a string is a file's name.
 * @returns {Promise<{ address: string, close(): void }>}
 */
export async function serve(files) {
  const contents = new Map(
    Object.entries(files).map(([path, file]) => [path, typeof file === "string" ? readFileSync(file) : file]),
  );
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const content = contents.get(path);
    if (!content) return void response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    response.writeHead(200, {
      "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
      "Content-Length": content.length,
      "Cache-Control": "no-store",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    });
    response.end(content);
  });
  return listen(server);
}

/** Starts the Chromium that `SUOYIN_CHROMIUM` names. */
export function launch() {
  const executablePath = process.env["SUOYIN_CHROMIUM"];
  if (!executablePath) throw new Error("set SUOYIN_CHROMIUM to the path of a Chromium");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });
}
