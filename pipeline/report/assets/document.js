"use strict";
// Document view: a text, its marks, its rows. A click on either shows the other.

const HEADING = [
  "date",
  "place",
  "level",
  "body",
  "meeting",
  "byline",
  "source",
  "url",
  "script",
  "repaired",
  "duplicate_of",
];
const documentView = { reading: null, passages: [], target: null, page: null };

async function showDocument(target, route, page) {
  const view = `document ${route.name} ${settings.language}`;
  if (target.dataset.view !== view) {
    const reading = await page.source.readDocument(route.name);
    page.lexicon = (await page.source.readLexicon()) || {};
    if (!page.isCurrent(route)) return;
    if (!reading) return showMissing(target, route.name);
    target.dataset.view = view;
    Object.assign(documentView, { reading, target, page, passages: listPassages(reading.rows) });
    buildDocument(target, reading, page);
  }
  applyHidden(route.parameters);
  applySelection(route.parameters.get("row") || "");
}

function buildDocument(target, reading, page) {
  fill(
    target,
    makeDocumentHeading(reading, page),
    makeLegend(reading),
    make(
      "div",
      { class: "reading" },
      make(
        "section",
        { class: "page", "aria-label": say("document"), onclick: selectAtClick },
        makeText(reading),
      ),
      make(
        "aside",
        { class: "panel", "aria-label": say("document.rows") },
        make("div", { class: "cards", "aria-live": "polite" }),
        make(
          "div",
          { class: "row-box", tabindex: "0", role: "region", "aria-label": say("document.rows") },
          make("h2", {}, say("document.rows")),
          makeRowList(reading),
        ),
      ),
    ),
  );
}

function makeDocumentHeading(reading, page) {
  const { columns } = page.contents.tables.find((table) => table.name === "documents");
  const row = reading.document;
  const pairs = HEADING.filter((name) => isTold(row[name]) && row[name] !== 0).map((name) =>
    makePair(
      nameColumn(name),
      nameValue(
        row[name],
        columns.find((column) => column.name === name),
      ),
    ),
  );
  const step = (docId, key) =>
    docId
      ? make("a", { class: "button", href: writeDocumentRoute(docId) }, say(`document.${key}`))
      : null;
  return make(
    "div",
    { class: "heading" },
    make(
      "div",
      { class: "tools" },
      make(
        "span",
        { class: "quiet" },
        say("document.of", { at: sayNumber(reading.at + 1), count: sayNumber(reading.count) }),
      ),
      step(reading.previous, "previous"),
      step(reading.next, "next"),
      make(
        "a",
        { class: "button", href: writeRoute("compare", "", { a: row.doc_id }) },
        say("document.compare"),
      ),
      make("button", { type: "button", onclick: () => print() }, say("print")),
      makeCite(),
    ),
    make("h1", { lang: "zh-Hans" }, row.title || row.doc_id),
    make("p", { class: "doc-id" }, row.doc_id),
    make("dl", { class: "facts" }, pairs),
  );
}

function makeLegend(reading) {
  const boxes = PASSAGE_TABLES.map((table) => {
    const count = reading.rows[table].length;
    const input = make("input", { type: "checkbox", value: table, onchange: changeHidden });
    return make(
      "label",
      {},
      input,
      makeSwatch(table),
      `${say(`table.${table}`)} `,
      make("span", { class: "count" }, count),
    );
  });
  const count = reading.restored.length;
  const restored = make(
    "label",
    { class: "restored-choice" },
    make("input", {
      type: "checkbox",
      value: "restored",
      disabled: !count,
      onchange: changeHidden,
    }),
    count ? say("restored.show", { count: sayNumber(count) }) : say("restored.none"),
  );
  return make("fieldset", { class: "legend" }, make("legend", {}, say("legend")), boxes, restored);
}

function makeRowList(reading) {
  const items = documentView.passages.map(({ table, row, key }) =>
    make(
      "li",
      { class: `item item-${table}` },
      make(
        "button",
        { type: "button", "data-key": key, onclick: () => select(key) },
        makeSwatch(table),
        make("span", { class: "clamp", lang: "zh-Hans" }, row.text),
      ),
    ),
  );
  const unplaced = reading.rows.issues.filter((row) => row.start === null);
  const notes = unplaced.map((row) =>
    make("li", { class: "item item-issues" }, makeSwatch("issues"), ` ${row.message}`),
  );
  if (!items.length && !notes.length) return make("p", { class: "quiet" }, say("document.none"));
  return [
    make("ol", { class: "row-list" }, items),
    notes.length
      ? [make("h3", {}, say("document.unplaced")), make("ul", { class: "row-list" }, notes)]
      : null,
  ];
}

