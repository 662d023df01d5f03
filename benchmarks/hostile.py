"""Texts that patterns stumble over: one thing repeated, then another, alone or by chance.

Takes what to repeat and a length, gives a document such as 要要要要…, in which every pattern
that looks for 要 begins everywhere, or 《《《…》》》, in which every 《 has its end far away.
They are what :mod:`benchmarks.bench_linear` doubles.
"""

from __future__ import annotations

from random import Random

Parts = tuple[str, ...]

_BLANKS = (" ", "\u3000", "\t", "\n", "\u00e9")
_UNITS = tuple(
    """
要 第 、 ， 。 ； … · 《 》 《》 “ ” “” ( ) () （ ） （一） 1 一 A < <p> &amp;
习(x 习(xí) 習(xí) 入?yún)^ 的 书记 强调 全会 会议 第一 一是 十一届 市 省 县委
张 张三、 欧阳 区委书记张三、 8月1日 2023年 （记者张三） 全会强调，要 各级
各级党组织要 不得 严禁 会上 坚持 推进， 两个 四个“全面”、 中国共产党 委员会 了
不 和 党的 关于 《关于 审议通过《 号召 由 在 对 以 同志 主持会议 习近平 强调，
指出： 2023 第十 届 次
""".split()  # noqa: SIM905 - a list would take four pages
)
_HALVES = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"), ("习(x", ")"), ("第", "次全会"))


def list_units(combinations: int) -> dict[str, Parts]:
    """What to repeat, by name: units alone, one half after the other, all mixed, some by chance."""
    chance, units = Random(1), [*_BLANKS, *_UNITS]
    mixed = "".join(chance.sample(units * 4, k=len(units) * 4))
    listed = [*((unit,) for unit in units), *_HALVES, (mixed,)]
    for number in range(combinations):
        chosen = tuple(chance.choices(units, k=chance.randint(2, 4)))
        listed.append(chosen if number % 2 else ("".join(chosen),))
    return {_name_parts(parts): parts for parts in listed}


def _name_parts(parts: Parts) -> str:
    names = [part if part.isprintable() and part.strip() else ascii(part) for part in parts]
    return "…".join(name if len(name) < 40 else "all mixed" for name in names)


def repeat_parts(parts: Parts, size: int) -> str:
    r"""A document: a sentence that is one whatever follows, and each part over and over.

    >>> repeat_parts(("《", "》"), 6)
    '全会强调，要实干。\n《《《》》》'
    """
    length = size // len(parts)
    return "全会强调，要实干。\n" + "".join(
        (part * (length // len(part) + 1))[:length] for part in parts
    )
