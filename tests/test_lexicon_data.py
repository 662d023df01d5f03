"""The lexicons that come with the program: are they whole, and does every entry do its work?"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from building import segment

from pipeline import process_text
from pipeline.extract.plenums import extract_plenums
from pipeline.lexicons import Lexicons, Meeting, Place, Slogan, check_lexicons
from pipeline.lexicons.partial_dates import find_last_day
from pipeline.lexicons.spelling import surface_of
from pipeline.records import Plenum, SloganUse
from pipeline.registries.meetings import load_meetings
from pipeline.registries.people import load_people
from pipeline.registries.places import load_gazetteer
from pipeline.setting import Setting
from pipeline.tag import tag_slogans


def test_every_rule_holds() -> None:
    assert check_lexicons(thorough=True) == ()


def test_counts(lexicons: Lexicons) -> None:
    assert len(lexicons.slogans) >= 8_000
    assert len(lexicons.meetings) >= 660
    current = Counter(place.level for place in lexicons.places if not place.valid_to)
    assert current["province"] == 34
    assert current["prefecture"] == 333
    assert 2_840 <= current["county"] <= 2_860
    assert sum(bool(place.valid_to) for place in lexicons.places) >= 1_600
    assert current["special"] >= 290


def test_provinces_have_slogans_of_their_own(lexicons: Lexicons) -> None:
    own = Counter(slogan.place[:2] for slogan in lexicons.slogans if slogan.place)
    provinces = {place.adcode[:2] for place in lexicons.places if place.level == "province"}
    assert sum(own[province] >= 12 for province in provinces) >= 31


def test_ids_are_unique(lexicons: Lexicons) -> None:
    for entries in (lexicons.slogans, lexicons.meetings, lexicons.people):
        ids = [entry.id for entry in entries]
        assert len(ids) == len(set(ids))


def test_names_lead_to_one_certain_meeting(lexicons: Lexicons) -> None:
    owners: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for meeting in lexicons.meetings:
        if meeting.certain == "yes":
            for name in (meeting.name, *meeting.short_names):
                owners[meeting.kind, name, _year(meeting)].add(meeting.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def _year(meeting: Meeting) -> str:
    """The year tells conferences of one name apart; other meetings need none."""
    return meeting.start_date[:4] if meeting.kind == "conference" else ""


def test_certain_meetings_are_dated(lexicons: Lexicons) -> None:
    assert [m.id for m in lexicons.meetings if m.certain == "yes" and not m.start_date] == []


def test_every_certain_national_meeting_is_found_by_its_names(
    lexicons: Lexicons, shared: Path
) -> None:
    """The full and the short name, in a document of the month after, lead to the entry."""
    known: dict[tuple[str, str, str], Meeting] = {
        (m.kind, m.name, _year(m)): m for m in lexicons.meetings
    }
    with (shared / "facts" / "plenums.csv").open(encoding="utf-8-sig") as stream:
        rows = [row for row in csv.DictReader(stream) if row["certain"] == "yes"]
    assert len(rows) > 200
    for row in rows:
        name, kind = row["full_name"].partition("（")[0], FACT_KINDS[row["kind"]]
        year = row["start_date"][:4] if kind == "conference" else ""
        meeting = known[kind, name, year]
        for printed in (name, row["short_name"]):
            assert _find_meetings(printed, meeting, lexicons) == [meeting.id], printed


FACT_KINDS = {
    "party_congress": "congress",
    "party_conference": "conference",
    "cc_plenum": "plenum",
    "ccdi_plenum": "discipline_plenum",
    "npc_session": "peoples_congress",
    "cppcc_session": "cppcc",
    "national_work_conference": "conference",
}


def _find_meetings(printed: str, meeting: Meeting, lexicons: Lexicons) -> list[str]:
    """The entries a sentence with a name leads to, a month after the meeting."""
    after = find_last_day(meeting.end_date or meeting.start_date) + timedelta(days=30)
    setting = replace(NOWHERE, published=after.isoformat(), date=after)
    rows = extract_plenums(segment(f"传达{printed}精神。"), setting, lexicons)
    return [row.meeting_id for row in rows if isinstance(row, Plenum)]


def test_provincial_meetings_are_found_by_their_names(lexicons: Lexicons) -> None:
    """And the names are those the rules of naming make."""
    for meeting in lexicons.meetings:
        if meeting.place:
            for name in (meeting.name, *meeting.short_names):
                assert _find_meetings(name, meeting, lexicons) == [meeting.id], name


def test_provinces_have_their_terms(lexicons: Lexicons) -> None:
    registry = load_meetings(lexicons)
    provinces = [p for p in lexicons.places if p.level == "province" and p.adcode < "700000"]
    for place in provinces:
        assert len(registry.list_terms("congress", place.adcode)) == 3
        for kind in ("peoples_congress", "cppcc"):
            terms = registry.list_terms(kind, place.adcode)
            assert [start[:4] for _, start in sorted(terms.items())] == TERM_YEARS


TERM_YEARS = ["2008", "2013", "2018", "2023"]


def test_posts_follow_without_overlap(lexicons: Lexicons) -> None:
    """All posts are one person's at a time, but for the seat in a committee."""
    people = load_people(lexicons)
    shared = {post.title for post in lexicons.posts} - people.titles_alone
    assert shared == {"中央政治局常委"}


