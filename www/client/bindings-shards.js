/**
 * The same of the engine for shards.
 *
 * @module
 */

export { default, Searcher } from "./bindings.js";
