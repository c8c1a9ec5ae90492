/**
 * What an input method may do to a search box.
 *
 * While a candidate is being composed the box must not act on keys, and text in Han, Bopomofo or
 * kana is not meant yet. But waiting for `compositionend` freezes Android, whose keyboards compose
 * every Latin word, so a Latin composition is searched as it grows.
 *
 * @module
 */

const CANDIDATE = /[\p{scx=Han}\p{scx=Bopomofo}\p{scx=Hiragana}\p{scx=Katakana}]/u;

/**
 * Whether a key press belongs to the input method: Enter that takes a candidate, arrows that walk
 * through them, Escape that drops them. Safari tells of the last Enter only after the composition
 * has ended, with 229 as its one mark.
 *
 * @param {Pick<KeyboardEvent, "isComposing" | "keyCode">} event
 */
export function belongsToInputMethod(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Follows the composition in one text field. */
export class Composition {
  /** Whether a composition is going on. */
  active = false;
  /** Whether what is being composed should not be searched yet. */
  waiting = false;

  /** @param {string} text What is being composed, as `compositionupdate` tells. */
  update(text) {
    this.active = true;
    this.waiting = CANDIDATE.test(text);
  }

  end() {
    this.active = this.waiting = false;
  }
}

/**
 * Calls `search` whenever the field's text should be searched; `provisional` while it may still
 * change under the input method.
 *
 * @param {HTMLInputElement} field
 * @param {(query: string, provisional: boolean) => void} search
 * @returns {Composition} What is composed in it.
 */
export function onQuery(field, search) {
  const composition = new Composition();
  const tell = () => search(field.value, composition.active);
  field.addEventListener("compositionupdate", (event) => composition.update(event.data));
  field.addEventListener("compositionend", () => {
    composition.end();
    tell();
  });
  field.addEventListener("input", (event) => {
    // Some keyboards never end a composition but go on typing.
    if (!(/** @type {InputEvent} */ (event).isComposing)) composition.end();
    if (!composition.waiting) tell();
  });
  // Whoever leaves the field is done composing, whether the keyboard said so or not.
  field.addEventListener("blur", () => {
    if (!composition.active) return;
    composition.end();
    tell();
  });
  return composition;
}
