"""Names: the canonical name of a meeting, and the organ that met.

Takes what was resolved, gives names as the codebook lists them: plenum 5 of term 5 in
苏州市相城区 is 中国共产党苏州市相城区第五届委员会第五次全体会议. Known gap: mass organisations
and townships' annual party assemblies have no canonical form here.
"""

from __future__ import annotations

from pipeline.extract.plenums.references import Reference
from pipeline.numerals import spell_numeral

NATION = "全国"


def name_meeting(reference: Reference, place: str) -> str:
    """The canonical name, empty where a number it needs is unknown.

    Args:
        reference: The reference with its term completed.
        place: Name organs of the unit bear, 全国 for the nation.
    """
    if reference.kind == "two_sessions":
        return f"{place}两会"
    if reference.kind == "politburo":
        return f"中央政治局{reference.theme}会议"
    if reference.kind == "conference":
        is_whole = place == NATION or reference.rule != "plenum.conference"
        if is_whole:
            return reference.theme
        party = "中共" if reference.theme.startswith("委") else ""
        return party + place + reference.theme
    if reference.kind == "standing_committee":
        return _name_standing_committee(reference, place)
    if reference.term is None or (reference.session is None and reference.kind != "congress"):
        return ""
    return _name_numbered(reference, place, _spell(reference.term))


def _name_numbered(reference: Reference, place: str, term: str) -> str:
    session = f"第{_spell(reference.session)}次" if reference.session else ""
    is_national = place == NATION
    match reference.kind:
        case "plenum" if is_national:
            return f"中国共产党第{term}届中央委员会{session}全体会议"
        case "plenum":
            return f"中国共产党{place}第{term}届委员会{session}全体会议"
        case "discipline_plenum" if is_national:
            return f"中国共产党第{term}届中央纪律检查委员会{session}全体会议"
        case "discipline_plenum":
            return f"中国共产党{place}第{term}届纪律检查委员会{session}全体会议"
        case "congress":
            held = f"{session}会议" if session else ""
            before, after = ("", NATION) if is_national else (place, "")
            return f"中国共产党{before}第{term}次{after}代表大会{held}"
        case "peoples_congress" if is_national:
            return f"第{term}届全国人民代表大会{session}会议"
        case "peoples_congress":
            return f"{place}第{term}届人民代表大会{session}会议"
        case _ if is_national:
            return f"中国人民政治协商会议第{term}届全国委员会{session}会议"
        case _:
            return f"政协{place}第{term}届委员会{session}会议"


def _name_standing_committee(reference: Reference, place: str) -> str:
    """中国共产党陕西省委员会常务委员会2022年第21次会议, and of assemblies likewise."""
    term = f"第{_spell(reference.term)}届" if reference.term else ""
    body = name_body(reference, place, term)
    for form in ("委员长会议", "主任会议", "主席会议"):
        if form in reference.theme:
            return f"{body}第{_spell(reference.session)}次{form}" if term else ""
    if reference.year:
        return f"{body}{reference.year}年第{reference.session}次会议"
    if reference.session is None:
        return f"{body}会议"
    is_party = "人" not in reference.theme and "政" not in reference.theme
    return f"{body}第{_spell(reference.session)}次会议" if term or is_party else ""


def name_body(reference: Reference, place: str, term: str = "") -> str:
    """The organ that met, 中国共产党苏州市委员会; with its term inside where one is given."""
    is_national = place == NATION
    match reference.kind:
        case "plenum":
            return "中国共产党中央委员会" if is_national else f"中国共产党{place}委员会"
        case "congress":
            return f"中国共产党{place}代表大会"
        case "discipline_plenum":
            return f"中国共产党{'中央' if is_national else place}纪律检查委员会"
        case "peoples_congress":
            return f"{place}人民代表大会"
        case "cppcc":
            return f"中国人民政治协商会议{place}委员会"
        case "politburo":
            return f"中共中央政治局{'常务委员会' if reference.theme else ''}"
        case "standing_committee":
            return _name_standing_body(reference, place, term)
        case "conference":
            return _name_host(reference, place)
        case _:
            return ""


def _name_standing_body(reference: Reference, place: str, term: str) -> str:
    is_national = place == NATION
    if (
        "人大" in reference.theme
        or "人民代表大会" in reference.theme
        or "委员长" in reference.theme
    ):
        before = f"{term}全国" if is_national else f"{place}{term}"
        return f"{before}人民代表大会常务委员会"
    if "政" in reference.theme:
        if is_national:
            return f"中国人民政治协商会议{term}全国委员会常务委员会"
        return f"政协{place}{term}委员会常务委员会"
    return f"中国共产党{place}{term}委员会常务委员会"


# Who calls a conference, by how its theme begins: of the nation, and of a unit by its full name.
_NATIONAL_HOSTS = (("国务院", "国务院"), ("全国检察长", "最高人民检察院"))
_HOSTS = (
    ("委", "中国共产党{}委员会"),
    ("党委", "中国共产党{}委员会"),
    ("检察长", "{}人民检察院"),
    ("政府", "{}人民政府"),
)


def _name_host(reference: Reference, place: str) -> str:
    """Who called a conference: of 县委经济工作会议 the committee, of 全县教育工作会议 nobody."""
    hosts = _NATIONAL_HOSTS if place == NATION else _HOSTS
    named = (host.format(place) for word, host in hosts if reference.theme.startswith(word))
    return next(named, "")


def _spell(number: int | None) -> str:
    """十三, 二十一."""
    return spell_numeral(number or 0)
