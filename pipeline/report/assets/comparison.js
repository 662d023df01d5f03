"use strict";
// Comparison: what one of two documents has and the other lacks.

const COMPARED = {
  slogans: (row) => row.canonical,
  directives: (row) => row.text,
  plenums: (row) => row.name || row.text,
  officials: (row) => row.name || row.text,
  instruments: (row) => row.title,
};
const CHOICES = 30;

async function showComparison(target, route, page) {
  target.dataset.view = `compare ${settings.language}`;
  const ids = ["a", "b"].map((name) => route.parameters.get(name) || "");
  const readings = await Promise.all(ids.map((id) => (id ? page.source.readDocument(id) : null)));
  if (!page.isCurrent(route)) return;
  const [first, second] = readings;
  const isReady = first && second;
  fill(
    target,
    make("h1", {}, say("nav.compare")),
    make(
      "div",
      { class: "compare-choice" },
      makeDocumentChoice("a", ids, page),
      makeDocumentChoice("b", ids, page),
      make(
        "a",
        { class: "button", href: writeRoute("compare", "", { a: ids[1], b: ids[0] }) },
        say("compare.swap"),
      ),
    ),
    make("p", { class: "quiet" }, isReady ? say("compare.rule") : say("compare.choose")),
    isReady ? Object.keys(COMPARED).map((table) => makeComparison(table, first, second)) : null,
  );
}

function makeDocumentChoice(name, ids, page) {
  const at = name === "a" ? 0 : 1;
  const list = make("datalist", { id: `documents-${name}` });
  const offer = async (search) => {
    const question = { table: "documents", search, filters: {}, offset: 0, limit: CHOICES };
    const { rows } = await page.source.findRows(question);
    fill(
      list,
      rows.map((row) => make("option", { value: row.doc_id, label: `${row.date} ${row.title}` })),
    );
  };
  const input = make("input", {
    id: `compare-${name}`,
    type: "text",
    list: list.id,
    autocomplete: "off",
    value: ids[at],
    oninput: (event) => offer(event.target.value),
    onfocus: (event) => offer(event.target.value),
    onchange: (event) => {
      const chosen = [...ids];
      chosen[at] = event.target.value.trim();
      go(writeRoute("compare", "", { a: chosen[0], b: chosen[1] }));
    },
  });
  const label = say(at ? "compare.second" : "compare.first");
  return make("div", {}, make("label", { for: input.id }, label), input, list);
}

function makeComparison(table, first, second) {
  const [mine, theirs] = [first, second].map((reading) => groupRows(table, reading));
  const only = (some, others) => [...some].filter(([key]) => !others.has(key));
  const both = [...mine].filter(([key]) => theirs.has(key));
  const name = (reading) => reading.document.title || reading.document.doc_id;
  return make(
    "section",
    { class: "comparison" },
    make("h2", {}, makeSwatch(table), say(`table.${table}`)),
    make(
      "div",
      { class: "sides" },
      makeSide(say("compare.only", { name: name(first) }), table, only(mine, theirs), [first]),
      makeSide(say("compare.both"), table, both, [first, second], theirs),
      makeSide(say("compare.only", { name: name(second) }), table, only(theirs, mine), [second]),
    ),
  );
}

// Rows of the same wording together; marks and blanks make no difference.
function groupRows(table, reading) {
  const groups = new Map();
  for (const row of reading.rows[table]) {
    const key = fold(COMPARED[table](row)).replace(/[\p{P}\s]/gu, "");
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return groups;
}

function makeSide(title, table, groups, readings, theirs = new Map()) {
  const items = groups.map(([key, rows]) => {
    const links = [rows, theirs.get(key) || []].flatMap((some, at) =>
      some.map((row, number) =>
        makePassageLink(
          table,
          row,
          readings[at],
          nameUse(number, at, readings) || COMPARED[table](row),
        ),
      ),
    );
    return make("li", { lang: "zh-Hans" }, links);
  });
  return make(
    "div",
    {},
    make("h3", {}, `${title} `, make("span", { class: "count" }, groups.length)),
    items.length ? make("ul", {}, items) : make("p", { class: "quiet" }, say("compare.none")),
  );
}

// The first use shows the wording, the others their number: 2, 3; where both documents have it, B1.
function nameUse(number, at, readings) {
  if (!number && !at) return "";
  return `${readings.length > 1 ? "AB"[at] : ""}${number + 1}`;
}

function makePassageLink(table, row, reading, text) {
  const { doc_id: docId } = reading.document;
  const title = `${reading.document.title || docId}: ${row.start}–${row.end}`;
  return make(
    "a",
    {
      href: writeDocumentRoute(docId, nameRow(table, row)),
      title,
      "aria-label": `${text} (${title})`,
    },
    text,
  );
}
