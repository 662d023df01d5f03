"use strict";
// Folding: traditional and simplified characters, capital and small letters count as the same.

let simpleForms = new Map();

function startFolding([traditional, simplified]) {
  const after = [...simplified];
  simpleForms = new Map([...traditional].map((character, at) => [character, after[at]]));
}

function fold(text) {
  let folded = "";
  for (const character of text) folded += simpleForms.get(character) || character;
  return folded.toLowerCase();
}

function listTerms(search) {
  return fold(search).split(/\s+/).filter(Boolean);
}
