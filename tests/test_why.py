"""The registers of rules and reasons, each entry by its example, and what ``pipeline why`` says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.flow import process_text
from pipeline.ingest.source import Metadata
from pipeline.lexicons import Lexicons
from pipeline.reading import load
from pipeline.segment.engines import open_engine
from pipeline.spans import Span
from pipeline.why.gaps import Gap, ask, find_gaps
from pipeline.why.register import Meaning, explain_rule, read_reasons, read_rules

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline"
RULE_PATTERN = re.compile(r'"((?:directive|officials|plenum)\.[a-z_]+)"')
REASON_PATTERN = re.compile(
    r'"((?:modal|bare|statement|frame|ground|quiet|slogan|official|plenum|instrument)\.[a-z_]+)"'
)
GULOU = "gulou-2024-08-09"


def find_literals(pattern: re.Pattern[str], *folders: str) -> set[str]:
    """Every id of a shape that the code names."""
    files = [path for folder in folders for path in PACKAGE.glob(folder)]
    return {name for path in files for name in pattern.findall(path.read_text("utf-8"))}


def gaps_of(marked: str, table: str, lexicons: Lexicons) -> list[Gap]:
    """The gaps of the passage marked with 【】."""
    start, end = marked.index("【"), marked.index("】") - 1
    text = marked.replace("【", "").replace("】", "")
    question = ask(text, Span(start, end), Metadata(), lexicons, open_engine("jieba"))
    return find_gaps(question, table)


@pytest.mark.parametrize("rule", read_rules().values(), ids=lambda rule: rule.id)
def test_each_rule_makes_the_row_of_its_example(rule: Meaning) -> None:
    result = process_text(rule.example.replace("\\n", "\n"))
    rules = {row.rule.partition("+")[0] for row in getattr(result, rule.table)}
    assert rule.id in rules or any(name.startswith(f"{rule.id}.") for name in rules)


@pytest.mark.parametrize("reason", read_reasons().values(), ids=lambda reason: reason.id)
def test_each_reason_explains_its_example(reason: Meaning, lexicons: Lexicons) -> None:
    marked = reason.example.replace("\\n", "\n")
    gaps = gaps_of(marked, reason.table, lexicons)
    assert reason.id in {gap.reason for gap in gaps}


@pytest.mark.parametrize("reason", read_reasons().values(), ids=lambda reason: reason.id)
def test_where_a_reason_speaks_there_is_no_row(reason: Meaning) -> None:
    marked = reason.example.replace("\\n", "\n")
    start, end = marked.index("【"), marked.index("】") - 1
    result = process_text(marked.replace("【", "").replace("】", ""))
    rows = [row for row in getattr(result, reason.table) if row.start < end and start < row.end]
    # A longer formulation may stand where the one asked about makes no row.
    assert not rows or reason.id == "slogan.longer"


def test_every_rule_of_the_code_is_in_the_register_and_no_other() -> None:
    found = find_literals(RULE_PATTERN, "extract/**/*.py")
    listed = {rule for rule in read_rules() if not rule.startswith(("slogan", "instrument."))}
    assert found == listed


def test_every_reason_of_the_code_is_in_the_register_and_no_other() -> None:
    named = find_literals(REASON_PATTERN, "why/gaps.py", "tag/*.py", "extract/directives/*.py")
    assert named == set(read_reasons())


@pytest.mark.parametrize("meaning", [*read_rules().values(), *read_reasons().values()])
def test_each_is_told_in_both_languages(meaning: Meaning) -> None:
    assert meaning.table in {"slogans", "directives", "officials", "plenums", "instruments"}
    assert re.search("[a-z]", meaning.english)
    assert re.search("[一-鿿]", meaning.chinese)
    assert meaning.english.count("{words}") <= 1


def test_a_slogan_is_explained_by_its_entry_and_an_engine_is_named() -> None:
    assert explain_rule("slogan.liang-ge-que-li").startswith("A listed formulation")
    assert explain_rule("officials.title_before+jieba").endswith("The words of jieba decided.")
    assert explain_rule("nothing.known") == "This version does not know the rule."


def test_every_clause_without_a_directive_has_a_reason(shared: Path, lexicons: Lexicons) -> None:
    text = (shared / "seed" / "seed_clean.txt").read_text("utf-8")
    rows = process_text(text).directives
    question = ask(text, Span(0, len(text)), Metadata(), lexicons, open_engine("jieba"))
    gaps = find_gaps(question, "directives")
    assert len(gaps) > len(rows)
    assert {gap.reason for gap in gaps} <= set(read_reasons())
    assert not [gap for gap in gaps for row in rows if row.start < gap.end and gap.start < row.end]


def why(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["why", *words, "-d", str(folder)])


def test_without_a_span_every_rule_of_the_document_is_counted(sample_output: Path) -> None:
    tables = load(sample_output)
    rows = tables["directives"]
    count = int((rows["doc_id"].str.endswith(GULOU) & (rows["rule"] == "directive.modal")).sum())
    shown = why(sample_output, GULOU)
    assert shown.exit_code == 0
    assert re.search(rf"^ +{count} directive\.modal  A modal word", shown.output, re.MULTILINE)


def test_a_row_is_shown_with_its_rule_and_the_entries_it_rests_on(sample_output: Path) -> None:
    shown = why(sample_output, GULOU, "防汛隐患销号").output
    assert "【防汛隐患销号】" in shown
    assert "directive.modal: A modal word" in shown
    assert "务必: words/modals.csv, require" in shown
    assert "slogans: no row\n      slogan.absent: no listed formulation stands here" in shown


def test_the_meeting_and_the_slogan_of_a_passage_lead_to_their_entries(sample_output: Path) -> None:
    shown = why(sample_output, GULOU, "党的二十届二中").output
    assert "meetings.csv cc-20-2" in shown
    shown = why(sample_output, GULOU, "新时代中国特色社会主义思想").output
    assert "slogans.csv xi-jin-ping-xin-shi-dai-zhong-guo" in shown


def test_a_span_is_read_like_a_row_id_and_a_position_is_one_character(sample_output: Path) -> None:
    rows = load(sample_output)["directives"]
    row = rows[rows["doc_id"].str.endswith(GULOU)].iloc[0]
    assert f"【{row['text']}】" in why(sample_output, GULOU, row["row_id"]).output
    assert f"【{row['text'][0]}】" in why(sample_output, GULOU, str(row["start"])).output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((GULOU, "999999"), "is no stretch of the text, which ends at"),
        ((GULOU, "7-7"), "is no stretch"),
        ((GULOU, "没有的话"), "stands in no text"),
        (("nothing",), "there is no document 'nothing'"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    sample_output: Path, words: tuple[str, ...], said: str
) -> None:
    shown = why(sample_output, *words)
    assert shown.exit_code == 2
    assert said in shown.output


def test_other_lexicons_than_those_of_the_tables_are_told(
    sample_output: Path, tmp_path: Path
) -> None:
    (tmp_path / "slogans.csv").write_text("canonical\n一核两翼九翅\n", "utf-8")
    shown = why(sample_output, GULOU, "防汛", "--lexicons", str(tmp_path))
    assert "was made with other lexicons" in shown.output
    assert "was made with other lexicons" not in why(sample_output, GULOU, "防汛").output
