"""Scramble a clean text as the tools did whose pages survive: on the bytes of GBK.

Steps: simplified characters become traditional ones one by one; for each character of a site's
list, in the order of the list, its two bytes are replaced by themselves and a reading in brackets,
wherever they stand together; the bytes are read as GBK again, where a first half without a second
becomes one ``?`` and swallows what follows, and pairs of the user-defined area vanish; full-width
marks become half-width.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from opencc import OpenCC

# Left as they are by the conversion, because traditional text has them too.
LEFT_SIMPLIFIED = "于后并里系制只松周志布云斗征游余范占采筑干面么了卷表借升杰愿郁圣出困家向回吁杠"
OWN_FORMS = {"着": "著", "冲": "沖", "净": "凈", "为": "為", "众": "眾", "陕": "陜"}

# The characters that every list has, those of most lists, and those of the longest only.
FIRST = "發業態規創環聯續區產經關數"
FREQUENT = (
    "進實設動會強務堅農濟項現黨機點個長質對萬學領優穩級場義標統決護構結羣調戰監億導費醫時風積運"
    "協際擴轉鄉權極辦嚴準內問眾劃險營臺應員達礎爭兩習計軍專鎮勢綜試貿線確財養網綠術斷廣園興團職"
    "難貫層縣紀繼預節價責帶組維籌條議變驗減徹補別處東復備療緊觀氣執種單稅讓舉戶屆衛圍貧認傳奮揮"
    "識車隊顯鏈當歷頭邊華藥審災門檢勵須糧織裝債蓋視鐵參雙鞏負書報約敗適額給擔偉獲貨較還兒勞鍵據"
    "競績踐爾無評壓證貸滿見壯連畝銀選舊響違寧針則絡遠潔榮輪終貼紅脫灣順賽臨噸購儲諧熱幣勝幫馬階"
    "師遺謀礦話"
)
LAST = "國來開過類為體從與間這將們題電論總資記"


@dataclass(frozen=True)
class Site:
    """How one site scrambles: its list of characters with their readings, and its habits."""

    readings: Mapping[str, str]
    half_width: bool = True
    cut: float = 0.0  # share of full stops before a misread mark that lose their first half
    shown: bool = True  # whether ? stands for it


def make_site(rng: random.Random, size: int, cut: float = 0.0) -> Site:
    """A site that glosses the first ``size`` characters of the common list."""
    readings = {char: rng.choice(list_readings(char)) for char in _common_list()[:size]}
    order = list(readings)
    rng.shuffle(order)
    ordered = {char: readings[char] for char in order}
    return Site(ordered, rng.random() < 0.8, cut, shown=rng.random() < 0.7)


def make_harsh_site(text: str, rng: random.Random, size: int, rate: float) -> Site:
    """A site whose list is extended until ``rate`` places of 1,000 characters of a text break."""
    site = make_site(rng, size, cut=0.03)
    broken = Counter(_list_misread(text))
    left = rate * len(text) / 1000 - sum(broken[char] for char in site.readings)
    added = sorted(broken.keys() - site.readings.keys())
    rng.shuffle(added)
    readings = dict(site.readings)
    for char in added:
        if left > 0 and list_readings(char):
            readings[char] = rng.choice(list_readings(char))
            left -= broken[char]
    order = list(readings)
    rng.shuffle(order)
    return replace(site, readings={char: readings[char] for char in order})


def _list_misread(text: str) -> Iterator[str]:
    """Converted characters that two halves make that stand together by chance."""
    codes = [char.encode("gbk", "replace") for char in convert_text(text)]
    for before, after in pairwise(codes):
        char = (before[1:] + after[:1]).decode("gbk", "ignore")
        if char and char in _converted():
            yield char


@cache
def _converted() -> frozenset[str]:
    return frozenset(convert_all().values())


@cache
def _common_list() -> list[str]:
    middle = [char for char in convert_all().values() if char not in FIRST + LAST]
    middle = [char for char in middle if list_readings(char)]
    frequent = [char for char in middle if char in FREQUENT]
    rare = [char for char in middle if char not in FREQUENT]
    return [*FIRST, *frequent, *LAST, *rare]


@cache
def convert_all() -> dict[str, str]:
    """Simplified characters and what they are converted to."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    chars = (pair.decode("gb2312", "ignore") for pair in pairs)
    simple = [char for char in chars if char and char not in LEFT_SIMPLIFIED]
    written = OpenCC("s2t").convert("\n".join(simple)).split("\n")
    forms = zip(simple, written, strict=True)
    return {a: b for a, b in forms if a != b and len(b.encode("gbk", "ignore")) == 2} | OWN_FORMS


def list_readings(char: str) -> list[str]:
    """The toned readings of a character."""
    return _all_readings()[char]


@cache
def _all_readings() -> dict[str, list[str]]:
    lines = files("pipeline.normalise").joinpath("pinyin.txt").read_text("utf-8").splitlines()[1:]
    readings: defaultdict[str, list[str]] = defaultdict(list)
    for reading, chars in (line.split(" ") for line in lines):
        for char in chars if not reading.encode("gbk", "ignore").isascii() else "":
            readings[char].append(reading)
    return readings


def convert_text(text: str) -> str:
    """Simplified to traditional, one by one."""
    return text.translate({ord(simple): form for simple, form in convert_all().items()})


def scramble_text(text: str, site: Site, rng: random.Random) -> str:
    """What a collector finds of a clean text on this site."""
    code = convert_text(text).encode("gbk", "replace")
    for char, reading in site.readings.items():
        pair = char.encode("gbk")
        code = code.replace(pair, pair + f"({reading})".encode("gbk"))
    if site.cut:
        code = _cut_stops(code, site, rng)
    read = "".join(read_shifted(code))
    return read.translate(HALF_WIDTH) if site.half_width else read


def shows_tool(text: str, site: Site) -> bool:
    """Whether two characters of the list occur: one alone is taken for an author's."""
    return len(site.readings.keys() & set(convert_text(text))) > 1


def gloss_text(text: str, site: Site) -> str:
    """The same where the tool never loses its place: a reading after each listed character."""
    glossed = "".join(
        f"{char}({site.readings[char]})" if char in site.readings else char
        for char in convert_text(text)
    )
    return glossed.translate(HALF_WIDTH) if site.half_width else glossed


def _cut_stops(code: bytes, site: Site, rng: random.Random) -> bytes:
    """Lose the first half of some full stops that are followed by what makes a mark (A3A1: ！)."""
    first, *others = code.split(b"\xa1\xa3")
    cut = b"?\xa3" if site.shown else b"\xa3"
    pieces = [first]
    for other in others:
        lost = other[:1] in (b"\xa1", b"\xbb", b"\xba") and rng.random() < site.cut
        pieces += cut if lost else b"\xa1\xa3", other
    return b"".join(pieces)


def read_shifted(code: bytes) -> Iterator[str]:
    """Read bytes as GBK the way the tools did."""
    at = 0
    while at < len(code):
        if code[at] < 0x80:
            yield chr(code[at])
            at += 1
            continue
        if code[at] == 0x80 and code[at + 1 : at + 2] >= b"@":
            yield "€"
            at += 1
            continue
        pair = code[at : at + 2]
        at += 2
        if len(pair) < 2 or pair[1] < 0x40 or pair[1] in (0x7F, 0xFF) or pair[0] in (0x80, 0xFF):
            yield "?"
            continue
        yield pair.decode("gbk", "ignore")[:1]


HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
