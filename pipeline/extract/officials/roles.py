"""Roles: what a person does, from the verbs of the sentence.

Takes a text and its mentions in order, gives the roles each predicate names: 区委书记沈志栋主持会议
并讲话 presides and speaks. Mentions with nothing but list marks between them share the predicate
of the last (A、B、C出席). What is said after a verb of speech, stands in quotation marks, or makes
a noun phrase (总书记考察时的重要讲话) names none. Known gap: a subject left out in later sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.officials.found import Found
from pipeline.extract.officials.mentions import INVERSION_PATTERN, Page
from pipeline.segment import Segments

# How far a verb before a list reaches: a hundred names.
_REACH = 400
_GAP_PATTERN = re.compile(r"(?:（[^（）\n]{1,24}）|同志|等|分别|[、，和与及 　]|以及){0,8}")
# Titles and names that were not recognised, before the verb that all share.
_EMPTY_PREDICATE_PATTERN = re.compile(r"[、，][^。；：的了着为将把对向是由在\n]{2,40}[、，]")
_QUOTE_PATTERN = re.compile(r"“[^”\n]{0,600}”?|「[^」\n]{0,600}」?|《[^》\n]{0,80}》")
# Where another subject takes over.
_SUBJECT_PATTERN = re.compile(
    r"[，；](?!并|代表(?!们))(?:全?会议?|大会|与会|会上|各|全[省市区县州旗镇厅]|大家|我们|他们|其他|来自|有关|相关"
    r"|代表们|双方|省|市|区|县"
    r"|[^，。；]{0,20}(?:书记|主任|主席|常委|[省市县区州旗镇乡局部厅院]长)"
    r"|[^，。；]{1,24}(?:负责人|负责同志|部门|单位|代表(?!团|大会)|委员|干部))"
)
_LONGEST_TITLE = 60
_NEXT_ACT_PATTERN = re.compile(
    r"的话说|，[^，。；：“”]{0,10}?(?:叮嘱|嘱咐|嘱托|勉励|告诉|要求|指出|强调|对[他她](?:们)?说)"
)
_CLAUSE_END_PATTERN = re.compile("[，。；]")
# Speech whose content follows.
_SPEECH_END_PATTERN = re.compile(
    r"(?:指出|强调|要求|表示|说|认为|希望|叮嘱|嘱托|勉励|号召|提出|谈到|寄语|指示|坦言|建议|反映|提醒|重申)[，：“「]"
)
# 的重要讲话, 考察时的, 关于治水的论述: a noun phrase, no act.
_NOUN_PHRASE_PATTERN = re.compile(
    r"(?:同志)?(?:系列|历次|一系列)?(?:重要)?"
    r"(?:关于|重要(?:讲话|指示|论述|批示|嘱托)|讲话精神|指示|批示|贺信|回信|关怀|关心|指引|亲切(?!交谈|会见|看望|慰问|握手|接见))"
    r"|(?:同志)?的(?:原?话|名言|诗|教导|叮嘱|嘱托)"
    r"|[^，。；]{0,24}(?:[时期]间?的|重要(?:讲话|指示|论述|要求)|重大要求|讲话精神|指示精神)"
)
_OWN_SPEECH_PATTERN = re.compile(r"发表|作出?了?(?:重要)?讲话|并讲话|讲话[，。]|指出|强调")
_GENITIVE_SPEECH_PATTERN = re.compile(
    r"(?:同志)?(?:(?:受|代表)[^，。]{2,16})?所?作的"
    r"(?:《|[一-龥]{0,8}(?:报告|介绍|汇报|发言|讲话|说明|致辞)(?!精神))"
)
_HEARD_PATTERN = re.compile(r"(?:听取|审议|讨论|通过)(?:和[审讨][议论])?了?$")
_HEARD_SPEECH_PATTERN = re.compile(r"[^，。；]{0,40}(?:作的《|报告|汇报|介绍|说明|发言|讲话|述职)")
# A report's author below its title: 区长 濮阳修远, then the address to the audience.
_SALUTATION_PATTERN = re.compile(r"\n(?:（[^（）\n]{1,30}）\n)?(?:各位代表|各位委员|同志们)")
# 主持召开会议，传达学习…: what the meeting does.
_AGENDA_PATTERN = re.compile(
    r"会议?，(?:会议)?(?:传达|学习|研究|部署|听取|审议|贯彻|讨论|总结|通报)"
)
# 徐守盛对|黄书记说: whom an act is addressed to.
_ADDRESSED_PATTERN = re.compile(r"[^，。；：\n的]{0,16}[对向给]")
# What is no act: 调研时强调 says when it was said, 表示慰问和哀悼 is neither speech nor a visit,
# 新当选人员 tells who they are.
_NO_ACT_PATTERN = re.compile(
    r"(?:调研|考察|走访|座谈|视察|检查|慰问|看望|督导|督查|察看|查看|巡查|暗访|督战|调度|指导)(?:[^，。；]{0,10})时"
    r"|表示[^，。；]{0,10}(?:慰问|哀悼|悼念)|新当选|留党察看|(?:反馈|报告|宣布)会"
)
# 习近平在…同|坦桑尼亚总统基奎特举行会谈: what follows names who was with them.
_COMPANION_PATTERN = re.compile(r"[^，。；：\n的]{0,16}[同与]")
# Constructions of more than a verb; single verbs are in the lexicon.
_CONSTRUCTIONS: Mapping[str, re.Pattern[str]] = {
    "presides": re.compile(r"主持(?![人词])|宣布[^，。；]{0,16}(?:开始|[开闭]幕|开会)"),
    "speaks": re.compile(
        r"作了?(?:[^，。；“《]{0,8}《〇*》)?[^，。；“]{0,10}(?:讲话|报告|发言|动员|部署|总结|点评|辅导|交流|致辞|讲授)"
        r"|发表了?[^，。；“]{0,8}讲话|并?讲了?话|讲了?[^，。；]{0,4}意见|提出?[^，。；“]{0,8}(?:要求|意见|建议)"
        r"|致[^，。；]{0,6}[辞词]|要求(?!的)|嘱托(?=[，“：])|(?:告诉[^，。；]{1,12}|说|认为|建议|反映|提醒|回忆)(?=[，：“。]|$)|就[^，。；]{1,24}提出"
        r"|^报告[^，。；]{2,40}(?:情况|工作)|^的(?:工作)?(?:报告|讲话|发言)[^，。；]{0,12}掌声"
        r"|谈了?[^，。；]{0,8}(?:体会|感受|看法|认识)|宣布(?![^，。；]{0,16}(?:开始|[开闭]幕|开会))|(?<!的)(?:汇报|通报|部署)(?!会)"
    ),
    "explains": re.compile(
        r"作了?(?:[^，。；]{0,6})说明|(?:就|对)[^。]{2,60}(?:作|进行)了?[^，。；]{0,4}说明"
    ),
    "attends": re.compile(
        r"参加(?!工作|[^，。]{1,8}(?:审议|讨论))|为[^，。]{0,16}揭牌"
        r"|深入[^，。]{0,12}(?:村|社区|企业|一线|基层|现场|镇|乡)"
        r"|[在到赴][^，。；的]{1,20}(?:考察|视察)(?![^，。；]{0,3}[时的])"
        r"|(?:登上|来到|步入)[^，。；的]{1,16}，[^，。；]{0,12}(?:了解|察看|查看|询问|听取)"
        r"|率[^，。；的]{0,16}(?:代表团|考察团|工作组)|座谈(?!会)|在座(?!谈)"
    ),
}
_INVERTED_ROLES = {
    "出席": "attends",
    "参加": "attends",
    "就座": "attends",
    "陪同": "attends",
    "列席": "observes",
    "主持": "presides",
}
_ORDER = (
    "presides",
    "speaks",
    "explains",
    "attends",
    "observes",
    "elected",
    "appointed",
    "dismissed",
)


def read_roles(segments: Segments, page: Page, mentions: Sequence[Found]) -> list[tuple[str, ...]]:
    """The roles of each mention, in order; ``mentioned`` where it has none."""
    predicates: list[set[str]] = []
    following: Found | None = None
    stop = 0
    for found in reversed(mentions):
        end = segments.sentences[segments.sentence_at(found.start)].end
        if following and _shares_predicate(page.text, found, following, end):
            predicates.append(predicates[-1])
        elif following and _ADDRESSED_PATTERN.fullmatch(page.text, found.tail, following.head):
            predicates.append(_read_acts(page, _blank_quotes(page.text[following.tail : stop])))
        else:
            stop = min(end, following.head) if following else end
            predicate = _read_predicate(page, found, stop)
            if following and following.head < end and _is_object(page, following.head):
                predicate |= _read_past(page, following, end)
            inherits = following and following.head < end and not predicate
            if inherits and _EMPTY_PREDICATE_PATTERN.fullmatch(page.text, found.tail, stop):
                predicate = predicates[-1]
            predicates.append(predicate)
        following = found
    return [
        _order_roles({*predicate, *found.roles, *_read_inversion(segments, found)})
        for found, predicate in zip(mentions, reversed(predicates), strict=True)
    ]


def _order_roles(roles: set[str]) -> tuple[str, ...]:
    return tuple(role for role in _ORDER if role in roles) or ("mentioned",)


def _shares_predicate(text: str, found: Found, following: Found, end: int) -> bool:
    """Whether nothing but list marks stands between two mentions of a sentence."""
    if following.head >= end:
        return False
    gap = (text, found.tail, following.head)
    return bool(_GAP_PATTERN.fullmatch(*gap) or _COMPANION_PATTERN.fullmatch(*gap))


def _read_predicate(page: Page, found: Found, stop: int) -> set[str]:
    """The roles that the text between a mention and the next gives."""
    predicate = _blank_quotes(page.text[found.tail : stop])
    if _SALUTATION_PATTERN.match(page.text, found.tail) and not found.roles:
        return {"speaks"}
    if _GENITIVE_SPEECH_PATTERN.match(predicate):
        return {"speaks"}
    if _HEARD_PATTERN.search(page.text, max(0, found.head - 6), found.head):
        return {"speaks"} if _HEARD_SPEECH_PATTERN.match(predicate) else set()
    if _is_object(page, found.head):
        return set()
    if _stands_in_title(page.text, found.start):
        return set()
    if predicate.startswith("《"):  # 习近平总书记《在…上的讲话》
        return set()
    if _NOUN_PHRASE_PATTERN.match(predicate) and not _speaks_first(predicate):
        return set()
    # 包钢当选副主席，|县总工会致贺词: behind a post that was read stands another subject.
    return _read_acts(page, predicate, 0 if found.roles else 1)


def _read_acts(page: Page, predicate: str, subject_from: int = 1) -> set[str]:
    """The roles that the verbs of a predicate give, up to where another subject may begin."""
    predicate = _cut_after_speech(_NO_ACT_PATTERN.sub("", predicate), subject_from)
    roles = {role for role, pattern in _CONSTRUCTIONS.items() if pattern.search(predicate)}
    verbs = page.names.vocabulary.verb_pattern.findall(predicate)
    return roles | {page.names.vocabulary.roles[verb] for verb in verbs} - {""}


def _stands_in_title(text: str, start: int) -> bool:
    """领学《|习近平|著作选读》: what follows is the rest of the title."""
    floor = max(0, start - _LONGEST_TITLE)
    return text.rfind("《", floor, start) > text.rfind("》", floor, start)


def _read_past(page: Page, following: Found, end: int) -> set[str]:
    """沈书记叫来县供销社主任蔡福根，叮嘱他…: what the subject does next to the one it acts on."""
    match = _NEXT_ACT_PATTERN.match(page.text, following.tail, end)
    return {"speaks"} if match else set()


def _speaks_first(predicate: str) -> bool:
    """Whether the first clause has a verb of speech: 发表重要讲话 is no noun phrase."""
    return bool(_OWN_SPEECH_PATTERN.search(_CLAUSE_END_PATTERN.split(predicate, 1)[0]))


def _blank_quotes(predicate: str) -> str:
    """What stands in quotation marks and 《》 is no act."""
    return _QUOTE_PATTERN.sub(_blank_quote, predicate)


def _blank_quote(match: re.Match[str]) -> str:
    quoted = match.group()
    return quoted[0] + "〇" * (len(quoted) - 2) + quoted[-1]


def _cut_after_speech(predicate: str, subject_from: int) -> str:
    """Leave out what is said, and what another subject does."""
    matches = (
        _SPEECH_END_PATTERN.search(predicate),
        _AGENDA_PATTERN.search(predicate),
        _SUBJECT_PATTERN.search(
            predicate, subject_from
        ),  # 秘书长李四，省教育厅负责同志参加: one predicate
    )
    # The verb of speech stays, and the mark after it, which shows that it is one.
    ends = [match.end() if match is matches[0] else match.start() + 1 for match in matches if match]
    return predicate[: min(ends, default=len(predicate))]


def _is_object(page: Page, position: int) -> bool:
    """Whether the word before ``position`` makes what follows an object or an attribute."""
    kinds = page.names.vocabulary.opener_kinds
    words = (page.text[max(0, position - length) : position] for length in (6, 5, 4, 3, 2, 1))
    return next((kinds[word] for word in words if word in kinds), "") == "object"


def _read_inversion(segments: Segments, found: Found) -> set[str]:
    """出席会议的领导有：张三、李四: the verb stands before the list."""
    sentence = segments.sentences[segments.sentence_at(found.start)]
    floor = max(sentence.start, found.head - _REACH)
    matches = list(INVERSION_PATTERN.finditer(segments.text, floor, found.head))
    return {_INVERTED_ROLES[matches[-1]["verb"]]} if matches else set()
