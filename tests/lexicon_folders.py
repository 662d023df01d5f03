"""Small folders of lexicons for the tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.lexicons import LexiconError, check_lexicons, find_lexicons

SLOGANS = "slogans.csv"
SLOGAN_HEADER = "id,canonical,variants,category,level,place,first_date,english,flags,source"
PLACES = """\
adcode,name,short_names,level,parent,valid_from,valid_to,source
100000,全国,,country,,,,测试
320000,江苏省,江苏,province,100000,,,测试
320500,苏州市,苏州,prefecture,320000,,,测试
"""
MEETINGS = """\
id,kind,name,body,term,session,start_date,end_date,certain,source
cc-20-3,plenum,中国共产党第二十届中央委员会第三次全体会议,中国共产党中央委员会,20,3,2024-07-15,2024-07-18,yes,测试
"""
PEOPLE = "id,name,source\nxi-jinping,习近平,测试\n"
POSTS = "person_id,title,organisation,start_date,end_date,source\n"


def make_base(folder: Path) -> Path:
    """A sound set of lexicons with one slogan, one meeting and three places."""
    shutil.copytree(find_lexicons() / "words", folder / "words")
    write(folder, SLOGANS, SLOGAN_HEADER, "liang-ge-que-li,两个确立,,ideology,central,,,,,测试")
    write(folder, "places.csv", PLACES)
    write(folder, "meetings.csv", MEETINGS)
    write(folder, "people.csv", PEOPLE)
    write(folder, "posts.csv", POSTS)
    return folder


def write(folder: Path, file: str, *lines: str) -> None:
    (folder / file).write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")


def refuse(base: Path, own: Path | None = None, *, thorough: bool = False) -> LexiconError:
    """The fault for which the lexicons are refused."""
    with pytest.raises(LexiconError) as caught:
        check_lexicons(own, base=base, thorough=thorough)
    return caught.value
