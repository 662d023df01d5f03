"use strict";
// Page: the frame around all views, and the way from an address to one of them.

const SHOWS = {
  table: showTable,
  document: showDocument,
  pictures: showPictures,
  compare: showComparison,
};
const THEMES = ["auto", "light", "dark"];
const SYSTEM_DARK = matchMedia("(prefers-color-scheme: dark)");

const page = {
  source: document.getElementById("data-contents") ? new EmbeddedSource() : new ServedSource(),
  contents: null,
  lexicon: {},
  // A slow answer to an earlier question must not be shown under a later address.
  isCurrent: (route) => route.number === page.number,
  number: 0,
};

async function startPage() {
  page.contents = await page.source.start();
  startWords(page.contents.words);
  startFolding(page.contents.characters);
  startKeys();
  addEventListener("hashchange", render);
  SYSTEM_DARK.addEventListener("change", render);
  await render();
}

async function render() {
  const route = { ...readRoute(), number: ++page.number };
  const content = document.getElementById("content");
  document.getElementById("tip").hidden = true;
  setFrame(route);
  try {
    const show = SHOWS[route.view];
    if (show) await show(content, route, page);
    else showMissing(content);
  } catch (error) {
    delete content.dataset.view;
    fill(content, make("p", { class: "notice" }, say("failed", { reason: error.message })));
  }
  content.dataset.route = route.view;
  dispatchEvent(new Event("rendered"));
}

function showMissing(target, name = "") {
  delete target.dataset.view;
  fill(
    target,
    make("p", { class: "notice" }, name ? say("missing.document", { name }) : say("missing.page")),
  );
}

function setFrame(route) {
  document.documentElement.lang = LANGUAGES[settings.language];
  document.documentElement.dataset.theme = findTheme();
  document.title = [route.name, say("title"), page.contents.name].filter(Boolean).join(" · ");
  const skip = () => document.getElementById("content").focus();
  fill(
    document.getElementById("header"),
    make("button", { type: "button", class: "skip", onclick: skip }, say("skip")),
    make(
      "a",
      { class: "brand", href: writeRoute("table", "documents") },
      say("title"),
      make("span", {}, page.contents.name),
    ),
    make("nav", { "aria-label": say("title") }, makeNavigation(route)),
    make("div", { class: "preferences" }, makePreferences()),
  );
  const about = { version: page.contents.version, name: page.contents.name };
  fill(document.getElementById("footer"), say("about", about));
}

// The theme of the system, where none was chosen.
function findTheme() {
  if (settings.theme !== "auto") return settings.theme;
  return SYSTEM_DARK.matches ? "dark" : "light";
}

function makeNavigation(route) {
  const isTable = route.view === "table";
  const isDocuments =
    (isTable && (route.name || "documents") === "documents") || route.view === "document";
  return [
    ["documents", writeRoute("table", "documents"), isDocuments],
    ["tables", writeRoute("table", "directives"), isTable && !isDocuments],
    ["pictures", writeRoute("pictures"), route.view === "pictures"],
    ["compare", writeRoute("compare"), route.view === "compare"],
  ].map(([key, href, isHere]) =>
    make("a", { href, "aria-current": isHere ? "page" : null }, say(`nav.${key}`)),
  );
}

function makePreferences() {
  const theme = THEMES[(THEMES.indexOf(settings.theme) + 1) % THEMES.length];
  const [language] = Object.keys(LANGUAGES).filter((each) => each !== settings.language);
  const button = (name, value, text, title, attributes = {}) =>
    make(
      "button",
      {
        type: "button",
        id: `choose-${name}`,
        title,
        ...attributes,
        onclick: () => prefer(name, value),
      },
      text,
    );
  return [
    button("language", language, say("language"), say("language.help"), {
      lang: LANGUAGES[language],
    }),
    button(
      "theme",
      theme,
      { auto: "◐", light: "○", dark: "●" }[settings.theme],
      say(`theme.${settings.theme}`),
      { "aria-label": say(`theme.${settings.theme}`) },
    ),
    make(
      "button",
      {
        type: "button",
        id: "open-help",
        title: say("help"),
        "aria-label": say("help"),
        onclick: openHelp,
      },
      "?",
    ),
  ];
}

async function prefer(name, value) {
  settings[name] = value;
  remember(name, value);
  await render();
  document.getElementById(`choose-${name}`).focus();
}

if (typeof DecompressionStream === "undefined") {
  document.getElementById("content").textContent =
    "This browser is too old for this page. 浏览器过旧，无法打开本页。";
} else startPage();
