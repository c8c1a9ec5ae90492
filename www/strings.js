/**
 * What the demo page says beside the search box, in each of its languages.
 *
 * @module
 */

/**
 * @typedef {object} Strings
 * @property {string} language The name of the other language, on the button that leads there.
 * @property {string} title
 * @property {string} lead
 * @property {string} theme
 * @property {string} examples
 * @property {[query: string, note: string][]} exampleList
 * @property {string} privacy
 * @property {(milliseconds: number) => string} took
 */

/** @type {Record<"zh-Hans" | "en", Strings>} */
export const STRINGS = {
  "zh-Hans": {
    language: "English",
    title: "网页里的全文索引",
    lead: "输入即搜，不经过服务器。简体、繁体一并找到，断行、夹注也不妨碍。",
    theme: "切换深色与浅色",
    examples: "试试看",
    exampleList: [
      ["文明实践", "原文在词中间断了行"],
      ["網絡", "用繁体，查简体"],
      ["图书馆", "用简体，查繁体"],
      ["村", "只有一个字"],
      ["借书卡丢了怎么办", "一句问话"],
    ],
    privacy: "搜索在您的浏览器里完成，输入的内容不会离开这个页面。",
    took: (milliseconds) => `搜索用时 ${duration(milliseconds, "不到 ")} 毫秒。`,
  },
  en: {
    language: "中文",
    title: "A full-text index, inside the page",
    lead: "Results as you type, with no server. Simplified and Traditional are found together, across line breaks and glosses.",
    theme: "Switch between dark and light",
    examples: "Try one of these",
    exampleList: [
      ["文明实践", "broken across lines in the text"],
      ["網絡", "Traditional finds Simplified"],
      ["图书馆", "Simplified finds Traditional"],
      ["村", "a single character"],
      ["build index", "English words"],
    ],
    privacy: "The search runs in your browser. What you type never leaves this page.",
    took: (milliseconds) => `The search took ${duration(milliseconds, "under ")} ms.`,
  },
};

/** @typedef {keyof typeof STRINGS} Language */

/**
 * The first language of the list that the page speaks; Chinese where it speaks none of them.
 *
 * @param {readonly (string | null)[]} wanted Language tags, best first.
 * @returns {Language}
 */
export function pickLanguage(wanted) {
  for (const tag of wanted) {
    const primary = tag?.split("-")[0];
    if (primary === "zh") return "zh-Hans";
    if (primary === "en") return "en";
  }
  return "zh-Hans";
}

/**
 * @param {number} milliseconds
 * @param {string} under
 */
function duration(milliseconds, under) {
  if (milliseconds < 0.1) return `${under}0.1`;
  return milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
}
