/**
 * What the box says, in each of its languages.
 *
 * @module
 */

/**
 * @typedef {object} Strings
 * @property {string} search On the button that opens the box, and the name of the dialog.
 * @property {string} label The name of the field.
 * @property {string} placeholder
 * @property {string} clear
 * @property {string} cancel
 * @property {string} loading
 * @property {string} results The name of the list.
 * @property {(exact: number, related: number) => string} found
 * @property {string} exact
 * @property {string} related
 * @property {(left: number) => string} more
 * @property {(query: string) => string} none
 * @property {string[]} advice What to try where nothing was found.
 * @property {(query: string, corrected: string) => string} corrected
 * @property {(words: string) => string} expanded Which words were searched for as well.
 * @property {string} suggestions
 * @property {string} recent
 * @property {string} forget Forgets the recent searches.
 * @property {string} error
 * @property {(code: string) => string} errorCode
 * @property {(labels: string) => string} failed Some of several indexes could not be searched.
 * @property {string} retry
 * @property {string} filters
 * @property {string} unfilter Takes all filters away.
 * @property {string} from
 * @property {string} to
 * @property {string} sort
 * @property {string} relevance
 * @property {string} newest
 * @property {string} oldest
 * @property {(field: string, descending: boolean) => string} order By another field than the date.
 * @property {string} pages The name of the row of page numbers.
 * @property {string} previous
 * @property {string} next
 * @property {[key: string, meaning: string][]} keys
 * @property {Record<string, string>} fields What fields of the metadata are called, where it is not their name.
 */

