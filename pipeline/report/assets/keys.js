"use strict";
// Keys: moving without a mouse. Not while something is being written.

const VIEWS = {
  1: writeRoute("table", "documents"),
  2: writeRoute("table", "directives"),
  3: writeRoute("pictures"),
  4: writeRoute("compare"),
};
const KEYS = [
  ["j · k · ↓ · ↑", "help.next"],
  ["Enter", "help.open"],
  ["/", "help.search"],
  ["1 · 2 · 3 · 4", "help.tables"],
  ["?", "help.help"],
  ["Esc", "help.close"],
];

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    if (pressKey(event.key)) event.preventDefault();
  });
}

function pressKey(key) {
  if (key === "?") return openHelp();
  if (key === "/") return focusSearch();
  if (VIEWS[key]) return go(VIEWS[key]) || true;
  if (key === "Escape" && readRoute().view === "document")
    return updateDocumentRoute({ row: "" }) || true;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  const isInDocument = readRoute().view === "document" && readRoute().parameters.get("row");
  if ((key === "ArrowDown" || key === "ArrowUp") && isInDocument)
    return step(key === "ArrowDown" ? 1 : -1);
  return false;
}

function step(by) {
  if (readRoute().view === "document") stepPassage(by);
  else stepRow(by);
  return true;
}

function stepRow(by) {
  const links = [...document.querySelectorAll(".rows tbody tr td:first-child a")];
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))]?.focus();
}

function focusSearch() {
  const search = document.getElementById("search");
  if (search) search.focus();
  else {
    addEventListener("rendered", () => document.getElementById("search")?.focus(), { once: true });
    go(writeRoute("table", "documents"));
  }
  return true;
}

function openHelp() {
  const help = document.getElementById("help");
  fill(
    help,
    make("h2", { id: "help-title" }, say("help.title")),
    make(
      "dl",
      { class: "keys" },
      KEYS.map(([keys, words]) =>
        make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, say(words))),
      ),
    ),
    make("p", {}, say("help.script")),
    make("p", {}, say("help.about")),
    make("button", { type: "button", onclick: () => help.close() }, say("close")),
  );
  help.showModal();
  return true;
}
