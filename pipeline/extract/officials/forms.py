"""Forms: which stretches of a text have the form of a person's name.

Takes a text and a position, gives the places where a name that begins there may end: 沈志|栋 and
沈志栋|作 for 沈志栋作了讲话. Han names have a surname and one or two characters; names with ·
(古丽巴哈尔·买买提) end at a sure boundary; padded names (李　强) and runs of characters that
transcribe Tibetan or Mongolian names (洛桑江村) are read whole. Known gap: a name without any of
these forms has none here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pipeline.extract.officials.ends import HARD, HEAD, STRONG, WEAK, measure_end
from pipeline.extract.officials.vocabulary import Vocabulary
from pipeline.segment.engines import Engine

_DOTS = frozenset("·•・")
_DOTTED_PATTERN = re.compile(r"[一-龥]{1,8}(?:[·•・][一-龥]{1,8}){1,3}")
_PADDED_PATTERN = re.compile(r"(?P<surname>[一-龥]{1,2})[ 　]{1,3}[一-龥](?![一-龥])")
# Characters that are in no given name: they belong to what follows (在会上, 要求, 的).
NEVER_GIVEN_PATTERN = re.compile(r"[^一-龥]|[的了们这那你他她它等把被各某每对到说已还啊吗呢给很]")
# Characters that open a given name of two (张又侠, 龙在渊, 李从军) and else begin what follows.
RARELY_GIVEN = frozenset("是不就在要让从也又")
# 高新区, 安委会, 金融办: bodies, not people.
BODY_END_PATTERN = re.compile(r"[局部委厅处院会区县市省办室所组队厂团署盟库]$")
LONGEST_NAME = 20
_BLANKS = str.maketrans("", "", " 　")


@dataclass(frozen=True, slots=True, eq=False)
class NameForms:
    """Knows the forms of names in one text.

    Attributes:
        text: The document.
        vocabulary: Compiled word lists.
        engine: Cuts words where nothing else decides.
        known: Names already found in the document, and those of the lexicon.
        ends: What was measured so far: how surely a name may end at a place.
    """

    text: str
    vocabulary: Vocabulary
    engine: Engine
    known: Collection[str]
    ends: dict[int, int] = field(default_factory=dict)

    def _strip(self, start: int, end: int) -> str:
        return self.text[start:end].translate(_BLANKS)

    def _may_begin(self, start: int) -> bool:
        """Whether the form of a name allows one at ``start``."""
        if self.text[start : start + 1] in self.vocabulary.initials:
            return True
        return _DOTTED_PATTERN.match(self.text, start) is not None

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
            or NEVER_GIVEN_PATTERN.search(given)
            or self._is_cut_short(word, given, end)
            or given in self.vocabulary.roles
            or self._resembles_word(word, self.measure_end(end))
            or BODY_END_PATTERN.search(word)
            or word in self.vocabulary.places
        )

    def _has_form(self, start: int, end: int, strict: bool) -> bool:
        word = self._strip(start, end)
        if word in self.known:
            return True
        if not 2 <= len(word) <= LONGEST_NAME:
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

    def _is_cut_short(self, word: str, given: str, end: int) -> bool:
        """李在|京会见: 在 is in a name only with a character behind it and an end there."""
        if RARELY_GIVEN.isdisjoint(given):
            return False
        if any(set(word) <= family for family in self.vocabulary.syllables):  # 扎西才让
            return False
        is_inside = len(given) == 2 and given[1] not in RARELY_GIVEN
        return not (is_inside and self.measure_end(end) >= WEAK)

    def _resembles_word(self, word: str, strength: int) -> bool:
        """高度, 高度重: a word, or its beginning; 任组长: a title with something before it."""
        lookalikes = self.vocabulary.lookalikes
        if word in lookalikes or self.vocabulary.heads.get(word[1:], "epithet") != "epithet":
            return True
        return strength < STRONG and len(word) > 2 and word[:2] in lookalikes

    def _opens_with_verb(self, word: str) -> bool:
        """选举|洛桑·丹增: a name with · begins behind a word of two characters that it follows."""
        return word[:2] in self.vocabulary.opener_kinds or word[:2] in self.vocabulary.roles

    def _holds_head(self, word: str) -> bool:
        """州长沙依甫拉提: a title stands in what might be a name."""
        return bool(self.vocabulary.head_automaton.find_matches_as_indexes(word))
