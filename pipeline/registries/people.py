"""People: who held which post when, and whose name means a listed person.

Takes the people and posts of the lexicons, gives a :class:`PeopleRegistry`: 总书记 on 2023-08-01 is
习近平, 江苏省省长 on 2010-05-01 is 罗志军, and 王凯 is the listed one only beside a post in an
organ he held one in. Known gap: two listed people of one name in one organ are not told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.lexicons import Lexicons, Person, Post
from pipeline.lexicons.partial_dates import find_first_day, find_last_day


class Holder(NamedTuple):
    """Who held a post, and under which person of the lexicon."""

    name: str
    person_id: str


class PeopleRegistry:
    """All people of the lexicons and their posts. Build it with :func:`load_people`."""

    def __init__(self, people: Iterable[Person], posts: Iterable[Post]) -> None:
        self._people = {person.id: person for person in people}
        self._posts: dict[str, list[Post]] = defaultdict(list)
        self._organs: dict[tuple[str, str], str] = {}
        for post in posts:
            for title in {post.title, *post.short_titles}:
                self._posts[title].append(post)
            if person := self._people.get(post.person_id):
                self._organs[person.name, post.organisation] = person.id

    @cached_property
    def named_alone(self) -> Mapping[str, str]:
        """Name -> id of the people whose name without a title means them (邓小平)."""
        people = self._people.values()
        return {person.name: person.id for person in people if person.named_alone == "yes"}

    @cached_property
    def names(self) -> frozenset[str]:
        """All names listed."""
        return frozenset(person.name for person in self._people.values())

    @cached_property
    def titles_alone(self) -> frozenset[str]:
        """Titles that one person holds at a time: 总书记, but not 中央政治局常委."""
        return frozenset(title for title, posts in self._posts.items() if not _overlap(posts))

    def find_organ(self, title: str) -> str:
        """The organ of a listed title, empty where it is not listed."""
        return self._posts[title][0].organisation if title in self._posts else ""

    def find_in_organs(self, name: str, organs: Iterable[str]) -> str:
        """The id of the person of this name who held a post in one of the organs."""
        return next(filter(None, (self._organs.get((name, organ)) for organ in organs)), "")

    def find_holder(self, title: str, on: date | None, named: Collection[str]) -> Holder | None:
        """Who is meant by a title alone.

        Args:
            title: As printed.
            on: The document's date; without it a holder must be named in the document.
            named: Names printed in the document.
        """
        holders = {
            post.person_id
            for post in self._posts.get(title, ())
            if (is_held_on(post, on) if on else self._name(post) in named)
        }
        if len(holders) != 1:
            return None
        (holder,) = holders
        return Holder(self._people[holder].name, holder)

    def _name(self, post: Post) -> str:
        return self._people[post.person_id].name


def is_held_on(post: Post, on: date) -> bool:
    """Whether a post was held on a day for certain: not in a year or month of change.

    >>> post = Post(person_id="qiao-shi", title="委员长", organisation="-", source="-",
    ...             start_date="1993-03", end_date="1998")
    >>> [is_held_on(post, date(*day)) for day in ((1993, 3, 20), (1993, 4, 1), (1998, 1, 1))]
    [False, True, False]
    """
    if len(post.start_date) == len("1993-03-27"):
        started = find_first_day(post.start_date) <= on
    else:
        started = find_last_day(post.start_date) < on
    return started and (not post.end_date or on < find_first_day(post.end_date))


def _overlap(posts: Sequence[Post]) -> bool:
    """Whether two people hold posts at once; the year one ends may be that the next begins."""
    terms = sorted((post.start_date, post.end_date or "9999") for post in posts)
    return any(end[: len(start)] > start[: len(end)] for (_, end), (start, _) in pairwise(terms))


@lru_cache(maxsize=4)
def load_people(lexicons: Lexicons) -> PeopleRegistry:
    """The registry of ``lexicons``, built once."""
    return PeopleRegistry(lexicons.people, lexicons.posts)
