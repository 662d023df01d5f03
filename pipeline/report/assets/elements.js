"use strict";
// Elements: all that is shown is made here, from text and never from markup, so that nothing a
// document holds can act.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...listChildren(children));
  return element;
}

function fill(element, ...children) {
  element.replaceChildren(...listChildren(children));
  return element;
}

function listChildren(children) {
  return children.flat(2).filter((child) => child !== null && child !== undefined && child !== "");
}

// Only an address of the web becomes a link; "javascript:" in a document's metadata stays text.
function makeAddress(text) {
  const isWeb = /^https?:\/\//i.test(text);
  return isWeb ? make("a", { href: text, rel: "noreferrer noopener" }, text) : text;
}

function announce(text) {
  fill(document.getElementById("status"), text);
}
