"""What one row of each lexicon file is.

Every class is one file; its fields are the columns. The files in ``lexicons/`` explain the
columns to people who edit them; here they are typed so that loading can be strict.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

Adcode = Annotated[str, msgspec.Meta(pattern=r"^(\d{6})?$")]
PartialDate = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Category = Literal[
    "ideology",
    "party_building",
    "discipline",
    "economy",
    "reform",
    "tech",
    "regional",
    "rural",
    "ecology",
    "culture",
    "livelihood",
    "governance",
    "security",
    "foreign",
    "military",
    "history",
    "other",  # not said: a list of one's own with wordings alone
]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A row of a lexicon file. Cells holding several values separate them with ``;``.

    Attributes:
        file: The file, within the folder.
        keys: The columns that tell entries apart; the same keys in an upper layer override.
        spelled: The columns that are looked for in texts.
    """

    file: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = ("id",)
    spelled: ClassVar[tuple[str, ...]] = ()


class Slogan(Entry, frozen=True, kw_only=True):
    """A policy formulation (提法), e.g. 两个确立."""

    file: ClassVar[str] = "slogans.csv"
    spelled: ClassVar[tuple[str, ...]] = ("canonical", "variants")
    id: Slug
    canonical: Text
    variants: tuple[str, ...] = ()
    category: Category
    level: Literal["central", "province", "city", "county"]
    place: Adcode = ""
    parts: tuple[str, ...] = ()
    first_date: PartialDate = ""
    first_occasion: str = ""
    proponent: str = ""
    english: str = ""
    english_type: Literal["", "official", "own"] = ""
    flags: tuple[Literal["quoted", "ambiguous", "template", "idiom"], ...] = ()
    source: Text
    notes: str = ""


class Place(Entry, frozen=True, kw_only=True):
    """An administrative unit (行政区划), current or past, or a special unit mapped to a parent."""

    file: ClassVar[str] = "places.csv"
    keys: ClassVar[tuple[str, ...]] = ("adcode", "name")
    spelled: ClassVar[tuple[str, ...]] = ("name", "short_names")
    adcode: Annotated[str, msgspec.Meta(pattern=r"^\d{6}$")]
    name: Text
    short_names: tuple[str, ...] = ()
    level: Literal["country", "province", "prefecture", "county", "special"]
    parent: Adcode = ""
    valid_from: PartialDate = ""
    valid_to: PartialDate = ""
    source: Text


class Meeting(Entry, frozen=True, kw_only=True):
    """An assembly known by name and date, e.g. 党的二十大; one of the nation has no place."""

    file: ClassVar[str] = "meetings.csv"
    spelled: ClassVar[tuple[str, ...]] = ("name", "short_names")
    id: Slug
    kind: Literal[
        "plenum",
        "congress",
        "discipline_plenum",
        "peoples_congress",
        "cppcc",
        "conference",
    ]
    name: Text
    short_names: tuple[str, ...] = ()
    body: Text
    place: Adcode = ""
    term: int | None = None
    session: int | None = None
    start_date: PartialDate = ""
    end_date: PartialDate = ""
    held_in: str = ""
    theme: str = ""
    documents: tuple[str, ...] = ()
    certain: Literal["yes", "no"]
    source: Text
    notes: str = ""


class Person(Entry, frozen=True, kw_only=True):
    """A national leader or holder of a top post; some names mean the person only beside a post."""

    file: ClassVar[str] = "people.csv"
    spelled: ClassVar[tuple[str, ...]] = ("name",)
    id: Slug
    name: Text
    english: str = ""
    named_alone: Literal["yes", "no"] = "yes"
    source: Text


class Post(Entry, frozen=True, kw_only=True):
    """A post a listed person held, with its dates; an open end means still held."""

    file: ClassVar[str] = "posts.csv"
    keys: ClassVar[tuple[str, ...]] = ("person_id", "title", "start_date")
    spelled: ClassVar[tuple[str, ...]] = ("title", "short_titles")
    person_id: Slug
    title: Text
    short_titles: tuple[str, ...] = ()
    organisation: Text
    start_date: PartialDate
    end_date: PartialDate = ""
    source: Text


class Word(Entry, frozen=True, kw_only=True):
    """A word of the genre's grammar and what it does; the file says which words it lists."""

    file: ClassVar[str] = "words/*.csv"
    keys: ClassVar[tuple[str, ...]] = ("word",)
    spelled: ClassVar[tuple[str, ...]] = ("word",)
    word: Text
    value: str = ""
    notes: str = ""


class Example(Entry, frozen=True, kw_only=True):
    """A sentence in which an entry counts, does not, or stands open between several."""

    file: ClassVar[str] = "slogan_examples.csv"
    keys: ClassVar[tuple[str, ...]] = ("id", "example", "place", "published")
    id: Slug
    example: Text
    counts: Literal["yes", "no", "open"]
    place: str = ""
    published: PartialDate = ""
    notes: str = ""


class Removal(Entry, frozen=True, kw_only=True):
    """An entry of the layers below that a layer takes away."""

    file: ClassVar[str] = "removed.csv"
    keys: ClassVar[tuple[str, ...]] = ("lexicon", "id")
    lexicon: Text
    id: Text
    notes: str = ""


WORD_LISTS: dict[str, frozenset[str] | None] = {
    "year_cues": None,
    "mass_bodies": None,
    "place_nicknames": None,
    "slogan_lookalikes": frozenset({""}),
    "speech_acts": frozenset({"order", "address", "statement", "opinion", "speech", "advice"}),
    "modals": frozenset({"prohibit", "require", "direct"}),
    "modal_lookalikes": frozenset({"", "keep"}),
    "addressee_heads": frozenset({""}),
    "issuer_heads": frozenset({"meeting", "organ", "text", "post", "other", "cited"}),
    "directive_adverbs": frozenset({""}),
    "directive_verbs": frozenset({"", "noun", "encourage", "explore", "research"}),
    "connectives": frozenset({"lead", "light", "tail"}),
    "directive_pivots": frozenset({"object", "frame", "cause"}),
    "retrospective_markers": frozenset({"done", "judgement"}),
    "report_headings": frozenset({"past", "future", "neutral"}),
    "instrument_types": None,
    "works": frozenset({""}),
    "instrument_verbs": frozenset(
        {"adopted", "deliberated", "heard", "studied", "issued", "cited"}
    ),
    "surnames": frozenset({"common", "rare", "word", "double"}),
    "name_syllables": None,
    "name_lookalikes": frozenset({""}),
    "name_followers": frozenset({"strong", "weak"}),
    "name_formulas": frozenset({"doctrine", "thing"}),
    "title_heads": frozenset(
        {"office", "staff", "collective", "group", "company", "civilian", "foreign"}
    ),
    "title_modifiers": frozenset({"before", "after"}),
    "title_openers": frozenset({"object", "subject", "time", "inside"}),
    "role_verbs": frozenset(
        {"", "presides", "speaks", "explains", "attends", "observes", "elected", "dismissed"}
    ),
}
"""The files in ``lexicons/words/`` and the values each admits; ``None`` admits any value."""
