"""What a neural engine read is evidence for officials and directives, and never more than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from building import fill, segment

from pipeline.extract import separate_issues
from pipeline.extract.directives.predicates import read_actions
from pipeline.extract.officials import extract_officials
from pipeline.extract.officials.witness import Witness, call_witness
from pipeline.flow import process_document
from pipeline.ingest import Metadata, Source
from pipeline.lexicons import Lexicons
from pipeline.records import Directive, Official
from pipeline.segment.analysis import Analysis, Entity, Token, Word
from pipeline.segment.engines import JiebaEngine, open_engine
from pipeline.setting import find_setting
from pipeline.spans import Span


@dataclass
class Reader(JiebaEngine):
    """An engine that reads given names."""

    persons: Sequence[str] = ()
    bodies: Sequence[str] = ()
    weighs_evidence = True

    def cut(self, text: str) -> Iterator[Word]:
        return open_engine("jieba").cut(text)

    def analyse(self, text: str, sentences: Sequence[Span]) -> Analysis:  # noqa: ARG002
        persons = (
            Entity(at, at + len(name), "person")
            for name in self.persons
            if (at := text.find(name)) >= 0
        )
        bodies = (
            Entity(at, at + len(name), "organisation")
            for name in self.bodies
            if (at := text.find(name)) >= 0
        )
        return Analysis((), (*persons, *bodies), source="hanlp")


def extract(text: str, lexicons: Lexicons, reader: Reader | None = None) -> list[Official]:
    segments = segment(text, with_engine=reader)
    setting = find_setting(segments, Metadata(place="江苏省苏州市相城区"), lexicons)
    witness = call_witness(segments) if reader else None
    return list(separate_issues(extract_officials(segments, setting, lexicons, witness))[0])


def show(officials: Sequence[Official]) -> list[str]:
    return [f"{official.text} {official.rule}" for official in officials]


@pytest.mark.parametrize(
    ("text", "persons", "added"),
    [
        # a surname that no list has, after a title
        ("区教育局局长扁素问汇报情况。", ["扁素问"], ["扁素问 officials.title_before+hanlp"]),
        # inside and at the end of a list
        (
            "区领导缪京、扁素问、觅山出席会议。",
            ["缪京", "扁素问", "觅山"],
            [
                "缪京 officials.title_before",
                "扁素问 officials.title_before+hanlp",
                "觅山 officials.title_before+hanlp",
            ],
        ),
        # foreign names
        (
            "乌兹别克斯坦总统米尔济约耶夫与中方会谈。",
            ["米尔济约耶夫"],
            ["米尔济约耶夫 officials.title_before+hanlp"],
        ),
        ("俄罗斯总统普京抵达北京。", ["普京"], ["普京 officials.title_before"]),
        (
            "乌兹别克斯坦总统米尔济约耶夫抵达北京。",
            [],
            [],
        ),
        # 同志 behind the name
        ("会议悼念觅山川同志。", ["觅山川"], ["觅山川 officials.comrade+hanlp"]),
        # the later mention rests on the same evidence
        (
            "区教育局局长扁素问汇报情况。会后，扁素问出席座谈。",
            ["扁素问"],
            ["扁素问 officials.title_before+hanlp", "扁素问 officials.verb+hanlp"],
        ),
    ],
)
def test_persons_add_rows_where_the_codebook_counts_them(
    text: str, persons: list[str], added: list[str], lexicons: Lexicons
) -> None:
    assert show(extract(text, lexicons, Reader(persons=persons))) == added


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("市民扁素问说，生活好了。", ["扁素问"]),
        ("扁素问参加了义务劳动的消息传开。", []),
        ("区委书记作了讲话。", ["作了"]),
        ("坚持高水平发展。", ["高水平"]),
        ("扁素问思想受到批评。", ["扁素问"]),
        ("（记者 扁素问）", ["扁素问"]),
        ("区领导参加觅书记调研。", ["觅书记"]),
    ],
)
def test_a_person_alone_is_no_official(text: str, persons: list[str], lexicons: Lexicons) -> None:
    assert extract(text, lexicons, Reader(persons=persons)) == extract(text, lexicons)


def test_a_name_that_words_alone_spoke_for_is_confirmed_or_refused(lexicons: Lexicons) -> None:
    text = "区委书记沈志栋饱含深情。会后，沈志栋离开。"
    alone = extract(text, lexicons)
    assert [row.rule for row in alone] == ["officials.title_before+jieba", "officials.bare+jieba"]
    agreed = extract(text, lexicons, Reader(persons=["沈志栋"]))
    assert [row.rule for row in agreed] == ["officials.title_before+hanlp", "officials.bare+hanlp"]
    assert extract(text, lexicons, Reader()) == []


def test_a_sure_end_stands_against_the_engine(lexicons: Lexicons) -> None:
    text = "区委书记沈志栋出席会议。"
    for persons in ([], ["沈志"], ["沈志栋"]):
        assert show(extract(text, lexicons, Reader(persons=persons))) == [
            "沈志栋 officials.title_before"
        ]


def test_an_organisation_names_the_organ_of_a_title_no_rule_knows(lexicons: Lexicons) -> None:
    text = "博鳌亚洲论坛秘书长缪京出席会议。"
    (alone,) = extract(text, lexicons)
    (read,) = extract(text, lexicons, Reader(bodies=["博鳌亚洲论坛"]))
    assert (alone.organisation, alone.rule) == ("", "officials.title_before")
    assert (read.organisation, read.rule) == ("博鳌亚洲论坛", "officials.title_before+hanlp")
    (known,) = extract("区委书记缪京出席会议。", lexicons, Reader(bodies=["区委"]))
    assert known.organisation == "中国共产党苏州市相城区委员会"


def test_an_engine_that_reads_no_names_is_no_witness() -> None:
    assert call_witness(segment("区长缪京")) is None
    called = call_witness(segment("区长缪京", with_engine=Reader(persons=["缪京"])))
    assert called == Witness("hanlp", {2: 4}, frozenset())


@pytest.mark.parametrize(
    ("text", "modality", "action", "predicates", "expected"),
    [
        ("要擘画蓝图", "要", "", [0, 1], "擘画 directive.modal+hanlp"),
        ("要擘画蓝图", "要", "擘", [0, 1], "擘 directive.modal"),
        ("要擘画蓝图", "要", "", [0], " directive.modal"),
        ("要擘画蓝图", "要", "", [9], " directive.modal"),
        ("擘画蓝图", "", "", [0], "擘画 directive.modal+hanlp"),
    ],
)
def test_a_predicate_names_an_action_no_list_has(
    text: str, modality: str, action: str, predicates: list[int], expected: str
) -> None:
    row = fill(
        Directive,
        start=10,
        end=10 + len(text),
        text=text,
        modality=modality,
        action=action,
        rule="directive.modal",
    )
    tokens = tuple(Token(10 + at, 12 + at, text[at : at + 2], "VV") for at in range(len(text)))
    analysis = Analysis(tokens, (), tuple(10 + at for at in predicates), source="hanlp")
    (read,) = read_actions([row], analysis)
    assert f"{read.action} {read.rule}" == expected
    assert (read.start, read.end, read.force) == (row.start, row.end, row.force)


def test_directives_rest_on_rules_alone(lexicons: Lexicons) -> None:
    """A speaker only an engine knows would govern a clause and so make a row of it."""
    text = "区教育局局长扁素问汇报情况。随后，扁素问要求，抓紧整改问题，要守住底线。"
    source = Source("甲", "甲.txt", "", "utf-8", text, Metadata(place="江苏省苏州市相城区"))
    engines = (open_engine("jieba"), Reader(persons=["扁素问"]))
    ours, theirs = (process_document(source, lexicons, engine) for engine in engines)
    assert ours.directives == theirs.directives
    assert ours.slogans == theirs.slogans
    assert ours.plenums == theirs.plenums
    assert ours.officials != theirs.officials