def test_titles_of_posts_belong_to_one_organ(lexicons: Lexicons) -> None:
    organs: dict[str, set[str]] = defaultdict(set)
    for post in lexicons.posts:
        for title in (post.title, *post.short_titles):
            organs[title].add(post.organisation)
    assert {title: found for title, found in organs.items() if len(found) > 1} == {}


@pytest.fixture(scope="module")
def carried(lexicons: Lexicons) -> dict[str, list[SloganUse]]:
    """What the whole pipeline finds where each spelling stands in a paragraph of its own."""
    uses: dict[str, list[SloganUse]] = {
        wording: []
        for slogan in lexicons.slogans
        if "idiom" not in slogan.flags
        for wording in _list_wordings(slogan)
    }
    wordings = list(uses)
    for at in range(0, len(wordings), CARRIERS):
        told = wordings[at : at + CARRIERS]
        result = process_text("\n".join(map(_carry, told)))
        for use in result.slogans:
            uses[told[result.text.count("\n", 0, use.start)]].append(use)
    return uses


CARRIERS = 200
NOWHERE = Setting(
    title="",
    headline=None,
    published="",
    event_date="",
    date=None,
    place=None,
    byline=(),
    byline_spans=(),
    issues=(),
)


def _list_wordings(slogan: Slogan) -> list[str]:
    """Its spellings, the slot of a template filled with a place."""
    spellings = (surface_of(slogan.canonical), *slogan.variants)
    place = "苏州" if "template" in slogan.flags else "X"
    return [spelling.replace("X", place, 1) for spelling in spellings]


def _carry(wording: str) -> str:
    return f"会上提出了{wording if wording[0] == '“' else f'“{wording}”'}的说法。"


def test_every_spelling_is_found(lexicons: Lexicons, carried: dict[str, list[SloganUse]]) -> None:
    """Does every spelling work, and for its own entry where place is no matter?"""
    for slogan in lexicons.slogans:
        if "idiom" in slogan.flags:
            continue
        for wording in _list_wordings(slogan):
            (use,) = carried[wording]
            assert _strip(use.text) == _strip(wording)
            if "ambiguous" not in slogan.flags:
                assert use.slogan_id == slogan.id


def _strip(text: str) -> str:
    return text.strip("“”")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("奋力谱写中国式现代化相城新实践", "中国式现代化X新实践"),
        ("建设更高水平的美丽江苏", "美丽X"),
        ("加快建设社会主义文化强区", "文化强省"),
        ("推进数字江苏建设", "数字X"),
        ("讲好苏州故事", "讲好X故事"),
    ],
)
def test_templates(lexicons: Lexicons, text: str, canonical: str) -> None:
    assert [use.canonical for use in tag_slogans(segment(text), NOWHERE, lexicons)] == [canonical]


