import "./element.js";

// What the fields of the documents are called.
const box = /** @type {import("./element.js").SuoyinSearch} */ (document.querySelector("suoyin-search"));
box.strings = { fields: { category: "分类", source: "来源", date: "日期" } };
