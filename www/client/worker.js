/**
 * The worker's side: it opens one index and answers for it.
 *
 * @module
 */

/** @import { Backend } from "./index.js" */
/** @import { OpenOptions } from "./open.js" */
/** @import { SuoyinError } from "./error.js" */

/** What the worker is called. */
export const NAME = "suoyin";

/**
 * What comes from the page; without a method, the request of this number is aborted.
 *
 * @typedef {{ id: number, method?: string, args: any[] }} Request
 */

/**
 * What goes back to it.
 *
 * @typedef {{ id: number, value?: unknown, error?: { message: string, code: string, cause: string } }} Reply
 */

/**
 * Whether this is the worker of a script, and not what else may load it.
 *
 * @param {URL} script
 */
export function isWorkerOf(script) {
  const { name, location } = /** @type {any} */ (globalThis);
  return name === NAME && location?.href === script.href;
}

/**
 * Answers what comes from the page.
 *
 * @param {(source: any, options: OpenOptions) => Promise<Backend>} open
 */
export function serve(open) {
  /** @type {Promise<Backend>} */
  let opened;
  /** @type {Map<number, AbortController>} */
  const turns = new Map();
  let ready = Promise.resolve();
  // A message to ourselves comes behind those that wait, and sooner than a timer of which browsers clamp the delay.
  const { port1, port2 } = new MessageChannel();

  /** @param {AbortSignal} signal @param {string} method @param {any[]} args */
  async function answer(signal, method, args) {
    if (method === "open") {
      const [source, options] = args;
      opened = open(source, { ...options, signal });
      const { documents, facets } = await opened;
      return { documents, facets };
    }
    return (await opened).ask(method, args, signal);
  }

  /** @param {MessageEvent<Request>} event */
  globalThis.onmessage = async ({ data: { id, method, args } }) => {
    if (!method) return turns.get(id)?.abort();
    const turn = new AbortController();
    turns.set(id, turn);
    // An abort that came while the engine was busy lies further back: it must not be too late. So one
    // request begins in a task behind that of the one before.
    ready = ready.then(() => new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(0);
    }));
    await ready;
    /** @type {Reply} */
    let reply;
    try {
      reply = { id, value: await answer(turn.signal, method, args) };
    } catch (error) {
      const { message, code = "internal", cause } = /** @type {SuoyinError} */ (error);
      reply = { id, error: { message, code, cause: String(cause) } };
    }
    turns.delete(id);
    postMessage(reply);
  };
}
