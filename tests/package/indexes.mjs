// What the tests of the package share: where it lies, indexes to open with it, and a site that has all of it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ALIKE, buildCommand } from "../layouts.mjs";

/** @import { SearchResults } from "../../www/client/index.js" */

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Asked of each index: both scripts, and what no document has. */
export const QUERIES = ["文明实践", "文明實踐", "zzzz"];

/** The package as it is installed. */
export const unpacked = made("target/package/suoyin");

/** The site that has it, as Vite built it. */
export const built = made("target/package-site/dist");

/** @param {string} path */
function made(path) {
  const folder = join(root, path);
  if (!existsSync(folder)) throw new Error(`there is no ${path}: \`cargo xtask test package\` makes it`);
  return folder;
}

/** A folder for a server: the site, the package in `package/`, and indexes in `search/` and `shards/`. */
export class Site {
  folder = mkdtempSync(join(tmpdir(), "suoyin-package-"));
  #command = buildCommand();

  constructor() {
    cpSync(built, this.folder, { recursive: true });
    cpSync(unpacked, join(this.folder, "package"), { recursive: true });
    for (const [layout, name] of /** @type {const} */ ([["module", "search"], ["shards", "shards"]])) {
      this.#suoyin("build", join(root, "docs"), "-o", join(this.folder, name), "--layout", layout, ...ALIKE);
    }
  }

  /** Adds a page. @param {string} name @param {string} html */
  write(name, html) {
    writeFileSync(join(this.folder, name), html);
  }

  /** What the command answers: how many documents match, and the titles of the first. @param {string} query */
  native(query) {
    const printed = this.#suoyin("search", join(this.folder, "search"), "--json", "--", query);
    const { total, hits } = /** @type {SearchResults} */ (JSON.parse(printed));
    return { total, titles: hits.map((hit) => hit.title) };
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @param {string[]} args */
  #suoyin(...args) {
    return execFileSync(this.#command, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" });
  }
}
