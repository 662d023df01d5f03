"use strict";
// Passages: the text of a document with its evidence marked. Passages nest and overlap; the text is
// cut where any begins or ends, and each piece lies in as many marks as there are passages over it.
// Positions count code points, as in the tables; a string of JavaScript counts otherwise.

const PASSAGE_TABLES = ["directives", "slogans", "plenums", "officials", "instruments", "issues"];

function makeText(reading) {
  const characters = Array.from(reading.text);
  const passages = listPassages(reading.rows);
  const cuts = listCuts(characters, passages, reading.restored);
  const restored = [...reading.restored];
  const text = make("div", { class: "text", lang: "zh-Hans" });
  let paragraph = make("p");
  const open = [];
  let next = 0;
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [start, end] = [cuts[at], cuts[at + 1]];
    while (next < passages.length && passages[next].start <= start) open.push(passages[next++]);
    const over = open.filter((passage) => passage.end > start);
    open.splice(0, open.length, ...over);
    const piece = characters.slice(start, end).join("");
    if (piece === "\n") {
      if (paragraph.hasChildNodes()) text.append(paragraph);
      paragraph = make("p");
    } else paragraph.append(wrapPiece(makePiece(piece, start, restored), over));
  }
  if (paragraph.hasChildNodes()) text.append(paragraph);
  return text;
}

// In reading order, the longer first where two begin together, so that marks nest.
function listPassages(rows) {
  const listed = PASSAGE_TABLES.flatMap((table) =>
    (rows[table] || []).map((row) => ({
      table,
      row,
      start: row.start,
      end: row.end,
      key: nameRow(table, row),
    })),
  );
  const placed = listed.filter((passage) => passage.start !== null && passage.end > passage.start);
  return placed.sort(
    (one, other) =>
      one.start - other.start ||
      other.end - one.end ||
      PASSAGE_TABLES.indexOf(one.table) - PASSAGE_TABLES.indexOf(other.table),
  );
}

function listCuts(characters, passages, restored) {
  const cuts = new Set([0, characters.length]);
  for (const { start, end } of passages) cuts.add(start).add(end);
  for (const [start, end] of restored) cuts.add(start).add(end);
  characters.forEach((character, at) => {
    if (character === "\n") cuts.add(at).add(at + 1);
  });
  return [...cuts].filter((cut) => cut <= characters.length).sort((one, other) => one - other);
}

// What was restored shows what stood there above it, where the reader wishes to see it. A passage may
// cut a stretch in two: characters that stand for one each part as well, a reading among them stays
// whole above the first piece.
function makePiece(piece, start, restored) {
  while (restored.length && restored[0][1] <= start) restored.shift();
  if (!restored.length || restored[0][0] > start) return piece;
  const [from, to, source] = restored[0];
  const characters = Array.from(source);
  const isOneToOne = characters.length === to - from;
  const above = isOneToOne
    ? characters.slice(start - from, start - from + Array.from(piece).length).join("")
    : source;
  if (!isOneToOne && start > from) return piece;
  return make("ruby", {}, piece, make("rt", { "aria-hidden": "true" }, above));
}

function wrapPiece(piece, passages) {
  return passages.reduceRight(
    (inner, { table, key }) =>
      make("span", { class: `mark mark-${table}`, "data-key": key }, inner),
    piece,
  );
}

// The passages over a place of the page, the innermost first.
function listKeysAt(element) {
  const keys = [];
  for (let mark = element.closest(".mark"); mark; mark = mark.parentElement.closest(".mark")) {
    keys.push(mark.dataset.key);
  }
  return keys;
}
