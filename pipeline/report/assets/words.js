"use strict";
// Words: what the page says, in the language of the reader.

const LANGUAGES = { en: "en", zh: "zh-Hans" };
const settings = { language: "en", theme: "auto" };
let words = { en: {}, zh: {} };

function startWords(all) {
  words = all;
  const preferred = (navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en";
  settings.language = remember("language") || preferred;
  settings.theme = remember("theme") || "auto";
}

function say(key, values = {}) {
  const text = words[settings.language][key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function sayNumber(number) {
  return new Intl.NumberFormat(LANGUAGES[settings.language]).format(number);
}

function nameColumn(name) {
  return say(`column.${name}`);
}

// A value as people read it; codes of closed columns have words, everything else is itself.
function nameValue(value, column) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return say(`choice.${value}`);
  if (typeof value === "number") return String(value);
  if (!column || !column.closed) return value;
  return value.split(";").map(nameChoice).join("; ");
}

function nameChoice(code) {
  return words[settings.language][`choice.${code}`] || code;
}

// What a reader chose stays chosen where the browser allows it, which it need not for files.
function remember(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(`communiques.${name}`, value);
    return localStorage.getItem(`communiques.${name}`);
  } catch {
    return value;
  }
}
