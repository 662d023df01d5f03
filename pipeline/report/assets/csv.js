"use strict";
// CSV for spreadsheets: a mark that says UTF-8, and no cell that would be computed. The guard is that
// of pipeline/export/csv_excel.py.

const COMPUTED_PATTERN = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

function writeCsv(columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  return "\ufeff" + lines.map((cells) => cells.map(writeCell).join(",") + "\r\n").join("");
}

function writeCell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? guardFormula(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guardFormula(text) {
  return COMPUTED_PATTERN.test(text) ? `'${text}` : text;
}

function saveFile(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "text/csv" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
