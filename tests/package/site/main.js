// What a page built by a bundler does with the package.
import "suoyin/element";
import { open } from "suoyin/client";

/** Asks an index at an address: the answer, or the code of the error. */
globalThis.ask = async (source, query) => {
  try {
    const index = await open(source);
    const answer = await index.search(query);
    index.close();
    return { total: answer.total, titles: answer.hits.map((hit) => hit.title) };
  } catch (error) {
    return { code: error.code, message: String(error) };
  }
};
