"use strict";
// Filters: which rows a question picks, when the tables lie in the page. The rules are those of
// pipeline/report/filters.py; pipeline/report/questions.py asks a database the same.

const MATCHES = {
  equal: (wanted) => (cell) => fold(cell) === fold(wanted),
  member: (wanted) => (cell) => cell.split(";").includes(wanted),
  within: (wanted) => (cell) => fold(cell).startsWith(fold(wanted)),
  from: (wanted) => (cell) => cell !== "" && cell.slice(0, wanted.length) >= wanted,
  to: (wanted) => (cell) => cell !== "" && cell.slice(0, wanted.length) <= wanted,
};

// Numbers of the rows found, in order. `open` gives a table by its name.
async function findRows(question, contents, open) {
  const table = await open(question.table);
  const masks = listTerms(question.search || "").map((term) => table.search(term));
  const wanted = contents.filters.filter((each) => question.filters[each.name]);
  for (const home of new Set(wanted.map((each) => each.table))) {
    const ofHome = wanted.filter((each) => each.table === home);
    if (home === question.table) masks.push(...testFilters(table, ofHome, question.filters));
    else if (contents.links[question.table][home]) {
      const link = contents.links[question.table][home];
      const others = await open(home);
      masks.push(testLink(table, others, link, testFilters(others, ofHome, question.filters)));
    }
  }
  const rows = [];
  for (let at = 0; at < table.length; at++) if (masks.every((mask) => mask[at])) rows.push(at);
  return sortRows(rows, table, question);
}

function testFilters(table, filters, values) {
  return filters.map((each) => table.test(each.column, MATCHES[each.match](values[each.name])));
}

function testLink(table, others, link, masks) {
  const keys = new Set();
  for (let at = 0; at < others.length; at++) {
    if (masks.every((mask) => mask[at])) keys.add(makeKey(others, link.theirs, at));
  }
  if (link.mine.length === 1) return table.test(link.mine[0], (value) => keys.has(value));
  const found = new Uint8Array(table.length);
  for (let at = 0; at < table.length; at++) found[at] = keys.has(makeKey(table, link.mine, at));
  return found;
}

function makeKey(table, columns, at) {
  return columns.map((name) => table.cell(name, at)).join("\n");
}

function sortRows(rows, table, { sort, descending }) {
  if (!sort || !table.columns[sort]) return rows;
  const ranks = table.rank(sort);
  const sign = descending ? -1 : 1;
  return rows.sort((one, other) => {
    const [a, b] = [ranks[one], ranks[other]];
    if (a === b) return one - other;
    if (a === Infinity || b === Infinity) return a === Infinity ? 1 : -1; // nothing comes last
    return sign * (a - b);
  });
}
