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
 *
 * @param {Buffer} bytes
 */
function withoutIndex(bytes) {
  const magic = Buffer.from("\x89SUOYIN\n", "latin1");
  for (let start = bytes.indexOf(magic); start >= 0; start = bytes.indexOf(magic, start + 1)) {
    // The engine has the magic number too, but no length behind it.
    const length = start + 24 <= bytes.length ? Number(bytes.readBigUInt64LE(start + 16)) : 0;
    if (length > 32 && start + length <= bytes.length) {
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
    }
  }
  return bytes;
}

const sizes = process.argv.slice(2).map((file) => {
  const bytes = withoutIndex(readFileSync(file));
  return { file: basename(file), raw: bytes.length, brotli: brotli(bytes).length };
});
console.log(JSON.stringify(sizes));
