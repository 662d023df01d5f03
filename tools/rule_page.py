"""The page of rules and reasons, from the registers that ``pipeline why`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.why.register import Meaning, read_reasons, read_rules

_WORDS = {
    "en": {
        "introduction": """\
# Rules and reasons

<!-- Written by tools/write_docs.py from pipeline/why/*.csv; `make docs` renews it. -->

Every row names the rule that made it in its column `rule`; for slogans that is the id of the
lexicon entry. `pipeline why DOC SPAN` tells the rules of a passage, the lexicon entries they rest
on, and for tables without a row there the reason. Each example below is tried by the tests.
""",
        "rules": "## Rules: why there is a row\n",
        "reasons": "## Reasons: why there is none\n",
        "rule_heading": ("rule", "table", "meaning", "example"),
        "reason_heading": ("reason", "table", "meaning", "example, the passage in 【】"),
        "words": "…",
    },
    "zh": {
        "introduction": """\
# 规则与缘由

<!-- 由 tools/write_docs.py 根据 pipeline/why/*.csv 生成；用 `make docs` 更新。 -->

每一行都在 `rule` 列注明产生它的规则；提法表中即词条编号。`pipeline why DOC SPAN` 说明
某段文字所涉规则、所据词条，以及某表在此无行的缘由。以下各例均由测试逐一验证。
""",
        "rules": "## 规则：为何有此行\n",
        "reasons": "## 缘由：为何没有\n",
        "rule_heading": ("规则", "表", "含义", "示例"),
        "reason_heading": ("缘由", "表", "含义", "示例（所问文字在【】内）"),
        "words": "……",
    },
}


def write_rule_page(language: str) -> str:
    """The whole page in one language, ``en`` or ``zh``."""
    words = _WORDS[language]
    lines = [
        *(words["introduction"], words["rules"]),
        *_table(read_rules().values(), words["rule_heading"], language),
        *("", words["reasons"]),
        *_table(read_reasons().values(), words["reason_heading"], language),
    ]
    return "\n".join(map(str, lines)) + "\n"


def _table(meanings: Iterable[Meaning], heading: Iterable[str], language: str) -> Iterator[str]:
    yield "| " + " | ".join(heading) + " |"
    yield "|---|---|---|---|"
    for one in meanings:
        meaning = one.english if language == "en" else one.chinese
        meaning = meaning.replace("{words}", str(_WORDS[language]["words"]))
        example = one.example.replace("\\n", " ⏎ ")
        yield f"| `{one.id}` | {one.table} | {meaning} | {example} |"
