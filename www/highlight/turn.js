/**
 * Long work in short turns, between which the page does what else it has to.
 *
 * @module
 */

/** Milliseconds of a turn: on a phone, where all takes four times as long, still less than a frame or two. */
const LENGTH = 8;

export class Turn {
  #end = performance.now() + LENGTH;

  /** Whether it is over; then the next one begins. */
  isOver() {
    const now = performance.now();
    if (now < this.#end) return false;
    this.#end = now + LENGTH;
    return true;
  }
}

/** Lets others have their turn. @returns {Promise<unknown>} */
export function pause() {
  const { scheduler } = /** @type {{ scheduler?: { yield?: () => Promise<void> } }} */ (globalThis);
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