/** @satisfies {Record<string, Strings>} */
export const STRINGS = {
  "zh-Hans": {
    search: "搜索",
    label: "搜索文档",
    placeholder: "输入词语或整句",
    clear: "清除",
    cancel: "取消",
    loading: "正在载入索引……",
    results: "搜索结果",
    found: (exact, related) =>
      exact === 0 ? `没有完全匹配，${related} 篇相关` : `${exact} 篇完全匹配${related ? `，另有 ${related} 篇相关` : ""}`,
    exact: "完全匹配",
    related: "相关：只含其中一部分",
    more: (left) => `继续显示（还有 ${left} 篇）`,
    none: (query) => `没有找到“${query}”`,
    advice: ["看看有没有输错的字，或者只留下关键的几个字。", "简体、繁体、全角、半角都不必更改，会一起查找。"],
    corrected: (query, corrected) => `没有找到“${query}”，以下是“${corrected}”的结果`,
    expanded: (words) => `也查找了：${words}`,
    suggestions: "搜索建议",
    recent: "最近搜索",
    forget: "清除记录",
    error: "搜索暂时不可用",
    errorCode: (code) => `错误代码：${code}`,
    failed: (labels) => `暂时不能搜索：${labels}`,
    retry: "重试",
    filters: "筛选",
    unfilter: "清除筛选",
    from: "从",
    to: "到",
    sort: "排序",
    relevance: "相关度",
    newest: "最新在前",
    oldest: "最早在前",
    order: (field, descending) => `${field}${descending ? "（倒序）" : ""}`,
    pages: "分页",
    previous: "上一页",
    next: "下一页",
    keys: [["↑↓", "选择"], ["Enter", "打开"], ["Esc", "收起"]],
    fields: { date: "日期", source: "来源", author: "作者", category: "分类", tags: "标签", lang: "语言", section: "栏目", title: "标题" },
  },
  "zh-Hant": {
    search: "搜尋",
    label: "搜尋文件",
    placeholder: "輸入詞語或整句",
    clear: "清除",
    cancel: "取消",
    loading: "正在載入索引……",
    results: "搜尋結果",
    found: (exact, related) =>
      exact === 0 ? `沒有完全相符，${related} 篇相關` : `${exact} 篇完全相符${related ? `，另有 ${related} 篇相關` : ""}`,
    exact: "完全相符",
    related: "相關：只含其中一部分",
    more: (left) => `繼續顯示（還有 ${left} 篇）`,
    none: (query) => `找不到「${query}」`,
    advice: ["看看有沒有打錯字，或者只留下關鍵的幾個字。", "簡體、繁體、全形、半形都不必更改，會一起尋找。"],
    corrected: (query, corrected) => `找不到「${query}」，以下是「${corrected}」的結果`,
    expanded: (words) => `也尋找了：${words}`,
    suggestions: "搜尋建議",
    recent: "最近的搜尋",
    forget: "清除紀錄",
    error: "搜尋暫時無法使用",
    errorCode: (code) => `錯誤代碼：${code}`,
    failed: (labels) => `暫時無法搜尋：${labels}`,
    retry: "重試",
    filters: "篩選",
    unfilter: "清除篩選",
    from: "從",
    to: "到",
    sort: "排序",
    relevance: "相關度",
    newest: "最新在前",
    oldest: "最早在前",
    order: (field, descending) => `${field}${descending ? "（倒序）" : ""}`,
    pages: "分頁",
    previous: "上一頁",
    next: "下一頁",
    keys: [["↑↓", "選擇"], ["Enter", "開啟"], ["Esc", "收起"]],
    fields: { date: "日期", source: "來源", author: "作者", category: "分類", tags: "標籤", lang: "語言", section: "欄目", title: "標題" },
  },
  en: {
    search: "Search",
    label: "Search the documents",
    placeholder: "A word, a phrase, a question",
    clear: "Clear",
    cancel: "Cancel",
    loading: "Loading the index…",
    results: "Search results",
    found: (exact, related) =>
      exact === 0
        ? `No exact match, ${related} related`
        : `${exact} exact ${exact === 1 ? "match" : "matches"}${related ? `, ${related} related` : ""}`,
    exact: "Exact matches",
    related: "Related: only part of the query",
    more: (left) => `Show more (${left} left)`,
    none: (query) => `Nothing found for “${query}”`,
    advice: [
      "Check the spelling, or keep only the words that matter.",
      "Simplified or Traditional, full or half width: all are searched together.",
    ],
    corrected: (query, corrected) => `Nothing found for “${query}”; these are results for “${corrected}”`,
    expanded: (words) => `Also searched for: ${words}`,
    suggestions: "Suggestions",
    recent: "Recent searches",
    forget: "Clear history",
    error: "The search is not available",
    errorCode: (code) => `Error code: ${code}`,
    failed: (labels) => `Not available: ${labels}`,
    retry: "Try again",
    filters: "Filters",
    unfilter: "Clear filters",
    from: "From",
    to: "To",
    sort: "Sort by",
    relevance: "Relevance",
    newest: "Newest first",
    oldest: "Oldest first",
    order: (field, descending) => `${field}${descending ? " (descending)" : ""}`,
    pages: "Pages",
    previous: "Previous",
    next: "Next",
    keys: [["↑↓", "choose"], ["Enter", "open"], ["Esc", "close"]],
    fields: { date: "Date", source: "Source", author: "Author", category: "Category", tags: "Tags", lang: "Language", section: "Section", title: "Title" },
  },
  ja: {
    search: "検索",
    label: "ドキュメントを検索",
    placeholder: "語句や文を入力",
    clear: "消去",
    cancel: "キャンセル",
    loading: "索引を読み込んでいます…",
    results: "検索結果",
    found: (exact, related) =>
      exact === 0 ? `完全一致なし、関連 ${related} 件` : `完全一致 ${exact} 件${related ? `、関連 ${related} 件` : ""}`,
    exact: "完全一致",
    related: "関連：一部のみ一致",
    more: (left) => `さらに表示（残り ${left} 件）`,
    none: (query) => `「${query}」は見つかりませんでした`,
    advice: ["誤字がないか確かめるか、語句を減らしてみてください。", "全角・半角や字体の違いはまとめて検索されます。"],
    corrected: (query, corrected) => `「${query}」は見つかりませんでした。「${corrected}」の結果を表示しています`,
    expanded: (words) => `次の語も検索しました：${words}`,
    suggestions: "検索候補",
    recent: "最近の検索",
    forget: "履歴を消去",
    error: "検索を利用できません",
    errorCode: (code) => `エラーコード：${code}`,
    failed: (labels) => `利用できません：${labels}`,
    retry: "再試行",
    filters: "絞り込み",
    unfilter: "絞り込みを解除",
    from: "開始",
    to: "終了",
    sort: "並べ替え",
    relevance: "関連度順",
    newest: "新しい順",
    oldest: "古い順",
    order: (field, descending) => `${field}${descending ? "（降順）" : "（昇順）"}`,
    pages: "ページ",
    previous: "前へ",
    next: "次へ",
    keys: [["↑↓", "選択"], ["Enter", "開く"], ["Esc", "閉じる"]],
    fields: { date: "日付", source: "出典", author: "著者", category: "カテゴリ", tags: "タグ", lang: "言語", section: "セクション", title: "タイトル" },
  },
  ko: {
    search: "검색",
    label: "문서 검색",
    placeholder: "단어나 문장을 입력하세요",
    clear: "지우기",
    cancel: "취소",
    loading: "색인을 불러오는 중…",
    results: "검색 결과",
    found: (exact, related) =>
      exact === 0 ? `정확히 일치하는 문서 없음, 관련 ${related}건` : `정확히 일치 ${exact}건${related ? `, 관련 ${related}건` : ""}`,
    exact: "정확히 일치",
    related: "관련: 일부만 일치",
    more: (left) => `더 보기 (${left}건 남음)`,
    none: (query) => `‘${query}’에 대한 결과가 없습니다`,
    advice: ["철자를 확인하거나 핵심 단어만 남겨 보세요.", "간체와 번체, 전각과 반각은 함께 검색됩니다."],
    corrected: (query, corrected) => `‘${query}’에 대한 결과가 없어 ‘${corrected}’ 결과를 표시합니다`,
    expanded: (words) => `함께 검색한 단어: ${words}`,
    suggestions: "추천 검색어",
    recent: "최근 검색",
    forget: "기록 지우기",
    error: "검색을 사용할 수 없습니다",
    errorCode: (code) => `오류 코드: ${code}`,
    failed: (labels) => `사용할 수 없음: ${labels}`,
    retry: "다시 시도",
    filters: "필터",
    unfilter: "필터 해제",
    from: "시작",
    to: "끝",
    sort: "정렬",
    relevance: "관련도순",
    newest: "최신순",
    oldest: "오래된순",
    order: (field, descending) => `${field}${descending ? " (내림차순)" : ""}`,
    pages: "페이지",
    previous: "이전",
    next: "다음",
    keys: [["↑↓", "선택"], ["Enter", "열기"], ["Esc", "닫기"]],
    fields: { date: "날짜", source: "출처", author: "저자", category: "분류", tags: "태그", lang: "언어", section: "섹션", title: "제목" },
  },
};

/** @typedef {keyof typeof STRINGS} Language */

/**
 * The first language of the list that the box speaks. Traditional is what Taiwan, Hong Kong and
 * Macao write.
 *
 * @param {readonly (string | null | undefined)[]} wanted Language tags, best first.
 * @param {Language} [otherwise]
 * @returns {Language}
 */
export function pickLanguage(wanted, otherwise = "en") {
  for (const tag of wanted) {
    const [primary, ...rest] = (tag ?? "").split(/[-_]/);
    if (/^zh$/i.test(primary ?? "")) {
      const traditional = rest.some((part) => /^(hant|tw|hk|mo)$/i.test(part)) && !rest.some((part) => /^hans$/i.test(part));
      return traditional ? "zh-Hant" : "zh-Hans";
    }
    const language = /** @type {const} */ (["en", "ja", "ko"]).find((one) => new RegExp(`^${one}$`, "i").test(primary ?? ""));
    if (language) return language;
  }
  return otherwise;
}
