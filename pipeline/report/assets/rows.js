"use strict";
// Rows: all that is known of a passage: the cells of its row, the rule that made it, the entry of the
// lexicon, and the passage in the source as it was scraped.

const AROUND = 16;
const IDENTIFIERS = { slogans: "slogan_id", officials: "person_id", plenums: "meeting_id" };
const ALIKE = {
  slogans: ["slogan", "canonical"],
  officials: ["official", "name"],
  plenums: ["plenum", "name"],
  directives: ["addressee", "addressee"],
};
const POSITIONS = new Set([
  "doc_id",
  "row_id",
  "start",
  "end",
  "text",
  "raw_start",
  "raw_end",
  "sentence",
  "rule",
]);

function makeCard(table, row, reading, page) {
  const { columns } = page.contents.tables.find((each) => each.name === table);
  const told = columns.filter((column) => !POSITIONS.has(column.name) && isTold(row[column.name]));
  return make(
    "article",
    { class: `card card-${table}` },
    make(
      "h3",
      {},
      makeSwatch(table),
      make("span", { class: "kind" }, say(`table.${table}`)),
      makePlace(row),
    ),
    make("p", { class: "passage", lang: "zh-Hans" }, row.text),
    make(
      "dl",
      {},
      told.map((column) =>
        makePair(
          nameColumn(column.name),
          nameValue(row[column.name], column),
          column.help[settings.language],
        ),
      ),
    ),
    row.rule
      ? make("p", { class: "rule" }, `${say("row.rule")} `, make("code", {}, row.rule))
      : null,
    makeEntry(page.lexicon[table]?.[row[IDENTIFIERS[table]]], row),
    makeSource(row, reading),
    makeAlike(table, row),
  );
}

function isTold(value) {
  return value !== null && value !== undefined && value !== "" && value !== false;
}

function makeSwatch(table) {
  return make("span", { class: `swatch mark-${table}`, "aria-hidden": "true" }, "文");
}

function makePlace(row) {
  return row.start === null ? null : make("span", { class: "place" }, `${row.start}–${row.end}`);
}

function makePair(name, value, title = null) {
  return make("div", {}, make("dt", { title }, name), make("dd", {}, makeAddress(value)));
}

// What the entry says beyond the row itself.
function makeEntry(entry, row) {
  if (!entry) return null;
  const more = Object.entries(entry).filter(([name]) => name === "source" || !(name in row));
  const pairs = more.map(([name, value]) => {
    const parts = (Array.isArray(value) ? value : [value]).map((part) => nameChoice(String(part)));
    return makePair(say(`entry.${name}`), parts.join("; "));
  });
  return make(
    "details",
    { open: true },
    make("summary", {}, say("row.entry")),
    make("dl", {}, pairs),
  );
}

function makeSource(row, reading) {
  if (row.raw_start === null || row.raw_start === undefined || !reading.raw) return null;
  reading.rawCharacters ||= Array.from(reading.raw);
  const slice = (from, to) => reading.rawCharacters.slice(Math.max(0, from), to).join("");
  const { raw_start: start, raw_end: end } = row;
  return make(
    "div",
    { class: "source" },
    make("h4", {}, say("row.source"), make("span", { class: "place" }, `${start}–${end}`)),
    make(
      "p",
      {},
      slice(start - AROUND, start),
      make("mark", {}, slice(start, end)),
      slice(end, end + AROUND),
    ),
  );
}

function makeAlike(table, row) {
  const [filter, column] = ALIKE[table] || [];
  if (!filter || !row[column]) return null;
  const href = writeRoute("table", table, { [filter]: row[column] });
  return make("p", { class: "alike" }, make("a", { href }, `${say("row.table")}: ${row[column]}`));
}
