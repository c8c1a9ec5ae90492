// What the tests of the layouts share: indexes in each of them, spoilt copies, and a server.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import * as generated from "./corpus.mjs";
import { listen } from "./listen.mjs";

/** @import { SearchResults } from "../www/client.js" */

const root = fileURLToPath(new URL("..", import.meta.url));

/** Of the sample documents: both scripts, a word, a single character, a phrase, a question, and nothing. */
const QUERIES = ["文明实践", "文明實踐", "build index", "村", "“图书馆”", "借书卡丢了怎么办", "zzzz"];

/** @typedef {"docs" | "many"} Corpus The sample documents, or so many that shards come in groups. */
/** @typedef {"module" | "script" | "shards"} Layout */

/** What is asked of each corpus. */
export const ASKED = { docs: QUERIES, many: generated.QUERIES };

/** An index in one piece ranks by the texts, too, which shards would have to fetch: so that all answer alike, none does. */
export const ALIKE = ["--ranking", "headings=0,characters=0"];

export const LAYOUTS = /** @type {Layout[]} */ (["module", "script", "shards"]);

/** Files that are no index, or no longer one, and the codes of the errors that opening them gives. */
export const SPOILT = /** @type {[file: string, code: string][]} */ ([
  ["cut.wasm", "damaged"],
  ["flipped.wasm", "damaged"],
  ["short.wasm", "truncated"],
  ["future.wasm", "version"],
  ["engine.wasm", "not-an-index"],
  ["page.html", "not-an-index"],
  ["missing.wasm", "load-failed"],
]);

/** A folder with indexes of both corpora, in each layout: `docs/module`, `many/shards` and so on. */
export class Layouts {
  folder = mkdtempSync(join(tmpdir(), "suoyin-"));
  #command = buildCommand();
  /** @type {Map<string, SearchResults>} */
  #answers = new Map();

  constructor() {
    const lines = join(this.folder, "many.jsonl");
    writeFileSync(lines, generated.corpus(1600));
    for (const [corpus, input] of Object.entries({ docs: join(root, "docs"), many: lines })) {
      for (const layout of LAYOUTS) {
        this.#suoyin("build", input, "-o", join(this.folder, corpus, layout), "--layout", layout, ...ALIKE);
      }
    }
    this.#spoil();
  }

  /** The native answer. @param {Corpus} corpus @param {string} query @param {Layout} [layout] */
  native(corpus, query, layout = "module") {
    const index = join(this.folder, corpus, layout);
    const key = `${index} ${query}`;
    const answer = this.#answers.get(key) ?? JSON.parse(this.#suoyin("search", index, "--json", "--", query));
    this.#answers.set(key, answer);
    return /** @type {SearchResults} */ (answer);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @param {string[]} args */
  #suoyin(...args) {
    return execFileSync(this.#command, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" });
  }

  /** Writes the files of `SPOILT`, each with a `suoyin.js` beside it, and modules of another engine. */
  #spoil() {
    const spoilt = join(this.folder, "spoilt");
    mkdirSync(spoilt);
    const module = readFileSync(join(this.folder, "docs/module/suoyin.wasm"));
    const start = module.lastIndexOf(Buffer.from("\x89SUOYIN\n", "latin1"));
    /** @param {string} file @param {(bytes: Buffer) => Buffer | void} change */
    const write = (file, change) => {
      const bytes = Buffer.from(module);
      writeFileSync(join(spoilt, file), change(bytes) ?? bytes);
    };
    copyFileSync(join(this.folder, "docs/module/suoyin.js"), join(spoilt, "suoyin.js"));
    write("cut.wasm", (bytes) => bytes.subarray(0, -1000));
    write("flipped.wasm", (bytes) => void bytes.writeUInt8(bytes.readUInt8(start + 5000) ^ 1, start + 5000));
    write("short.wasm", (bytes) => void bytes.writeUInt32LE(1 << 30, start + 16));
    write("future.wasm", (bytes) => void bytes.writeUInt32LE(99, start + 8));
    write("engine.wasm", (bytes) => void bytes.write("elsewhere", bytes.lastIndexOf("suoyin.index") + 3));
    writeFileSync(join(spoilt, "page.html"), "<!doctype html><title>Not found</title>");
    // One function that the engine takes from the script has another name.
    write("suoyin.wasm", (bytes) => void bytes.write("__wbX", bytes.indexOf("__wbg_")));
    const script = readFileSync(join(this.folder, "docs/script/suoyin.js"), "latin1");
    const at = script.length - 5000;
    writeFileSync(join(spoilt, "script.js"), `${script.slice(0, at)}!${script.slice(at + 1)}`);
  }
}

/** Builds the command and says where it lies. */
export function buildCommand() {
  const args = ["build", "--package", "suoyin-cli", "--quiet", "--message-format=json-render-diagnostics"];
  const messages = execFileSync("cargo", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const paths = messages.split("\n").filter(Boolean).map((line) => JSON.parse(line).executable);
  const command = paths.find(Boolean);
  if (!command) throw new Error("the command was not built");
  return /** @type {string} */ (command);
}

/**
 * What native command and client have to agree on. Scores are single precision, which JSON and
 * JavaScript print differently.
 *
 * @param {Omit<SearchResults, "took">} results
 */
export function comparable(results) {
  const hits = results.hits.map((hit) => ({ ...hit, score: Math.fround(hit.score) }));
  return { ...results, hits, took: undefined };
}

/** What files are, by the endings of their names. */
export const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
});

/**
 * Serves a folder. Paths under `plain/` come with a type that says nothing; `?policy=` asks for a
 * content security policy. What pages post is given to `told`.
 *
 * @param {string} folder
 * @param {{ cors?: boolean, told?: (what: any) => void }} [options]
 */
export async function serve(folder, { cors = false, told } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "POST") {
      const what = await json(request);
      response.writeHead(204).end();
      return told?.(what);
    }
    const plain = path.startsWith("/plain/");
    const file = join(folder, normalize(plain ? path.slice("/plain".length) : path));
    const bytes = await readFile(file).catch(() => undefined);
    const policy = searchParams.get("policy");
    if (policy) response.setHeader("Content-Security-Policy", policy);
    if (cors) response.setHeader("Access-Control-Allow-Origin", "*");
    if (!bytes) return void response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    const type = plain && file.endsWith(".wasm") ? undefined : TYPES[extname(file)];
    response.writeHead(200, { "Content-Type": type ?? "application/octet-stream" }).end(bytes);
  });
  return listen(server);
}
