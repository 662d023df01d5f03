"""Fonts: one that has Chinese characters, so that no picture shows boxes.

Takes a path or nothing, gives the file of a font with 党 and 國: the one that comes with the extra
``[plots]``, else one of the system's (Noto, Source Han, WenQuanYi, Microsoft YaHei, PingFang …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib.font_manager import findSystemFonts, get_font

# The package of fonts among the dependencies of [plots]; its font is the same on every machine.
_PACKAGE, _PACKAGED_FONT = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
# Names of files, the best first; ordinary, not bold, and with the mainland's forms of characters.
_PREFERRED_PATTERNS = tuple(
    re.compile(name, re.IGNORECASE)
    for name in (
        r"noto-?sans-?(?:cjk-?)?sc.*regular|sourcehansans(?:sc|cn).*regular",
        r"noto-?sans-?cjk.*regular|notosanssc|sourcehansans",
        r"wqy|msyh\.|pingfang|hiragino sans gb|stheiti light|simhei|droidsansfallback",
        r"noto-?serif-?(?:cjk|sc)|sourcehanserif|simsun|songti|fandol|lxgw|ukai|uming",
    )
)
_PROBE = "党國"
_REMEDY = (
    "no font with Chinese characters is installed; install one "
    "(Debian: apt install fonts-noto-cjk; any system: pip install 'communique-pipeline[plots]') "
    "or name a font file"
)


class FontError(ValueError):
    """No font with Chinese characters, or a file that is none."""


def find_chinese_font(given: Path | None = None) -> Path:
    """The file of a font with Chinese characters.

    Args:
        given: A font file to use; it is checked.

    Raises:
        FontError: If there is none.
    """
    if given is not None:
        if not has_chinese(given):
            raise FontError(f"{given} is no font with Chinese characters")
        return given
    return _find_installed()


@cache
def _find_installed() -> Path:
    """Found once: looking into every font of a system takes a second."""
    system = sorted(map(Path, findSystemFonts()))
    found = next(filter(has_chinese, (*_find_packaged(), *_rank(system))), None)
    if found is None:
        raise FontError(_REMEDY)
    return found


def _find_packaged() -> Iterator[Path]:
    spec = find_spec(_PACKAGE)
    for folder in (spec and spec.submodule_search_locations) or ():
        yield Path(folder) / _PACKAGED_FONT


def _rank(paths: Iterable[Path]) -> list[Path]:
    """Fonts known to be Chinese first, then all others, since a name may be unknown to us."""
    return sorted(paths, key=lambda path: _count_worse(path.name))


def _count_worse(name: str) -> int:
    found = (at for at, pattern in enumerate(_PREFERRED_PATTERNS) if pattern.search(name))
    return next(found, len(_PREFERRED_PATTERNS))


def has_chinese(path: Path) -> bool:
    """Whether a file is a font with simplified and traditional characters."""
    try:
        return all(get_font(path).get_char_index(ord(character)) for character in _PROBE)
    except (OSError, RuntimeError):  # what the library raises for a file it cannot read
        return False
