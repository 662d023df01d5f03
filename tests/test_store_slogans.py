"""Changed slogans: only documents they stand in are done again, and nothing else comes out."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from press import (
    done_again,
    expect_fresh,
)

from pipeline.lexicons import LexiconError, load_lexicons
from pipeline.running.batch import run
from pipeline.running.recipe import Recipe

# The long form of the tests by chance: PIPELINE_SEEDS=50.
SEEDS = int(os.environ.get("PIPELINE_SEEDS", "2"))


FORMS = ["坚定拥护", "幸福圈", "三大光荣", "一核两翼", "要实干", "会议强调", "光荣", "弄虚作假"]


def write_slogans(folder: Path, rows: list[dict[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    header = (
        "id,canonical,variants,category,level,first_date,english,english_type,flags,notes,source"
    )
    rows = [{**row, "english_type": "own" if row.get("english") else ""} for row in rows]
    lines = [",".join(row.get(name, "") for name in header.split(",")) for row in rows]
    (folder / "slogans.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def make_slogan(chance: random.Random) -> dict[str, str]:
    form = chance.choice(FORMS)
    flags = chance.choice(["", "", "", "", "quoted", "idiom", "ambiguous", "template"])
    return {
        "canonical": f"X{form}" if flags == "template" and chance.random() < 0.3 else form,
        "variants": ";".join(chance.sample(FORMS, chance.randint(0, 2))),
        "category": chance.choice(["economy", "culture"]),
        "level": "central",
        "first_date": chance.choice(["", "2024"]),
        "english": chance.choice(["", "one"]),
        "flags": flags,
        "notes": chance.choice(["", "two"]),
        "source": "测试",
    }


def change_slogans(folder: Path, rows: dict[str, dict[str, str]], chance: random.Random) -> None:
    """Add, remove or edit a slogan, most often in one column alone, so that all are sound."""
    while True:
        changed = {name: dict(row) for name, row in rows.items()}
        name = f"own-{chance.randrange(6)}"
        new = {"id": name, **make_slogan(chance)}
        if name not in changed:
            changed[name] = new
        elif chance.random() < 0.1:
            del changed[name]
        else:
            column = chance.choice([*["category"] * 3, "first_date", "flags", "variants"])
            changed[name][column] = new[column]
        write_slogans(folder, list(changed.values()))
        try:
            load_lexicons(folder)
        except LexiconError:
            continue
        if changed != rows:
            rows.clear()
            rows.update(changed)
            return


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_slogans_give_what_a_run_from_the_start_gives(
    press: Path, tmp_path: Path, seed: int
) -> None:
    chance, rows = random.Random(seed), dict[str, dict[str, str]]()
    for step in range(6):
        own = tmp_path / str(step) / "lexicons"  # each its own folder: loaded ones are held
        own.parent.mkdir()
        for _ in range(2 if step else 15):
            change_slogans(own, rows, chance)
        run([press], tmp_path / "out", Recipe(lexicons=own))
        expect_fresh(press, tmp_path / "out", Recipe(lexicons=own))


@pytest.mark.parametrize(
    ("slogan", "touched"),
    [
        ({"canonical": "幸福圈"}, ["丁.jsonl#1"]),
        ({"canonical": "不见于此的提法"}, []),
        ({"canonical": "三大、光荣"}, ["乙.txt"]),
        ({"canonical": "幸福圈", "flags": "idiom"}, []),
    ],
    ids=["stands in one", "stands in none", "marks aside", "idiom"],
)
def test_a_slogan_touches_the_documents_it_stands_in(
    press: Path, tmp_path: Path, slogan: dict[str, str], touched: list[str]
) -> None:
    recipe = Recipe(lexicons=tmp_path / "own" / "lexicons")
    recipe.lexicons.parent.mkdir()  # type: ignore[union-attr]
    shared = {"category": "economy", "level": "central", "source": "测试"}
    run([press], tmp_path / "out")
    write_slogans(recipe.lexicons, [{"id": "own", **shared, **slogan}])  # type: ignore[arg-type]
    assert done_again(press, tmp_path / "out", recipe) == touched
    assert done_again(press, tmp_path / "out", recipe) == []


def test_notes_and_english_touch_nothing(press: Path, tmp_path: Path) -> None:
    for number, notes in enumerate(["", "other"]):
        own = tmp_path / str(number) / "lexicons"
        own.parent.mkdir()
        slogan = {"id": "own", "canonical": "幸福圈", "category": "economy", "level": "central"}
        write_slogans(
            own, [{**slogan, "english": f"one {notes}", "notes": notes, "source": "测试"}]
        )
        recipe = Recipe(lexicons=own)
        done = done_again(press, tmp_path / "out", recipe)
    assert done == []
    expect_fresh(press, tmp_path / "out", recipe)