@pytest.mark.parametrize(
    ("adcode", "text", "canonical"),
    [
        ("320507", "落实“四个新”重大任务", "四个新（江苏）"),
        ("450100", "落实“四个新”要求", "四个新（广西）"),
        ("320507", "推进“双中心”建设", "双中心（相城）"),
        ("410100", "推进“双中心”建设", "双中心"),
        ("610100", "发展“三个经济”", "三个经济（陕西）"),
    ],
)
def test_place_decides(lexicons: Lexicons, adcode: str, text: str, canonical: str) -> None:
    place = load_gazetteer(lexicons)[adcode]
    (use,) = tag_slogans(segment(text), replace(NOWHERE, place=place), lexicons)
    assert use.canonical == canonical


# A shorter or longer wording in use beside another is an entry of its own.
@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("实施乡村振兴战略", "乡村振兴战略"),
        ("推进乡村振兴", "乡村振兴"),
        ("扎实推进乡村全面振兴", "乡村全面振兴"),
        ("坚持稳中求进", "稳中求进"),
        ("坚持稳中求进工作总基调", "稳中求进工作总基调"),
        ("推动共建“一带一路”走深走实", "共建一带一路"),
        ("“一带一路”沿线国家", "一带一路"),
        ("增强群众获得感", "获得感"),
        ("让群众的获得感、幸福感、安全感更加充实", "获得感、幸福感、安全感"),
        ("加大统筹城乡发展力度", "统筹城乡发展"),
        ("杜绝“形象工程”", "形象工程"),
        ("走中国特色社会主义道路", "中国特色社会主义道路"),
        ("坚持问计于民，问需于民", "问计于民、问需于民"),
        ("为担当者担当、为负责者负责", "为担当者担当、为负责者负责"),
        ("一体推进不敢腐、不能腐、不想腐", "不敢腐、不能腐、不想腐"),
        ("保持宏观政策连续性、稳定性、可持续性", "连续性、稳定性、可持续性"),
        ("强化就业优先政策", "就业优先"),
        ("完善上下贯通、执行有力的组织体系", "上下贯通、执行有力"),
        ("统筹国内经济工作和国际经贸斗争", "统筹国内经济工作和国际经贸斗争"),
    ],
)
def test_wordings(lexicons: Lexicons, text: str, canonical: str) -> None:
    assert [use.canonical for use in tag_slogans(segment(text), NOWHERE, lexicons)] == [canonical]


def test_canonical_forms_are_without_quotation_marks(lexicons: Lexicons) -> None:
    marked = [slogan.id for slogan in lexicons.slogans if set("“”‘’") & set(slogan.canonical)]
    assert marked == []


# Words that contain a slogan, topics of policy, and formulas that count in quotation marks alone.
@pytest.mark.parametrize(
    "text",
    [
        "第二大经济体",
        "他们是自己人",
        "坚持实事求是",
        "“十四五”时期",
        "三点两地一线",
        "我国进入新时代",
        "创新和开放",
        "全市土特产展销",
        "两高一低项目",
        "三个必须说明的问题",
        "形象工程的设计",
        "提高政府公信力和执行力",
        "单边主义、保护主义明显上升",
        "习近平总书记关于治水重要论述",
        "深化行政审批制度改革",
        "靠前指挥、立行立改",
        "打出一张白名单",
        "严禁说情打招呼、拉票贿选",
        "中国特色社会主义行政体制",
    ],
)
def test_no_slogan(lexicons: Lexicons, text: str) -> None:
    assert [use.text for use in tag_slogans(segment(text), NOWHERE, lexicons)] == []


def test_levels_agree_with_places(lexicons: Lexicons) -> None:
    levels = {"prefecture": "city", "province": "province", "county": "county"}
    by_adcode: dict[str, Place] = {place.adcode: place for place in lexicons.places}
    wrong = [slogan.id for slogan in lexicons.slogans if _differs(slogan, by_adcode, levels)]
    assert wrong == []


def _differs(slogan: Slogan, by_adcode: dict[str, Place], levels: dict[str, str]) -> bool:
    if not slogan.place:
        return False
    return levels[by_adcode[slogan.place].level] != slogan.level
