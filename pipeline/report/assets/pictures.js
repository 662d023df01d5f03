"use strict";
// Pictures: Vega-Lite draws them; a click on a mark leads to the rows behind it, and the table below
// each says the same in numbers. Expressions are interpreted, never compiled, so that the page's
// policy need not allow code made from text.

const WIDE = new Set(["time", "denominators"]); // years side by side, one picture above the other

async function showPictures(target, route, page) {
  target.dataset.view = `pictures ${settings.language}`;
  const all = await page.source.readPictures();
  if (!page.isCurrent(route)) return;
  const heading = [make("h1", {}, say("nav.pictures"))];
  if (!all || !window.vegaEmbed)
    return fill(target, heading, make("p", { class: "notice" }, say("pictures.missing")));
  const pictures = all[settings.language];
  const figures = pictures.map(makeFigure);
  fill(
    target,
    heading,
    make("p", { class: "quiet" }, pictures.length ? say("pictures.help") : say("pictures.empty")),
    make("div", { class: "figures" }, figures),
  );
  for (const [at, picture] of pictures.entries()) await draw(figures[at], picture);
}

function makeFigure(picture) {
  const title = `picture-${picture.name}`;
  return make(
    "figure",
    { "aria-labelledby": title, class: WIDE.has(picture.name) ? "wide" : null },
    make(
      "figcaption",
      {},
      make("h2", { id: title }, say(`pictures.${picture.name}`)),
      make("p", {}, say(`pictures.${picture.name}.about`)),
    ),
    make("div", { class: "picture" }),
    make(
      "details",
      { ontoggle: (event) => fillTable(event.currentTarget, picture) },
      make("summary", {}, say("pictures.rows")),
      make("div", { class: "scroll" }),
    ),
  );
}

async function draw(figure, picture) {
  const options = {
    mode: "vega-lite",
    actions: false,
    ast: true,
    renderer: "svg",
    defaultStyle: false,
    tooltip: showTip,
    config: makeConfig(figure.clientWidth),
  };
  const { view } = await vegaEmbed(
    figure.querySelector(".picture"),
    structuredClone(picture.spec),
    options,
  );
  view.addEventListener("click", (event, item) => {
    if (item?.datum && isMark(item.datum, picture)) go(writeRows(item.datum, picture));
  });
}

function isMark(datum, picture) {
  return Object.values(picture.filters).every((column) => datum[column] !== undefined);
}

function writeRows(datum, picture) {
  const values = Object.entries(picture.filters).map(([name, column]) => [
    name,
    String(datum[column]),
  ]);
  return writeRoute("table", picture.rows, Object.fromEntries(values));
}

function makeConfig(width) {
  const style = getComputedStyle(document.documentElement);
  const [ink, quiet, line] = ["--ink", "--quiet", "--line"].map((name) =>
    style.getPropertyValue(name).trim(),
  );
  const font = getComputedStyle(document.body).fontFamily;
  const text = {
    labelColor: ink,
    titleColor: quiet,
    labelFont: font,
    titleFont: font,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
  };
  return {
    background: "transparent",
    font,
    axis: { ...text, gridColor: line, domainColor: line, tickColor: line },
    axisX: { labelLimit: Math.min(170, width * 0.25) },
    axisY: { labelLimit: Math.min(240, width * 0.4) },
    legend: { ...text, columns: width < 500 ? 2 : 4 },
    view: { stroke: line },
    rect: { cursor: "pointer" },
    bar: { cursor: "pointer" },
    point: { cursor: "pointer" },
  };
}

function showTip(handler, event, item, value) {
  const tip = document.getElementById("tip");
  tip.hidden = !value;
  if (!value) return;
  const lines = typeof value === "object" ? Object.entries(value) : [["", value]];
  fill(
    tip,
    lines.map(([name, cell]) =>
      make("div", {}, make("span", { class: "quiet" }, `${name} `), String(cell)),
    ),
  );
  tip.style.left = `${Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(event.clientY + 12, innerHeight - tip.offsetHeight - 8)}px`;
}

function fillTable(details, picture) {
  if (!details.open) return;
  const [rows] = Object.values(picture.spec.datasets);
  const names = Object.keys(picture.columns);
  const link = (row, at) =>
    at
      ? String(row[names[at]])
      : make("a", { href: writeRows(row, picture) }, String(row[names[0]]));
  fill(
    details.querySelector(".scroll"),
    make(
      "table",
      {},
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          names.map((name) => make("th", { scope: "col" }, picture.columns[name])),
        ),
      ),
      make(
        "tbody",
        {},
        rows.map((row) =>
          make(
            "tr",
            {},
            names.map((name, at) => make("td", {}, link(row, at))),
          ),
        ),
      ),
    ),
  );
}
