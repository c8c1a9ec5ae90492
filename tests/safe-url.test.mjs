// Where a link may lead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { safeUrl } from "../www/safe-url.js";

const BASE = "https://example.org/site/docs/";

test("addresses that make links", () => {
  for (const [address, href] of [
    ["https://other.example/a?b#c", "https://other.example/a?b#c"],
    ["http://other.example/", "http://other.example/"],
    ["notices/library-hours.md", `${BASE}notices/library-hours.md`],
    ["./a.html", `${BASE}a.html`],
    ["../about.html", "https://example.org/site/about.html"],
    ["/root.html", "https://example.org/root.html"],
    ["#section", `${BASE}#section`],
    ["?page=2", `${BASE}?page=2`],
    ["通知/第一号.txt", `${BASE}${encodeURI("通知/第一号.txt")}`],
    ["a b.txt", `${BASE}a%20b.txt`],
    ["", BASE],
  ]) {
    assert.equal(safeUrl(address ?? "", BASE), href, address);
  }
});

test("addresses that make none", () => {
  for (const address of [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://example.org/1",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:someone@example.org",
    "ftp://example.org/",
    "//evil.example/",
    " //evil.example/",
    "\\\\evil.example/",
    "/\\evil.example/",
    "\\/evil.example/",
    "https://bank.example@evil.example/",
    "https://user:password@example.org/",
    "notices/\u0000x",
    "notices/\u007fx",
    "notices/\u0085x",
    "https://[",
    "https://",
  ]) {
    assert.equal(safeUrl(address, BASE), null, JSON.stringify(address));
  }
});

test("a page opened from a folder links to its own files only", () => {
  const base = "file:///home/reader/site/docs/";
  assert.equal(safeUrl("a.txt", base), `${base}a.txt`);
  assert.equal(safeUrl("https://example.org/", base), "https://example.org/");
  for (const address of ["file:///etc/passwd", "//host/share", "javascript:alert(1)"]) {
    assert.equal(safeUrl(address, base), null, address);
  }
});
