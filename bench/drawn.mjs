// Queries drawn from documents, by kind, as JSON: node drawn.mjs TEXTS COUNT
import { readFileSync } from "node:fs";
import { draw } from "./draw.mjs";

const documents = readFileSync(process.argv[2] ?? "", "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
console.log(JSON.stringify(draw(documents, Number(process.argv[3]))));
