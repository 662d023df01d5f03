"""Every table and every column, defined once.

The record classes below drive CSV header and cells, Parquet types, the codebook beside the tables
and in the documentation (``docs/columns.md``), ``datapackage.json`` and the check of what was
written. The rules that decide what is a row stand in the class docstrings.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["string", "integer", "boolean", "date", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: The header.
        kind: What its cells hold; a ``list`` is written as strings joined with ``;``.
        nullable: Whether a cell may be empty.
        choices: The values admitted, if they are closed.
        help: What the cell says.
        example: One cell, as written.
    """

    name: str
    kind: Kind
    nullable: bool
    choices: tuple[str, ...]
    help: str
    example: str


def column(help: str, example: str) -> Any:  # noqa: A002 - the word every field of this module uses
    """Declare a field of a record together with its documentation."""
    return dataclasses.field(metadata={"help": help, "example": example})


class Passage(NamedTuple):
    """Where a row stands: the columns all mention tables begin with, in their order."""

    doc_id: str
    row_id: str
    start: int
    end: int
    text: str
    raw_start: int
    raw_end: int
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table; ``table`` names it, ``key`` the columns that identify a row, if any do."""

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A row that stands at one place of one document."""

    key: ClassVar[tuple[str, ...]] = ("doc_id", "row_id")

    doc_id: str = column("document the row belongs to", "suzhou/2023-08-01")
    row_id: str = column("the row within its document and table: its span", "133-190")
    start: int = column("first code point in the normalised text, counted from 0", "133")
    end: int = column("code point after the last one in the normalised text", "190")
    text: str = column("the passage: exactly the slice start to end", "市委十三届五次全会")
    raw_start: int = column("where the passage begins in the decoded source", "160")
    raw_end: int = column("where it ends in the decoded source", "224")
    sentence: int = column("number of the sentence in the document, counted from 1", "7")
    rule: str = column(
        "the rule or lexicon entry that made the row; +jieba, +hanlp: the engine it rests on",
        "plenum.numbered_local",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """One row per source document (文件)."""

    table: ClassVar[str] = "documents"
    key: ClassVar[tuple[str, ...]] = ("doc_id",)

    doc_id: str = column("path below the input folder without extension", "suzhou/2023-08-01")
    path: str = column("path below the input folder", "suzhou/2023-08-01.txt")
    sha256: str = column("digest of the bytes read", "9f86d081884c7d65…")
    encoding: str = column("encoding the bytes were decoded with", "gb18030")
    script: Literal["simplified", "traditional", "mixed"] = column(
        "characters the source is written in", "traditional"
    )
    repaired: int = column("inserted readings and damaged places undone", "201")
    title: str = column("headline", "区委五届五次全会召开")
    url: str = column("address, from metadata", "https://example.org/1.html")
    published: str = column(
        "date printed or in metadata, ISO 8601; the year alone where no more is known", "2023-08-02"
    )
    event_date: str = column(
        "date of the meeting, ISO 8601; MM-DD where no year is given; first/last for several days",
        "2023-08-01",
    )
    place: str = column("place of the document with its parents", "江苏省苏州市相城区")
    adcode: str = column("GB/T 2260 code of the place", "320507")
    level: Literal["", "national", "province", "city", "county", "township", "other"] = column(
        "administrative level of the body", "county"
    )
    body: str = column("organ whose meeting or act it is", "中国共产党苏州市相城区委员会")
    meeting: str = column(
        "canonical name of the meeting reported", "中国共产党苏州市相城区第五届委员会第五次全体会议"
    )
    byline: list[str] = column("names of reporters and editors", "林语岚;寸金泉")
    chars: int = column("code points of the normalised text", "2342")
    sentences: int = column("sentences of the normalised text", "41")
    source: str = column("publisher, from metadata", "相城发布")
    duplicate_of: str = column(
        "first document with the same text, blanks and punctuation aside", "xinhua/2023-08-01"
    )
    version: str = column("version of this program", "0.1.0")
    engine: str = column("engine that segmented the words", "jieba 0.42.1")
    lexicons: str = column("digest of the lexicons, first 12 digits", "3f0c9a1be274")


PlenumKind = Literal[
    "plenum",
    "congress",
    "discipline_plenum",
    "peoples_congress",
    "cppcc",
    "two_sessions",
    "standing_committee",
    "politburo",
    "conference",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plenum(Mention):
    """A reference to a named party or state assembly (全会、党代会、两会).

    One row for each reference, wherever it stands: 二十届二中、三中全会 is two. Short forms are
    resolved from the document's place; where it does not decide, the row keeps an empty name.
    Without a number a reference must name its organ (省纪委全会); 本次全会 and 大会 are no rows.
    """

    table: ClassVar[str] = "plenums"

    kind: PlenumKind = column("sort of assembly", "plenum")
    name: str = column("canonical full name", "中国共产党苏州市第十三届委员会第五次全体会议")
    body: str = column("organ that met", "中国共产党苏州市委员会")
    place: str = column("place of the organ with its parents", "江苏省苏州市")
    adcode: str = column("GB/T 2260 code of that place", "320500")
    term: int | None = column("届: term; the ordinal of a congress", "13")
    session: int | None = column("次: session within the term", "5")
    start_date: date | None = column("first day, where the registry knows it", "2024-07-15")
    end_date: date | None = column("last day, where the registry knows it", "2024-07-18")
    is_self: bool = column("true where the document reports this very meeting", "true")
    relation: Literal["held", "convened_later", "implemented", "cited"] = column(
        "what the document has to do with the meeting", "implemented"
    )
    meeting_id: str = column("entry in the registry of meetings", "cc-20-3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Mention):
    """A mention of a person in office, by name or by a title that identifies one person.

    A title before a list of names holds for each name until the next title, one after a list for
    all of it. Reporters, citizens and names inside a fixed formula are no rows.
    """

    table: ClassVar[str] = "officials"

    name: str = column("the person's name without blanks", "沈志栋")
    title: list[str] = column("titles printed with this mention", "区委副书记;区长")
    title_resolved: list[str] = column("titles known from an earlier mention", "区委书记")
    organisation: str = column("organ of the title, with its place", "中国共产党苏州市相城区委员会")
    roles: list[str] = column(
        "what the person does: presides, speaks, explains, attends, observes, elected, "
        "appointed, dismissed, mentioned",
        "presides;speaks",
    )
    person_id: str = column("entry in the lexicon of people", "xi-jinping")
    mention: Literal["named", "title_only"] = column("named, or by title alone", "named")
    order: int | None = column("position in a list of names, counted from 1", "2")


Force = Literal["prohibit", "require", "direct", "encourage", "explore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(Mention):
    """A clause that tells someone to do, keep or avoid something (部署、要求).

    From the addressee or the modal word to the end of the sentence, the next ； or the next clause
    with a modal word or ordinal of its own; 全会强调， stays outside. What was done, judgements,
    praise and purposes on their own are no rows.
    """

    table: ClassVar[str] = "directives"

    speech_act: str = column("verb that governs it; empty where none does", "强调")
    issuer: str = column("who says it, as printed", "全会")
    issuer_name: str = column(
        "who says it, resolved", "中国共产党苏州市相城区第五届委员会第五次全体会议"
    )
    addressee: str = column("who is to act, as printed", "全区各级党组织")
    modality: str = column("the word that makes it binding", "必须")
    force: Force = column("how binding it is", "require")
    action: str = column("first main verb", "增强")
    deadline: str = column("by when, as printed", "9月底前")
    item: int | None = column("ordinal in an enumeration", "1")
    slogans: list[str] = column("ids of the slogans inside", "liang-ge-que-li;liang-ge-wei-hu")


@dataclass(frozen=True, slots=True, kw_only=True)
class SloganUse(Mention):
    """A use of a listed formulation (提法).

    Exact wording counts, quotation marks and 、 or ， between its parts aside; the longest match
    wins. Where one wording means different things in different places, the place must decide.
    """

    table: ClassVar[str] = "slogans"

    slogan_id: str = column("entry in the lexicon; empty where several fit", "liang-ge-que-li")
    canonical: str = column("the formulation as listed", "两个确立")
    category: str = column("field of policy", "ideology")
    level: Literal["central", "province", "city", "county"] = column(
        "level that coined it", "central"
    )
    place: str = column("place that coined it, where local", "江苏省苏州市相城区")
    variant: str = column("spelling in the lexicon that matched", "两个确立")
    quoted: bool = column("true inside quotation marks", "true")
    directive_id: str = column("row_id of the directive it stands in", "133-190")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Mention):
    """A text named in 《》: a decision, plan, law or report.

    A title nested in 〈〉 is no row of its own.
    """

    table: ClassVar[str] = "instruments"

    title: str = column("title inside the marks", "中共苏州市委关于…的决定")
    relation: Literal["adopted", "deliberated", "heard", "studied", "issued", "cited"] = column(
        "what happened to it", "adopted"
    )
    type: str = column("sort of text", "决定")


CandidateKind = Literal["quoted", "numeral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Record):
    """A formulation the lexicon does not list but that behaves like a slogan."""

    table: ClassVar[str] = "candidates"
    key: ClassVar[tuple[str, ...]] = ("text",)

    text: str = column("the formulation without quotation marks", "一核两翼")
    kind: CandidateKind = column("why it is suggested", "numeral")
    count: int = column("uses in all documents", "12")
    documents: int = column("documents with a use", "5")
    first_date: str = column("earliest date of those documents", "2023-08-01")
    doc_id: str = column("document of the first use", "suzhou/2023-08-01")
    start: int = column("first code point of that use in the normalised text", "615")
    end: int = column("code point after the last one", "618")
    raw_start: int = column("where that use begins in the decoded source", "700")
    raw_end: int = column("where it ends", "703")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Record):
    """Something met and not decided."""

    table: ClassVar[str] = "issues"
    key: ClassVar[tuple[str, ...]] = ()

    doc_id: str = column("document", "suzhou/2023-08-01")
    stage: str = column("stage of the flow", "normalise")
    reason: str = column("what was met, as a code", "place_ambiguous")
    message: str = column("the same in words", "鼓楼区 exists in 350102, 320106")
    start: int | None = column("first code point in the normalised text", "0")
    end: int | None = column("code point after the last one", "3")
    text: str = column("the passage", "鼓楼区")
    raw_start: int | None = column("where it begins in the decoded source", "0")
    raw_end: int | None = column("where it ends", "3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Record):
    """An input that gave no document."""

    table: ClassVar[str] = "rejects"
    key: ClassVar[tuple[str, ...]] = ()

    path: str = column("path below the input folder", "scan.pdf")
    sha256: str = column("digest of the bytes; empty where they could not be read", "e3b0c442…")
    reason: str = column("why, as a code", "empty")
    message: str = column("the same in words, with the remedy", "the file holds no text")


TABLES: tuple[type[Record], ...] = (
    Document,
    Plenum,
    Official,
    Directive,
    SloganUse,
    Candidate,
    Instrument,
    Issue,
    Reject,
)
"""The tables of an output, in the order of the codebook."""


def _columns(record_type: type[Record]) -> Iterator[Column]:
    hints = get_type_hints(record_type)
    for field in dataclasses.fields(record_type):
        kind, nullable, choices = _describe(hints[field.name])
        help_, example = field.metadata["help"], field.metadata["example"]
        yield Column(field.name, kind, nullable, choices, help_, example)


_KINDS: dict[Any, Kind] = {str: "string", int: "integer", bool: "boolean", date: "date"}


def _describe(hint: Any) -> tuple[Kind, bool, tuple[str, ...]]:
    """Kind, nullability and closed choices of a type hint. A string may always be empty."""
    if get_origin(hint) is Literal:
        choices = tuple(choice for choice in get_args(hint) if choice)
        return "string", "" in get_args(hint), choices
    if get_origin(hint) is list:
        return "list", True, ()
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        return _KINDS[inner], True, ()
    return _KINDS[hint], hint is str, ()


_COLUMNS = {record_type: tuple(_columns(record_type)) for record_type in TABLES}


def columns(record_type: type[Record]) -> tuple[Column, ...]:
    """The columns of a table, in order."""
    return _COLUMNS[record_type]


class CandidateUse(NamedTuple):
    """One use of a formulation the lexicon does not list; uses are counted up to candidates."""

    text: str
    kind: CandidateKind
    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything one document gave."""

    raw: str
    text: str
    document: Document
    plenums: tuple[Plenum, ...]
    officials: tuple[Official, ...]
    directives: tuple[Directive, ...]
    slogans: tuple[SloganUse, ...]
    candidates: tuple[CandidateUse, ...]
    instruments: tuple[Instrument, ...]
    issues: tuple[Issue, ...]
    tokens: pa.RecordBatch | None = None
    """The words of the document, where they are asked for."""