function changeHidden() {
  const boxes = [...documentView.target.querySelectorAll(".legend input")];
  const hidden = boxes
    .filter((box) => box.value !== "restored" && !box.checked)
    .map((box) => box.value);
  const isRestored = boxes.some((box) => box.value === "restored" && box.checked);
  updateDocumentRoute({ hide: hidden.join(","), restored: isRestored ? "1" : "" });
}

function applyHidden(parameters) {
  const hidden = (parameters.get("hide") || "").split(",");
  const isRestored = parameters.get("restored") === "1";
  for (const table of PASSAGE_TABLES) {
    documentView.target.classList.toggle(`hide-${table}`, hidden.includes(table));
  }
  documentView.target.classList.toggle("show-restored", isRestored);
  for (const box of documentView.target.querySelectorAll(".legend input")) {
    box.checked = box.value === "restored" ? isRestored : !hidden.includes(box.value);
  }
}

function updateDocumentRoute(changes) {
  const { name, parameters } = readRoute();
  for (const [key, value] of Object.entries(changes)) {
    if (value) parameters.set(key, value);
    else parameters.delete(key);
  }
  replaceRoute(writeRoute("document", name, parameters));
  applyHidden(parameters);
  applySelection(parameters.get("row") || "");
}

function select(key) {
  updateDocumentRoute({ row: key });
}

function selectAtClick(event) {
  const keys = listKeysAt(event.target).filter((key) => !isHidden(key.split(":")[0]));
  if (keys.length && !String(getSelection())) select(keys[0]);
}

function isHidden(table) {
  return documentView.target.classList.contains(`hide-${table}`);
}

// Shows the row of the address, and with it all rows over or around the same place.
function applySelection(key) {
  const { target, passages } = documentView;
  for (const element of target.querySelectorAll(".selected")) element.classList.remove("selected");
  const chosen = findPassage(key);
  fill(target.querySelector(".cards"), chosen ? makeCards(chosen, passages) : null);
  if (!chosen) return;
  const marks = [...target.querySelectorAll(`.text [data-key="${CSS.escape(chosen.key)}"]`)];
  for (const mark of marks) mark.classList.add("selected");
  const button = target.querySelector(`.row-list [data-key="${CSS.escape(chosen.key)}"]`);
  button?.classList.add("selected");
  bringIntoView(marks[0]);
  bringIntoBox(button, target.querySelector(".row-box"));
}

function bringIntoView(element) {
  if (!element) return;
  const { top, bottom } = element.getBoundingClientRect();
  const isSeen = top > 80 && bottom < innerHeight * (innerWidth < 900 ? 0.45 : 0.9);
  if (isSeen) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const block = innerWidth < 900 ? "start" : "center";
  element.scrollIntoView({ block, behavior: isCalm ? "auto" : "smooth" });
}

// Within its own box alone, so that the page stays where the text is read.
function bringIntoBox(button, box) {
  if (!button || box.scrollHeight <= box.clientHeight) return;
  const middle = button.offsetTop - box.offsetTop - box.clientHeight / 2;
  box.scrollTop = Math.max(0, middle);
}

// A place without a row, of a candidate perhaps, is shown by the rows that lie over it.
function findPassage(key) {
  const { passages } = documentView;
  const found = passages.find((passage) => passage.key === key);
  if (found || !key.startsWith("at:")) return found;
  const [start, end] = key.slice(3).split("-").map(Number);
  return passages.find((passage) => passage.start < end && passage.end > start);
}

function makeCards(chosen, passages) {
  const { reading, page } = documentView;
  const around = passages.filter(
    (each) =>
      each !== chosen &&
      each.start < chosen.end &&
      each.end > chosen.start &&
      !isHidden(each.table),
  );
  const close = make(
    "button",
    { type: "button", class: "close", onclick: () => updateDocumentRoute({ row: "" }) },
    say("row.back"),
  );
  const others = around.map(({ table, row, key }) =>
    make(
      "button",
      { type: "button", class: "other", onclick: () => select(key) },
      makeSwatch(table),
      make("span", { class: "clamp", lang: "zh-Hans" }, row.text),
    ),
  );
  return [
    close,
    makeCard(chosen.table, chosen.row, reading, page),
    make("div", { class: "others" }, others),
  ];
}

function stepPassage(step) {
  const seen = documentView.passages.filter((passage) => !isHidden(passage.table));
  if (!seen.length) return;
  const at = seen.findIndex((passage) => passage.key === readRoute().parameters.get("row"));
  const next = at < 0 ? (step > 0 ? 0 : seen.length - 1) : at + step;
  if (seen[next]) select(seen[next].key);
}
