// A corpus that is made up: small documents, many of them, the same ones on every machine.

/** Queries that it has answers for: in every round a search can take, and in none. */
export const QUERIES = ["文明实践", "文明實踐", "图", "“公共图书馆”", "seta norm", "公共图书馆什么时候开放", "借阅 -开放", "zzzz"];

/** What stands in some documents, word for word. */
const PHRASES = ["文明实践", "文明實踐", "公共图书馆", "公共圖書館開放時間", "借阅", "开放"];

/** Numbers below a bound, in an order that looks like none (xorshift). @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/**
 * The corpus as JSON lines.
 *
 * @param {number} count How many documents.
 */
export function corpus(count) {
  const below = numbers(0x5eed);
  /** Common ones far oftener than rare ones. @param {number} bound */
  const common = (bound) => below(below(below(bound) + 1) + 1);
  const character = () => String.fromCodePoint(0x4e00 + 7 * common(2500));
  const syllables = ["no", "rm", "se", "ta", "li", "qu"];
  const word = () => Array.from({ length: 1 + below(3) }, () => syllables[below(syllables.length)]).join("");
  /** @param {number} length */
  const text = (length) => {
    let text = "";
    while (text.length < length) {
      const dice = below(300);
      if (dice === 0) text += PHRASES[below(PHRASES.length)];
      else if (dice < 12) text += ` ${word()} `;
      else if (dice < 30) text += "，";
      else text += character();
    }
    return `${text}。`;
  };
  const lines = Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      id: `document-${at}`,
      url: `https://example.org/${at}`,
      title: text(4 + below(12)),
      text: `${text(50 + below(200))}\n\n${text(50 + below(300))}`,
      meta: { place: `${at % 7}` },
    }),
  );
  return `${lines.join("\n")}\n`;
}
