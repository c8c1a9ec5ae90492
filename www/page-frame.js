/**
 * What the pages of the demo have around their samples: the switch between dark and light, the lines
 * that make a sample, and the list of all pages. A classic script, because pages that are opened from
 * a folder can load no modules.
 */
{
  const OWN = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  const PAGES = [
    ["index.html", "开始", "Start"],
    ["inline.html", "嵌在页面里", "In a page"],
    ["modal.html", "对话框", "In a dialog"],
    ["results.html", "结果页", "A page of results"],
    ["several.html", "多个索引", "Several indexes"],
    ["site/notices/library-hours.html?highlight=圖書館", "在原文里标出", "Marked in the document"],
    ["theming.html", "外观", "Looks"],
    ["rtl.html", "从右到左", "Right to left"],
    ["hant.html", "繁體中文", "Traditional Chinese"],
    ["offline.html", "离线", "Offline"],
    ["origin.html", "从另一个源载入", "From another origin"],
    ["file/index.html", "从文件夹打开", "From a folder"],
  ];

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  const make = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const switchScheme = () => {
    const { dataset } = document.documentElement;
    const dark = dataset["theme"] ? dataset["theme"] === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    dataset["theme"] = dark ? "light" : "dark";
    try {
      localStorage.setItem("suoyin.theme", dataset["theme"]);
    } catch {
      // Storage is switched off: the choice holds for this visit.
    }
  };

  const schemeSwitch = () => {
    const label = "切换深色与浅色";
    const button = make("button", {
      class: "switch", id: "theme", type: "button", title: label, "aria-label": label, "data-label": "theme",
    });
    button.addEventListener("click", switchScheme);
    return button;
  };

  /** @param {string} text */
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  /**
   * The markup of a node, as it stands in the page.
   *
   * @param {Node} node
   * @param {string} indent That of its line.
   * @returns {string}
   */
  const markup = (node, indent) => {
    if (node instanceof Text) return escaped(node.data);
    if (!(node instanceof Element)) return "";
    const name = node.localName;
    const attributes = [...node.attributes].map(({ name, value }) =>
      value ? `${name}="${escaped(value).replace(/"/g, "&quot;")}"` : name,
    );
    const line = ["<" + name, ...attributes].join(" ");
    const start = line.length > 76 ? ["<" + name, ...attributes].join(`\n${indent}  `) : line;
    const empty = ["br", "hr", "img", "input", "link", "meta"].includes(name);
    const inside = node instanceof HTMLTemplateElement ? node.content : node;
    return `${start}>${markupInside(inside)}${empty ? "" : `</${name}>`}`;
  };

  /** @param {Node} parent */
  const markupInside = (parent) => {
    let all = "";
    for (const node of parent.childNodes) all += markup(node, /[^\n]*$/.exec(all)?.[0].match(/^ */)?.[0] ?? "");
    return all;
  };

  /** Without the white space that all lines start with. @param {string} text */
  const dedented = (text) => {
    const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
    const depths = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
    return lines.map((line) => line.slice(Math.min(...depths))).join("\n");
  };

  /**
   * @param {string} caption
   * @param {string} text
   */
  const code = (caption, text) =>
    make(
      "figure",
      { class: "code", dir: "ltr", lang: "zh-Hans" },
      make("figcaption", {}, caption),
      make("pre", { tabindex: "0", "aria-label": caption }, make("code", {}, text)),
    );

  const contents = () => {
    const entries = PAGES.map(([href = "", name = "", note = ""]) => {
      const url = new URL(href, OWN);
      const here = url.pathname === location.pathname.replace(/\/$/, "/index.html");
      const link = make(
        "a",
        { class: "entry", href: url.href },
        make("span", { class: "entry-name", lang: name.includes("體") ? "zh-Hant" : "zh-Hans" }, name),
        make("span", { class: "leader", "aria-hidden": "true" }),
        make("span", { class: "entry-note", lang: "en" }, note),
      );
      if (here) link.setAttribute("aria-current", "page");
      return make("li", {}, link);
    });
    return make(
      "nav",
      { class: "contents", dir: "ltr", lang: "zh-Hans", "aria-labelledby": "contents" },
      make("h2", { id: "contents" }, "目录 ", make("span", { lang: "en" }, "Contents")),
      make("ul", { class: "entries" }, ...entries),
    );
  };

  document.querySelector(".top")?.append(schemeSwitch());

  for (const sample of document.querySelectorAll(".sample")) {
    const html = code("这几行就够了：HTML", dedented(markupInside(sample)));
    sample.after(html);
    // Read from the files that run.
    const files = (sample.getAttribute("data-files") ?? "").split(" ").filter(Boolean);
    Promise.all(files.map(async (file) => code(file, (await (await fetch(file)).text()).trim()))).then(
      (figures) => html.after(...figures),
      (error) => console.warn(String(error)),
    );
  }

  // The other pages need a server, and those of another site know of none.
  if (location.protocol !== "file:" && !OWN.includes("/file/")) document.querySelector("main")?.append(contents());
}
