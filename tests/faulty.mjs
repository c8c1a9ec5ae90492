// A server of another origin that serves files as a CDN does, except where a test has it fail.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { TYPES } from "./layouts.mjs";

/** @import { ServerResponse } from "node:http" */

/**
 * How a file is sent.
 *
 * @callback Send
 * @param {ServerResponse} response
 * @param {Buffer} bytes
 * @returns {unknown}
 */

/** As it should be. @type {Send} */
export const whole = (response, bytes) => response.end(bytes);

export class FaultyServer {
  /** The names of files that were asked for, in order. @type {string[]} */
  asked = [];
  /** How a file is to be sent now. @type {(name: string) => Send} */
  sending = () => whole;
  #folder;
  #port = 0;
  #server = createServer();
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /** Its origin; behind it, one path segment of any name, and then the folder. */
  get address() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Starts, again too, and then under the same address. */
  async start() {
    this.#server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? "/", this.address);
      const name = normalize(pathname).split("/").slice(2).join("/");
      const bytes = await readFile(join(this.#folder, name)).catch(() => undefined);
      response.setHeader("Access-Control-Allow-Origin", "*");
      if (!bytes) return void response.writeHead(404).end();
      response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
      // As shards may be kept: whoever gets a damaged one has it until told otherwise.
      if (isShard(name)) response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
      const send = this.sending(name);
      this.asked.push(name);
      send(response, bytes);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    await new Promise((resolve) => this.#server.listen(this.#port, "127.0.0.1", () => resolve(undefined)));
    this.#port = /** @type {import("node:net").AddressInfo} */ (this.#server.address()).port;
  }

  /** Goes away, and all connections with it. */
  async stop() {
    const stopped = new Promise((resolve) => this.#server.close(() => resolve(undefined)));
    this.#server.closeAllConnections();
    await stopped;
  }

  /** Waits for the next request. @returns {Promise<void>} */
  next() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Waits until so many files were asked for. @param {number} count */
  async until(count) {
    while (this.asked.length < count) await this.next();
  }

  /**
   * Keeps answers back.
   *
   * @param {(name: string) => boolean} which
   */
  hold(which) {
    /** @type {(() => void)[]} */
    const held = [];
    this.sending = (name) =>
      which(name) ? (response, bytes) => held.push(() => whole(response, bytes)) : whole;
    return {
      /** Sends what is held now. */
      release: () => held.splice(0).forEach((send) => send()),
      get count() {
        return held.length;
      },
    };
  }
}

/** @param {string} name */
export const isShard = (name) => name.startsWith("suoyin.shards/");
