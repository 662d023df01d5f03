"use strict";
// Columns: a table as it lies in the page. Of strings every value is there once, with its number in
// the rows that have it; so a question is asked of each value once, not of each row.

class ColumnTable {
  constructor(columns) {
    this.columns = columns;
    const [first] = Object.values(columns);
    this.length = (first.codes || first).length;
    this.folded = {};
  }

  cell(name, row) {
    const column = this.columns[name];
    return column.codes ? column.values[column.codes[row]] : column[row];
  }

  row(at) {
    return Object.fromEntries(Object.keys(this.columns).map((name) => [name, this.cell(name, at)]));
  }

  // Which rows have a value that passes, as one flag for each row.
  test(name, passes) {
    const { values, codes } = this.columns[name];
    const passing = Uint8Array.from(values, (value) => (passes(value) ? 1 : 0));
    return Uint8Array.from(codes, (code) => passing[code]);
  }

  // Which rows have one of these words in any of their strings.
  search(term) {
    const found = new Uint8Array(this.length);
    for (const [name, column] of Object.entries(this.columns)) {
      if (!column.codes) continue;
      const folded = (this.folded[name] ||= column.values.map(fold));
      const passing = Uint8Array.from(folded, (value) => (value.includes(term) ? 1 : 0));
      column.codes.forEach((code, at) => (found[at] |= passing[code]));
    }
    return found;
  }

  // Numbers that stand in the order of the values: numerals by size, words by their spelling.
  rank(name) {
    const column = this.columns[name];
    if (!column.codes) return column.map((value) => (value === null ? Infinity : Number(value)));
    const order = column.values.map((_, code) => code);
    const { compare } = new Intl.Collator("zh-Hans", { numeric: true });
    order.sort((one, other) => compare(column.values[one], column.values[other]));
    const ranks = new Array(order.length);
    order.forEach((code, rank) => (ranks[code] = column.values[code] === "" ? Infinity : rank));
    return column.codes.map((code) => ranks[code]);
  }
}
