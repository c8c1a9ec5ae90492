// The types of the package, as TypeScript and JSX use them. Lines that must not compile say so.
import { createElement, type ReactNode } from "react";
import { type Hit, type Index, SuoyinError, open } from "suoyin";
import { open as openAgain } from "suoyin/client";
import { SuoyinSearch, type SuoyinSearchAttributes } from "suoyin/element";
import "suoyin/highlight";
import "suoyin/react";

export async function ask(signal: AbortSignal): Promise<Hit[]> {
  const index: Index = await open("/search/suoyin.wasm", { signal });
  try {
    const { hits, total } = await index.search("文明实践", { limit: 10, signal });
    // @ts-expect-error `total` is a number.
    total.trim();
    return hits;
  } catch (error) {
    if (error instanceof SuoyinError && error.code === "offline") return [];
    throw error;
  } finally {
    index.close();
  }
}

// @ts-expect-error An index is named.
await openAgain();

const box: SuoyinSearch = document.createElement("suoyin-search");
document.querySelector("suoyin-search")?.search("文明");
box.addEventListener("suoyin-select", (event) => {
  const url: string | undefined = event.detail.url;
  // @ts-expect-error A rank is a number.
  const rank: string = event.detail.rank;
  return [url, rank];
});

const attributes: SuoyinSearchAttributes = { src: "/search/" };

export function Header(): ReactNode {
  return (
    <header>
      <suoyin-search {...attributes} className="box" max-results="20" onsuoyin-select={(event) => event.preventDefault()} />
      {/* @ts-expect-error No attribute is called so. */}
      <suoyin-search source="/search/" />
      {createElement("suoyin-search", { src: "/search/" })}
    </header>
  );
}
