"""Ends: how surely a person's name may end at a place, from what follows.

Takes a text and a position, gives a strength: before 作了讲话 ``HARD``, before 出席 ``STRONG``,
before 为 ``WEAK``, since a name may hold that character as well.
"""

from __future__ import annotations

import re

from pipeline.extract.officials.vocabulary import Vocabulary

# Strength of the evidence that a name ends here.
NOTHING, WEAK, HEAD, STRONG, HARD = range(5)

_HARD_PATTERN = re.compile(
    r"[、，。；：！？（）(《》”’」』【】…—\n 　]|同志|等(?!于|同|级|待)|$"
    r"|作(?:[^，。；“《]{0,8}《[^》\n]{1,60}》)?[^，。；“]{0,10}(?:讲话|报告|说明|发言|点评|部署|总结|动员|交流|辅导)|就《"
    # 李明|和副区长王强: a conjunction with a title behind it
    r"|(?:和|与|及|以及)(?=[^，。；、\n]{0,12}(?:书记|主任|[省市县区州镇乡局部厅处校院]长|主席|常委|委员|同志))"
)
_LAST_NAME_PATTERN = re.compile(
    r"(?:和|与|及|以及)(?P<name>[一-龥]{2,4}?)(?=[、，。；（]|出席|主持|列席|参加|陪同|同志|等)"
)
# 递补候补委员李响、帅在勇|为市委委员: a post that ends its clause; 刘剑|为先进个人颁奖.
_POST_PATTERN = re.compile(
    r"为[^，。；\n]{1,16}(?:颁奖|揭牌|揭幕|授牌|授旗|剪彩)|率(?=[^，。；\n]{0,16}[团组队])"
    r"|为(?=[^，。；、\n]{0,20}(?:委员|书记|主任|[省市县区州镇乡局部厅院]长|主席|常委|代表)(?:[，。；、\n]|$))"
)

# 王明|激动地说, 王书记|语重心长地说: how something is said, in two characters or four.
_MANNER_PATTERN = re.compile(
    r"(?:[一-龥]{2}|[一-龥]{4})地(?:说|讲|问|表示|指出|强调|告诉|勉励|叮嘱|嘱咐|回忆|介绍|回答)"
)

# 王明|三次来到: a numeral ends a name, where it is not part of it (汪四九).
_TIMES_PATTERN = re.compile("[一两二三四五六七八九十]{1,3}[次度番赴进访下上到名位人]")


def measure_end(text: str, end: int, vocabulary: Vocabulary) -> int:
    """How surely a name may end at ``end``."""
    if _HARD_PATTERN.match(text, end):
        return HARD
    if vocabulary.strong_pattern.match(text, end):
        return STRONG
    if _MANNER_PATTERN.match(text, end) or _precedes_last_name(text, end, vocabulary):
        return STRONG
    if _POST_PATTERN.match(text, end):
        return STRONG
    if vocabulary.weak_pattern.match(text, end) or _TIMES_PATTERN.match(text, end):
        return WEAK
    return NOTHING


def _precedes_last_name(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """于海洋|和秦岭出席: a conjunction and the last name of a list."""
    match = _LAST_NAME_PATTERN.match(text, end)
    return match is not None and vocabulary.surname_length(match["name"]) > 0
