import "./element.js";

const box = /** @type {import("./element.js").SuoyinSearch} */ (document.querySelector("#all"));
box.sources = [
  { src: "several/notices/search/", label: "通知" },
  { src: "several/handbooks/search/", label: "手册" },
  { src: "several/manual/search/", label: "使用说明" },
];
