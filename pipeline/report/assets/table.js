"use strict";
// Table view: one table with search, filters, order and pages; all of it in the address.

const ROWS_PER_PAGE = 50;

async function showTable(target, route, page) {
  const { contents, source } = page;
  const name = route.name || "documents";
  const table = contents.tables.find((each) => each.name === name);
  if (!table) return showMissing(target);
  const question = readQuestion(name, route.parameters, contents);
  const view = { table, question, parameters: route.parameters, contents, source };
  if (target.dataset.view !== `table ${name} ${settings.language}`) buildTableView(target, view);
  updateControls(target, view);
  const found = await source.findRows(question);
  if (page.isCurrent(route)) showRows(target, view, found);
}

function readQuestion(table, parameters, contents) {
  const filters = {};
  for (const { name } of contents.filters) {
    if (parameters.get(name)) filters[name] = parameters.get(name);
  }
  return {
    table,
    filters,
    search: parameters.get("q") || "",
    sort: parameters.get("sort") || "",
    descending: parameters.get("order") === "down",
    offset: (Math.max(1, Number(parameters.get("page")) || 1) - 1) * ROWS_PER_PAGE,
    limit: ROWS_PER_PAGE,
  };
}

function buildTableView(target, view) {
  target.dataset.view = `table ${view.table.name} ${settings.language}`;
  fill(
    target,
    make(
      "nav",
      { class: "tabs", "aria-label": say("nav.tables") },
      view.contents.tables.map((each) => makeTab(each, view)),
    ),
    make(
      "div",
      { class: "with-sidebar" },
      make("aside", { class: "sidebar" }, makeFilters(view)),
      make(
        "section",
        { class: "results", "aria-label": say(`table.${view.table.name}`) },
        make("h1", {}, say(`table.${view.table.name}`)),
        make("p", { class: "about" }, view.table.help[settings.language].split("\n\n")[0]),
        makeTools(view),
        make("div", { class: "chips" }),
        make("div", { class: "rows" }, make("p", { class: "quiet" }, say("loading"))),
      ),
    ),
  );
}

function listShown(view) {
  const chosen = (readRoute().parameters.get("columns") || "").split(",").filter(Boolean);
  const known = new Set([...view.table.columns.map((column) => column.name), ...view.table.shown]);
  const listed = chosen.filter((name) => known.has(name));
  return listed.length ? listed : view.table.shown;
}

function showRows(target, view, { total, rows }) {
  const body = target.querySelector(".rows");
  announce(say("rows.count", { count: sayNumber(total) }));
  if (!total) return fill(body, make("p", { class: "quiet" }, say("rows.none")));
  const columns = listShown(view).map(
    (name) => view.table.columns.find((column) => column.name === name) || { name, help: {} },
  );
  const table = make(
    "table",
    { role: "table" },
    make(
      "thead",
      { role: "rowgroup" },
      make(
        "tr",
        { role: "row" },
        columns.map((column) => makeHeading(column, view)),
      ),
    ),
    make(
      "tbody",
      { role: "rowgroup" },
      rows.map((row) => makeTableRow(row, columns, view)),
    ),
  );
  fill(
    body,
    makePager(view, total),
    make("div", { class: "scroll" }, table),
    total > ROWS_PER_PAGE ? makePager(view, total) : null,
  );
}

function makeHeading(column, view) {
  const { sort, descending } = view.question;
  const isSorted = sort === column.name;
  const order = isSorted && !descending ? "down" : "up";
  return make(
    "th",
    {
      role: "columnheader",
      scope: "col",
      "aria-sort": isSorted ? (descending ? "descending" : "ascending") : null,
    },
    make(
      "a",
      {
        href: change(view, { sort: column.name, order }),
        title: column.help[settings.language] || null,
        "aria-label": say("sort", { name: nameColumn(column.name) }),
      },
      nameColumn(column.name),
      isSorted ? make("span", { "aria-hidden": "true" }, descending ? " ↓" : " ↑") : null,
    ),
  );
}

function makeTableRow(row, columns, view) {
  const href = findTarget(row, view.table.name);
  const cells = columns.map((column, at) => {
    const text = nameValue(row[column.name], column).replaceAll("\n", " ");
    const isLink = href && (at === 0 || column.name === "doc_id");
    const shown = isLink
      ? make(
          "a",
          { href: column.name === "doc_id" && at ? writeDocumentRoute(row.doc_id) : href },
          text || row.doc_id,
        )
      : text;
    return make(
      "td",
      {
        role: "cell",
        "data-label": nameColumn(column.name),
        class: `cell-${column.name}${text ? "" : " empty"}`,
      },
      make("span", { class: "clamp", title: text.length > 40 ? text : null }, shown),
    );
  });
  const onclick = (event) => {
    if (href && !event.target.closest("a") && !String(getSelection())) go(href);
  };
  return make("tr", { role: "row", onclick, class: href ? "leads" : null }, cells);
}

// Where a row leads: its passage, or its document.
function findTarget(row, table) {
  if (!row.doc_id) return null;
  if (!PASSAGE_TABLES.includes(table) || row.start === null)
    return writeDocumentRoute(
      row.doc_id,
      table === "candidates" ? `at:${row.start}-${row.end}` : "",
    );
  return writeDocumentRoute(row.doc_id, nameRow(table, row));
}

function makePager(view, total) {
  const { offset, limit } = view.question;
  const page = offset / limit + 1;
  const range = {
    from: sayNumber(offset + 1),
    to: sayNumber(Math.min(total, offset + limit)),
    count: sayNumber(total),
  };
  const step = (to, key) =>
    make(
      "a",
      { href: change(view, { page: to > 1 ? to : "" }, true), class: "button", rel: key },
      say(`page.${key}`),
    );
  return make(
    "div",
    { class: "pager" },
    make("span", {}, say("rows.range", range)),
    page > 1 ? step(page - 1, "previous") : null,
    offset + limit < total ? step(page + 1, "next") : null,
  );
}
