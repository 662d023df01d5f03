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
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.officials.ends import HARD, HEAD, NOTHING, STRONG, WEAK, measure_end
from pipeline.extract.officials.lists import (
    CONJUNCTION_PATTERN,
    LIST_MARK_PATTERN,
    split_back,
)
from pipeline.extract.officials.vocabulary import Vocabulary
from pipeline.extract.officials.witness import Witness
from pipeline.segment.engines import Engine
from pipeline.spans import Span

_DOTS = frozenset("·•・")
_DOTTED_PATTERN = re.compile(r"[一-龥]{1,8}(?:[·•・][一-龥]{1,8}){1,3}")
_PADDED_PATTERN = re.compile(r"(?P<surname>[一-龥]{1,2})[ 　]{1,3}[一-龥](?![一-龥])")
# Characters that are in no given name: they belong to what follows (在会上, 要求, 的).
_NEVER_GIVEN_PATTERN = re.compile(r"[^一-龥]|[的了们这那你他她它等把被各某每对到说已还啊吗呢给很]")
# Characters that open a given name of two (张又侠, 龙在渊, 李从军) and else begin what follows.
_RARELY_GIVEN = frozenset("是不就在要让从也又")
# 高新区, 安委会, 金融办: bodies, not people.
_BODY_END_PATTERN = re.compile(r"[局部委厅处院会区县市省办室所组队厂团署盟库]$")
# What separates the names of a list, with notes in brackets before it.
SEPARATOR_PATTERN = re.compile(r"[ 　]?(?:、|和|及|与|以及|[ 　]{1,4})")
NOTE_PATTERN = re.compile(r"(?:（[^（）\n]{1,24}）|\([^()\n]{1,24}\))")
_ETHNIC_NOTE_PATTERN = re.compile(r"（[^（）\n]{0,12}族[^（）\n]{0,4}）")
_BLANKS = str.maketrans("", "", " 　")
_LONGEST_NAME = 20
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
class NameReader:
    """Reads names in one text.

    Attributes:
        text: The document.
        vocabulary: Compiled word lists.
        engine: Cuts words where nothing else decides.
        known: Names already found in the document, and those of the lexicon.
        ends: What was measured so far: how surely a name may end at a place.
        witness: The names a neural engine read; None without one.
    """

    text: str
    vocabulary: Vocabulary
    engine: Engine
    known: Collection[str]
    ends: dict[int, int] = field(default_factory=dict)
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
        plausible = end - start <= _LONGEST_NAME and self.is_plausible(start, end)
        return plausible and not self._holds_head(self.text[start:end])

    def _strip(self, start: int, end: int) -> str:
        return self.text[start:end].translate(_BLANKS)

    def _may_begin(self, start: int) -> bool:
        """Whether the form of a name allows one at ``start``."""
        if self.text[start : start + 1] in self.vocabulary.initials:
            return True
        return _DOTTED_PATTERN.match(self.text, start) is not None

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

    def _candidate_ends(self, start: int) -> Iterator[int]:
        text = self.text
        if match := _DOTTED_PATTERN.match(text, start):
            if not self._holds_head(match.group()):
                yield from self._dotted_ends(match)
            return
        padded = _PADDED_PATTERN.match(text, start)
        if padded and self._has_surname(padded["surname"]):
            yield padded.end()
        surname = self._surname_length(start)
        if surname:
            yield from range(start + surname + 1, start + surname + 3)
        if surname == 1 and self._has_both_surnames(start):
            yield start + 4
        for family in self.vocabulary.syllables:
            yield from self._syllable_ends(start, family)

    def _has_both_surnames(self, start: int) -> bool:
        """张杨一诺: the surnames of both parents."""
        kinds = (self.vocabulary.surnames.get(self.text[at : at + 1]) for at in (start, start + 1))
        inside = max(self.measure_end(end) for end in (start + 2, start + 3))
        closes = self.measure_end(start + 4) == HARD and inside < STRONG  # 廖华|主持。
        return closes and all(kind in ("common", "rare") for kind in kinds)

    def _foreign_ends(self, start: int) -> Iterator[int]:
        """总统|普京|出席: one word of the engine with a sure end."""
        first = next(iter(self.engine.cut(self.text[start : start + 10])), None)
        if first and 2 <= first.end <= 7 and self.measure_end(start + first.end) >= STRONG:
            yield start + first.end

    def _dotted_ends(self, match: re.Match[str]) -> Iterator[int]:
        """Where a name with · may end: at the first sure boundary of its last part."""
        last = match.start() + match.group().rindex(re.findall("[·•・]", match.group())[-1]) + 1
        for end in range(last + 1, match.end() + 1):
            strength = self.measure_end(end)
            inside = any(self.text[end : end + 1] in family for family in self.vocabulary.syllables)
            if strength >= HEAD or (strength == WEAK and not inside):
                yield end
                return

    def _surname_length(self, start: int) -> int:
        return self.vocabulary.surname_length(self.text[start : start + 2])

    def _has_surname(self, word: str) -> bool:
        return word in self.vocabulary.surnames or word in self.vocabulary.double_surnames

    def _syllable_ends(self, start: int, family: frozenset[str]) -> Iterator[int]:
        """Ends of a run of transcribing characters that a sure boundary closes."""
        end = start
        while end < start + 7 and self.text[end : end + 1] in family:
            end += 1
            inside = self.text[end : end + 1] in family
            if end - start >= 2 and self.measure_end(end) >= (STRONG if inside else WEAK):
                yield end

    def measure_end(self, end: int) -> int:
        """How surely a name may end at ``end``, from what follows."""
        if (known := self.ends.get(end)) is None:
            known = self.ends[end] = measure_end(self.text, end, self.vocabulary)
        return known

    def is_plausible(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` may be a name at all, by its form."""
        word = self._strip(start, end)
        if word in self.known:
            return True
        if end > len(self.text) or "·" in word:
            return end <= len(self.text)
        given = word[2:] if word[:2] in self.vocabulary.double_surnames else word[1:]
        return not (
            len(word) < 2
            or _NEVER_GIVEN_PATTERN.search(given)
            or self._is_cut_short(word, given, end)
            or given in self.vocabulary.roles
            or self._resembles_word(word, self.measure_end(end))
            or _BODY_END_PATTERN.search(word)
            or word in self.vocabulary.places
        )

    def _is_cut_short(self, word: str, given: str, end: int) -> bool:
        """李在|京会见: 在 is in a name only with a character behind it and an end there."""
        if _RARELY_GIVEN.isdisjoint(given):
            return False
        if any(set(word) <= family for family in self.vocabulary.syllables):  # 扎西才让
            return False
        is_inside = len(given) == 2 and given[1] not in _RARELY_GIVEN
        return not (is_inside and self.measure_end(end) >= WEAK)

    def _resembles_word(self, word: str, strength: int) -> bool:
        """高度, 高度重: a word, or its beginning; 任组长: a title with something before it."""
        lookalikes = self.vocabulary.lookalikes
        if word in lookalikes or self.vocabulary.heads.get(word[1:], "epithet") != "epithet":
            return True
        return strength < STRONG and len(word) > 2 and word[:2] in lookalikes

    def is_name(self, start: int, end: int, strict: bool = False) -> bool:
        """Whether ``[start, end)`` as a whole is a name.

        Args:
            start: Where it begins.
            end: Where it ends.
            strict: Ask for a surname that is no ordinary word.
        """
        return self._has_form(start, end, strict) or self._is_person(start, end)

    def _has_form(self, start: int, end: int, strict: bool) -> bool:
        word = self._strip(start, end)
        if word in self.known:
            return True
        if not 2 <= len(word) <= _LONGEST_NAME:
            return False
        if word[0] not in self.vocabulary.initials and _DOTS.isdisjoint(word):
            return False
        if not self.is_plausible(start, end):
            return False
        if len(word) > 2 and word[:2] in self.vocabulary.lookalikes:
            return False
        if _DOTTED_PATTERN.fullmatch(word):
            return not (self._holds_head(word) or self._opens_with_verb(word))
        surname = self._surname_length(start)
        if surname == 2 and len(word) in (3, 4):
            return True
        if surname and len(word) in (2, 3):
            return not strict or self.vocabulary.surnames[word[0]] != "word"
        return any(set(word) <= family for family in self.vocabulary.syllables) and len(word) <= 6

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
            and not _NEVER_GIVEN_PATTERN.search(word)
            and _RARELY_GIVEN.isdisjoint(word)
            and not _BODY_END_PATTERN.search(word)
            and word not in self.vocabulary.lookalikes
            and word[:2] not in self.vocabulary.lookalikes
            and not self._holds_head(word)
        )

    def _opens_with_verb(self, word: str) -> bool:
        """选举|洛桑·丹增: a name with · begins behind a word of two characters that it follows."""
        return word[:2] in self.vocabulary.opener_kinds or word[:2] in self.vocabulary.roles

    def _holds_head(self, word: str) -> bool:
        """州长沙依甫拉提: a title stands in what might be a name."""
        return bool(self.vocabulary.head_automaton.find_matches_as_indexes(word))

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
        )

    def _split_back(self, floor: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches between the marks of a list, last first; 和 divides no name (马和平)."""
        for start, stop in split_back(LIST_MARK_PATTERN, self.text, floor, end):
            if stop - start > 4 or not self.is_name(start, stop):
                yield from split_back(CONJUNCTION_PATTERN, self.text, start, stop)
            else:
                yield start, stop
