"use strict";
// Controls: what a reader changes about a table. Each writes the address, and is written from it.

const OFFERED = new Set(["level", "force", "role"]); // few values: a list to choose from

function change(view, changes, keepPage = false) {
  const parameters = new URLSearchParams(location.hash.split("?")[1] || "");
  for (const [name, value] of Object.entries(changes)) {
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  }
  if (!keepPage) parameters.delete("page");
  return writeRoute("table", view.table.name, parameters);
}

// A field that goes away with its view still says that it changed; nobody asked for that.
function commit(view, changes, keepPage = false) {
  const route = readRoute();
  const isShown = route.view === "table" && (route.name || "documents") === view.table.name;
  if (isShown) go(change(view, changes, keepPage));
}

function makeTab(table, view) {
  const kept = new URLSearchParams();
  for (const name of ["q", ...view.contents.filters.map((each) => each.name)]) {
    if (view.parameters.get(name)) kept.set(name, view.parameters.get(name));
  }
  return make(
    "a",
    {
      href: writeRoute("table", table.name, kept),
      "aria-current": table.name === view.table.name ? "page" : null,
    },
    say(`table.${table.name}`),
    make("span", { class: "count" }, sayNumber(table.count)),
  );
}

function makeFilters(view) {
  const body = make(
    "div",
    { class: "filters" },
    view.contents.filters.map((each) => makeFilter(each, view)),
  );
  const isWide = matchMedia("(min-width: 64rem)").matches;
  return make("details", { open: isWide }, make("summary", {}, say("filters")), body);
}

function makeFilter(filter, view) {
  const id = `filter-${filter.name}`;
  const onchange = (event) => commit(view, { [filter.name]: event.target.value.trim() });
  const label = make("label", { for: id }, say(`filter.${filter.name}`));
  if (OFFERED.has(filter.name)) {
    const offers = filter.offers.map(([value, count]) =>
      make("option", { value }, `${nameChoice(value)} (${sayNumber(count)})`),
    );
    const any = make("option", { value: "" }, say("filter.any"));
    return make("div", {}, label, make("select", { id, name: filter.name, onchange }, any, offers));
  }
  const isDate = filter.match === "from" || filter.match === "to";
  const offers = filter.offers.map(([value, count]) =>
    make("option", { value, label: `${value} (${count})` }),
  );
  const input = make("input", {
    id,
    name: filter.name,
    onchange,
    type: "text",
    autocomplete: "off",
    placeholder: isDate ? "2023-08" : say("filter.any"),
    list: isDate ? null : `offers-${filter.name}`,
  });
  return make(
    "div",
    {},
    label,
    input,
    isDate ? null : make("datalist", { id: `offers-${filter.name}` }, offers),
  );
}

function makeTools(view) {
  const search = make("input", {
    id: "search",
    type: "search",
    placeholder: say("search.hint"),
    "aria-label": say("search"),
    onchange: (event) => commit(view, { q: event.target.value.trim() }),
  });
  const download = make(
    "button",
    {
      type: "button",
      class: "download",
      title: say("download.help"),
      onclick: () => view.source.download(readNow(view)),
    },
    say("download"),
  );
  return make("div", { class: "tools" }, search, makeColumnChoice(view), download, makeCite());
}

function readNow(view) {
  return readQuestion(view.table.name, readRoute().parameters, view.contents);
}

function makeCite() {
  const onclick = async (event) => {
    await navigator.clipboard.writeText(location.href).catch(() => {});
    fill(event.target, say("cited"));
    announce(say("cited"));
  };
  return make("button", { type: "button", onclick }, say("cite"));
}

function makeColumnChoice(view) {
  const shown = listShown(view);
  const boxes = view.table.columns.map((column) =>
    make(
      "label",
      { title: column.help[settings.language] },
      make("input", { type: "checkbox", value: column.name, checked: shown.includes(column.name) }),
      nameColumn(column.name),
    ),
  );
  const onchange = (event) => {
    const chosen = [...event.currentTarget.querySelectorAll("input:checked")].map(
      (box) => box.value,
    );
    commit(view, { columns: chosen.join(",") }, true);
  };
  return make(
    "details",
    { class: "menu" },
    make("summary", {}, say("columns")),
    make("div", { class: "menu-body", onchange }, boxes),
  );
}

// The controls say what the address says, also after going back.
function updateControls(target, view) {
  target.querySelector("#search").value = view.question.search;
  for (const { name } of view.contents.filters) {
    target.querySelector(`#filter-${name}`).value = view.question.filters[name] || "";
  }
  const tabs = target.querySelector(".tabs");
  fill(
    tabs,
    view.contents.tables.map((each) => makeTab(each, view)),
  );
  tabs.querySelector("[aria-current]").scrollIntoView({ block: "nearest", inline: "nearest" });
  const chips = Object.entries(view.question.filters).map(([name, value]) =>
    makeChip(name, value, view),
  );
  const none = Object.fromEntries(view.contents.filters.map((each) => [each.name, ""]));
  const clear = make("a", { href: change(view, { ...none, q: "" }) }, say("filters.clear"));
  fill(target.querySelector(".chips"), chips, chips.length || view.question.search ? clear : null);
}

function makeChip(name, value, view) {
  const label = say(`filter.${name}`);
  const { table } = view.contents.filters.find((each) => each.name === name);
  const title = table === view.table.name ? null : say("filter.elsewhere", { name: label });
  const remove = make(
    "button",
    {
      type: "button",
      "aria-label": say("filter.remove", { name: label }),
      onclick: () => go(change(view, { [name]: "" })),
    },
    "×",
  );
  return make("span", { class: "chip", title }, `${label}: ${nameChoice(value)}`, remove);
}
