// The sizes of files, as they are and by brotli at level 11: node brotli.mjs FILE…
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** @param {Uint8Array} bytes */
function brotli(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}

const sizes = process.argv.slice(2).map((file) => {
  const bytes = readFileSync(file);
  return { file: basename(file), raw: bytes.length, brotli: brotli(bytes).length };
});
console.log(JSON.stringify(sizes));
