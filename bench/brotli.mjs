// The sizes of files, as they are and by brotli at level 11: node brotli.mjs FILE…
// Of a module the index inside is not counted.
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

/**
 * The bytes without the index they embed, if any: FORMAT.md, "File".
 * @param {Buffer} bytes
 */
function withoutIndex(bytes) {
  const start = bytes.indexOf(Buffer.from("\x89SUOYIN\n\x01\0\0\0", "latin1"));
  if (start < 0) return bytes;
  const end = start + Number(bytes.readBigUInt64LE(start + 16));
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

const sizes = process.argv.slice(2).map((file) => {
  const bytes = withoutIndex(readFileSync(file));
  return { file: basename(file), raw: bytes.length, brotli: brotli(bytes).length };
});
console.log(JSON.stringify(sizes));
