/**
 * The bindings of the engine alone, for the npm package, whose client is not bundled with them.
 *
 * @module
 */

export { default, Searcher } from "../../pkg/suoyin.js";
