"use strict";
// Routes: the address of a view holds all that is needed to come back to it, or to cite it.
// #/table/directives?force=prohibit&sort=start · #/document/a%2Fb?row=slogans:12-16

function readRoute() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [view = "", ...rest] = path.split("/");
  const name = decode(rest.join("/"));
  return { view: view || "table", name, parameters: new URLSearchParams(query) };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function writeRoute(view, name = "", parameters = {}) {
  const query = new URLSearchParams();
  const pairs = parameters instanceof URLSearchParams ? parameters : Object.entries(parameters);
  for (const [key, value] of pairs) if (value) query.append(key, value);
  const path = name ? `${view}/${encodeURIComponent(name)}` : view;
  return `#/${path}${query.size ? `?${query}` : ""}`;
}

function writeDocumentRoute(docId, row = "") {
  return writeRoute("document", docId, { row });
}

function nameRow(table, row) {
  return `${table}:${row.row_id ?? `${row.start}-${row.end}`}`;
}

function go(route) {
  location.hash = route;
}

// Going on inside a view leaves no trail of a hundred steps behind.
function replaceRoute(route) {
  history.replaceState(null, "", route);
}
