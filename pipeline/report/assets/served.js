"use strict";
// Served: the same answers from `pipeline serve`, for outputs too large for one file.

class ServedSource {
  async start() {
    return (this.contents = await this.ask("contents"));
  }

  async ask(name, parameters = {}) {
    const answer = await fetch(this.address(name, parameters));
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  address(name, parameters) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) if (value) query.append(key, value);
    return `data/${name}?${query}`;
  }

  flatten({ filters, descending, ...question }) {
    const picked = Object.entries(filters).map(([name, value]) => [`filter.${name}`, value]);
    return { ...question, descending: descending ? "1" : "", ...Object.fromEntries(picked) };
  }

  findRows(question) {
    return this.ask("rows", this.flatten(question));
  }

  readDocument(docId) {
    return this.ask("document", { doc_id: docId });
  }

  readPictures() {
    return (this.pictures ||= this.ask("pictures"));
  }

  readLexicon() {
    return (this.lexicon ||= this.ask("lexicon"));
  }

  async download(question) {
    make("a", { href: this.address("download", this.flatten(question)), download: "" }).click();
  }
}
