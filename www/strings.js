/**
 * What the page says, in each of its languages.
 *
 * @module
 */

/**
 * @typedef {object} Strings
 * @property {string} language The name of the other language, on the button that leads there.
 * @property {string} title
 * @property {string} lead
 * @property {string} label
 * @property {string} placeholder
 * @property {string} clear
 * @property {string} theme
 * @property {string} examples
 * @property {[query: string, note: string][]} exampleList
 * @property {string} keys
 * @property {string} privacy
 * @property {string} loading
 * @property {string} results
 * @property {(exact: number, related: number) => string} found
 * @property {(milliseconds: number) => string} took
 * @property {string} exact
 * @property {string} related
 * @property {(left: number) => string} more
 * @property {(query: string) => string} none
 * @property {string[]} noneAdvice
 * @property {string} error
 * @property {(code: string) => string} errorCode
 * @property {string} retry
 */

/** @type {Record<"zh-Hans" | "en", Strings>} */
export const STRINGS = {
  "zh-Hans": {
    language: "English",
    title: "网页里的全文索引",
    lead: "输入即搜，不经过服务器。简体、繁体一并找到，断行、夹注也不妨碍。",
    label: "搜索文档",
    placeholder: "输入词语或整句",
    clear: "清除",
    theme: "切换深色与浅色",
    examples: "试试看",
    exampleList: [
      ["文明实践", "原文在词中间断了行"],
      ["網絡", "用繁体，查简体"],
      ["图书馆", "用简体，查繁体"],
      ["村", "只有一个字"],
      ["借书卡丢了怎么办", "一句问话"],
    ],
    keys: "↑↓ 选择　Enter 打开　Esc 收起",
    privacy: "搜索在您的浏览器里完成，输入的内容不会离开这个页面。",
    loading: "正在载入索引……",
    results: "搜索结果",
    found: (exact, related) =>
      exact === 0
        ? `没有完全匹配，${related} 篇相关`
        : `${exact} 篇完全匹配${related ? `，另有 ${related} 篇相关` : ""}`,
    took: (milliseconds) => `${duration(milliseconds, "不到 ")} 毫秒`,
    exact: "完全匹配",
    related: "相关：只含其中一部分",
    more: (left) => `继续显示（还有 ${left} 篇）`,
    none: (query) => `没有找到“${query}”`,
    noneAdvice: [
      "看看有没有输错的字，或者只留下关键的几个字。",
      "简体、繁体、全角、半角都不必更改，会一起查找。",
    ],
    error: "搜索暂时不可用",
    errorCode: (code) => `错误代码：${code}`,
    retry: "重试",
  },
  en: {
    language: "中文",
    title: "A full-text index, inside the page",
    lead: "Results as you type, with no server. Simplified and Traditional are found together, across line breaks and glosses.",
    label: "Search the documents",
    placeholder: "A word, a phrase, a question",
    clear: "Clear",
    theme: "Switch between dark and light",
    examples: "Try one of these",
    exampleList: [
      ["文明实践", "broken across lines in the text"],
      ["網絡", "Traditional finds Simplified"],
      ["图书馆", "Simplified finds Traditional"],
      ["村", "a single character"],
      ["build index", "English words"],
    ],
    keys: "↑↓ choose   Enter open   Esc close",
    privacy: "The search runs in your browser. What you type never leaves this page.",
    loading: "Loading the index…",
    results: "Search results",
    found: (exact, related) =>
      exact === 0
        ? `No exact match, ${related} related`
        : `${exact} exact ${exact === 1 ? "match" : "matches"}${related ? `, ${related} related` : ""}`,
    took: (milliseconds) => `${duration(milliseconds, "under ")} ms`,
    exact: "Exact matches",
    related: "Related: only part of the query",
    more: (left) => `Show more (${left} left)`,
    none: (query) => `Nothing found for “${query}”`,
    noneAdvice: [
      "Check the spelling, or keep only the words that matter.",
      "Simplified or Traditional, full or half width: all are searched together.",
    ],
    error: "The search is not available",
    errorCode: (code) => `Error code: ${code}`,
    retry: "Try again",
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
