"use strict";
// Embedded: the data of a page that is one file. Every block is compressed and is read when it is
// first asked for: tables one by one, texts some documents at a time.

class EmbeddedSource {
  constructor() {
    this.blocks = {};
  }

  async start() {
    this.contents = await this.read("contents");
    return this.contents;
  }

  read(name) {
    return (this.blocks[name] ||= unpack(document.getElementById(`data-${name}`).textContent));
  }

  async open(name) {
    this.blocks[`table-${name}`] ||= this.read(name).then((columns) => new ColumnTable(columns));
    return this.blocks[`table-${name}`];
  }

  async findRows(question) {
    const table = await this.open(question.table);
    const rows = await findRows(question, this.contents, (name) => this.open(name));
    const end = question.limit ? question.offset + question.limit : rows.length;
    const shown = rows.slice(question.offset || 0, end);
    return { total: rows.length, rows: shown.map((at) => table.row(at)) };
  }

  async readDocument(docId) {
    const documents = await this.open("documents");
    const ids = documents.columns.doc_id;
    const at = ids.codes.indexOf(ids.values.indexOf(docId));
    if (at < 0) return null;
    const chunk = this.contents.chunks[at];
    const text =
      chunk < 0 ? { raw: "", text: "", restored: [] } : (await this.read(`texts-${chunk}`))[docId];
    return {
      document: documents.row(at),
      at,
      count: documents.length,
      previous: at > 0 ? documents.cell("doc_id", at - 1) : null,
      next: at + 1 < documents.length ? documents.cell("doc_id", at + 1) : null,
      ...text,
      rows: await this.readRows(docId),
    };
  }

  async readRows(docId) {
    const rows = {};
    for (const name of PASSAGE_TABLES) {
      const table = await this.open(name);
      const found = table.test("doc_id", (value) => value === docId);
      rows[name] = [...found.keys()].filter((at) => found[at]).map((at) => table.row(at));
    }
    return rows;
  }

  readPictures() {
    return this.read("pictures");
  }

  readLexicon() {
    return this.read("lexicon");
  }

  async download(question) {
    const { rows } = await this.findRows({ ...question, offset: 0, limit: 0 });
    const { columns } = this.contents.tables.find((table) => table.name === question.table);
    saveFile(
      `${question.table}.csv`,
      writeCsv(
        columns.map((column) => column.name),
        rows,
      ),
    );
  }
}

async function unpack(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
