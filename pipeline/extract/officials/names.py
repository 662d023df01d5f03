"""Names: where a person's name begins and ends, from its form and what stands around it.

Takes a text and a position, gives a :class:`Name`: 区委书记|沈志栋|作了讲话. A candidate is a Han
name (surname and one or two characters), a name with · (古丽巴哈尔·买买提), a padded name
(李　强), or a run of characters that transcribe Tibetan or Mongolian names (洛桑江村). What
follows decides between candidates; then agreement with names found elsewhere, jieba's words, and
length. A neural engine's persons are one more voice: such a name may begin with any character
(局长|扁素问), its end is sure, and where nothing else decides it does. Known gaps: without such an
engine a name without surname, · or transcribing characters is seen only inside a list or before
the note of a nationality; a name that is a common word (卫星) only with a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.officials.ends import HARD, NOTHING, STRONG, WEAK
from pipeline.extract.officials.forms import (
    BODY_END_PATTERN,
    LONGEST_NAME,
    NEVER_GIVEN_PATTERN,
    RARELY_GIVEN,
    NameForms,
)
from pipeline.extract.officials.lists import (
    CONJUNCTION_PATTERN,
    LIST_MARK_PATTERN,
    split_back,
)
from pipeline.extract.officials.witness import Witness
from pipeline.spans import Span

# What separates the names of a list, with notes in brackets before it.
SEPARATOR_PATTERN = re.compile(r"[ 　]?(?:、|和|及|与|以及|[ 　]{1,4})")
NOTE_PATTERN = re.compile(r"(?:（[^（）\n]{1,24}）|\([^()\n]{1,24}\))")
_ETHNIC_NOTE_PATTERN = re.compile(r"（[^（）\n]{0,12}族[^（）\n]{0,4}）")
# What a name rests on where jieba's words decided.
_JIEBA = "jieba"


class Name(NamedTuple):
    """A name at ``[start, end)``, how sure its end is, and the engine it rests on, if on any."""

    start: int
    end: int
    name: str
    strength: int
    witness: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class NameReader(NameForms):
    """Reads names in one text.

    Attributes:
        witness: The names a neural engine read; None without one.
    """

    witness: Witness | None = None

    def read(self, start: int, least: int = WEAK, foreign: bool = False) -> Name | None:
        """The name that begins at ``start``; None where none does or its end is unsure.

        Args:
            start: Where it should begin.
            least: Least strength of its end; at ``NOTHING`` the engine's words may decide.
            foreign: Whether it may be a foreign name without surname (总统|普京).
        """
        return self._hear_engine(self._read_form(start, least, foreign), start)

    def _read_form(self, start: int, least: int, foreign: bool) -> Name | None:
        """The same from the form of names and the words of jieba alone."""
        if not foreign and not self._may_begin(start):
            return None
        ends = dict.fromkeys(self._candidate_ends(start), "")
        if foreign:
            sounds = dict.fromkeys(self._syllable_ends(start, self.vocabulary.foreign), "")
            ends = dict.fromkeys(self._foreign_ends(start), _JIEBA) | sounds | ends
        candidates = [
            Name(start, end, self._strip(start, end), self.measure_end(end), ends[end])
            for end in sorted(ends)
            if end <= len(self.text) and self.is_plausible(start, end)
        ]
        if not candidates:
            return None
        best = max(candidates, key=self._rank)
        if best.strength >= max(least, self._least_strength(start)) or best.name in self.known:
            return best
        return self._ask_engine(candidates) if least == NOTHING else None

    def _hear_engine(self, name: Name | None, start: int) -> Name | None:
        """What a person read by a neural engine adds to a name read by its form.

        A sure end and a known name stand against it. It decides where the end is not sure or words
        alone spoke for the name, and refuses one with nothing behind it (书记|和工|作队员).
        """
        if self.witness is None or (name and self._is_sure(name)):
            return name
        end = self.witness.persons.get(start, start)
        agreed = name is not None and name.end == end and not name.witness
        if agreed or not self._is_person(start, end):
            return None if name and name.strength == NOTHING else name
        return Name(start, end, self._strip(start, end), STRONG, self.witness.source)

    def _is_sure(self, name: Name) -> bool:
        return name.name in self.known or (name.strength >= STRONG and not name.witness)

    def _is_person(self, start: int, end: int) -> bool:
        """Whether a neural engine read exactly this as a person, and nothing speaks against it."""
        if self.witness is None or self.witness.persons.get(start) != end:
            return False
        plausible = end - start <= LONGEST_NAME and self.is_plausible(start, end)
        return plausible and not self._holds_head(self.text[start:end])

    def _least_strength(self, start: int) -> int:
        """A surname that is a word as well (书记|和工|作队员) asks for a surer end."""
        return STRONG if self.vocabulary.surnames.get(self.text[start]) == "word" else WEAK

    def _rank(self, candidate: Name) -> tuple[bool, int, bool, int]:
        """Known names, then sure ends, then length; 闻人靖|作动员 before 闻人靖作|动员."""
        known = candidate.name in self.known and candidate.strength > NOTHING
        loose = bool(self.vocabulary.weak_pattern.match(candidate.name[-1]))
        return known, candidate.strength, not loose, candidate.end

    def _ask_engine(self, candidates: list[Name]) -> Name | None:
        """The longest candidate with boundaries of words on both sides."""
        start, longest = candidates[0].start, candidates[-1].end
        floor = max(0, start - 8)
        words = list(self.engine.cut(self.text[floor : longest + 8]))
        ends = {floor + word.end for word in words}
        fitting = [candidate for candidate in candidates if candidate.end in ends]
        if self._least_strength(start) == STRONG:  # 于海波 as one word, but not 要|始终
            whole = {floor + word.start for word in words if word.end - word.start > 2}
            fitting = fitting if start in whole else []
        # 签署|长江|流域: where no word ends before the candidate, it is none.
        return fitting[-1]._replace(witness=_JIEBA) if fitting and start in ends else None

    def is_name(self, start: int, end: int, strict: bool = False) -> bool:
        """Whether ``[start, end)`` as a whole is a name.

        Args:
            start: Where it begins.
            end: Where it ends.
            strict: Ask for a surname that is no ordinary word.
        """
        return self._has_form(start, end, strict) or self._is_person(start, end)

    def read_list(self, start: int, least: int = WEAK, foreign: bool = False) -> list[Name]:
        """The names of a list that begins at ``start``: 吴召忠、梅云平（女）和薛红."""
        first = self.read(start, least, foreign)
        if first is None:
            return []
        names = [first]
        while following := self._read_next(names[-1].end):
            names.append(following)
        return names

    def _read_next(self, end: int) -> Name | None:
        """The next name of a list; its own end must be sure, for a title may begin here as well."""
        separator = SEPARATOR_PATTERN.match(self.text, self.skip_note(end))
        if separator is None:
            return None
        name = self.read(separator.end())
        if name and (name.strength >= STRONG or self._is_whole_word(name)):
            return name
        return None

    def _is_whole_word(self, name: Name) -> bool:
        """俞卫建|与村民座谈: without a sure end, a word of the engine."""
        if name.strength < WEAK or self._least_strength(name.start) > WEAK:
            return False
        floor = max(0, name.start - 4)
        words = self.engine.cut(self.text[floor : name.end + 6])
        return Span(name.start - floor, name.end - floor) in [Span(w.start, w.end) for w in words]

    def skip_note(self, end: int) -> int:
        """Past notes in brackets (（女，白族）) and 同志 after a name."""
        while match := NOTE_PATTERN.match(self.text, end):
            end = match.end()
        return end + 2 if self.text.startswith("同志", end) else end

    def read_list_back(self, end: int, floor: int, strict: bool = False) -> list[Name]:
        """The names of a list that ends at ``end``, nothing but names back to its beginning.

        Args:
            end: Where the list ends, notes and 同志 included.
            floor: Where its clause begins.
            strict: Ask for surnames that are no ordinary words.

        Returns:
            Names in reading order; empty where something else stands before them.
        """
        names: list[Name] = []
        for start, stop in self._split_back(floor, end):
            asked = strict and not names
            if self.is_name(start, stop, asked) or self._is_odd_member(start, stop, names):
                names.append(self.make_name(start, stop, asked))
            elif first := self._read_after_opener(start, stop, asked):
                return [first, *names[::-1]]
            elif names and self._ends_opener(start, stop):
                break  # 为财政部部长、|阴和俊|为…: a title ends where the list begins
            else:
                return []
        return names[::-1]

    def make_name(self, start: int, end: int, strict: bool = False) -> Name:
        """The name that fills ``[start, end)``, both ends being sure; see :meth:`is_name`."""
        alone = not self._has_form(start, end, strict) and self._is_person(start, end)
        source = self.witness.source if self.witness and alone else ""
        return Name(start, end, self._strip(start, end), HARD, source)

    def _is_odd_member(self, start: int, end: int, names: Sequence[Name]) -> bool:
        """A word without a known surname between names of a list: 张三、扁素问、李四."""
        word = self.text[start:end]
        noted = _ETHNIC_NOTE_PATTERN.match(self.text, end)  # 热地（藏族）
        return (
            bool(noted or len(names) >= 2)
            and 2 <= len(word) <= 3
            and not NEVER_GIVEN_PATTERN.search(word)
            and RARELY_GIVEN.isdisjoint(word)
            and not BODY_END_PATTERN.search(word)
            and word not in self.vocabulary.lookalikes
            and word[:2] not in self.vocabulary.lookalikes
            and not self._holds_head(word)
        )

    def _read_after_opener(self, start: int, stop: int, strict: bool) -> Name | None:
        """The name at the end of ``[start, stop)`` whose left is an opener: 任命|司马珂."""
        dot = self.text.find("·", start, stop)
        # 选举|洛桑·丹增: the longest name with · that is left, or one of two to four characters
        dotted = range(stop - start - 2, stop - dot, -1) if dot >= 0 else ()
        for length in (*dotted, 4, 3, 2):
            at = stop - length
            if at < start or self.text[at] in " 　" or not self.is_name(at, stop, strict):
                continue
            known = length > 2 and self.text[at:stop] in self.known  # 解除张|万里 is nobody
            if known or at == start or self._ends_opener(start, at):
                return self.make_name(at, stop, strict)
        return None

    def _ends_opener(self, start: int, end: int) -> bool:
        """Whether a word a title or name follows ends at ``end``."""
        return (
            any(
                self.text[end - length : end] in words
                for words in (self.vocabulary.opener_kinds, self.vocabulary.heads)
                for length in (4, 3, 2, 1)
                if end - length >= start
            )
            or self.text[end - 1 : end] in "和与从及日"
            or self.text.endswith("职务", start, end)  # 免去张三的县长职务、|李四的…
        )

    def _ends_open(self, start: int, stop: int) -> bool:
        """Whether a stretch ends with a conjunction that is no part of a name (马和)."""
        return self.text[stop - 1] in "和与及" and not self.is_name(start, stop)

    def _split_back(self, floor: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches between the marks of a list, last first; 和 divides no name (马和平)."""
        for start, stop in split_back(LIST_MARK_PATTERN, self.text, floor, end):
            if self._ends_open(start, stop):  # 苗淑贤和|秘书长: the list goes on
                yield start, stop
            elif stop - start > 4 or not self.is_name(start, stop):
                yield from split_back(CONJUNCTION_PATTERN, self.text, start, stop)
            else:
                yield start, stop
