"""Large lexicons beside small ones: seconds to load, and how much slower they match.

Run ``python -m benchmarks.bench_lexicons``. Wordings are made up, so that none stands in the text
but by chance; the ratio is that of the whole tagging of the samples.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.ingest import Metadata, Source, list_files, read_file
from pipeline.lexicons import Lexicons, load_lexicons
from pipeline.normalise import normalise_text
from pipeline.segment import Segments, segment_text
from pipeline.segment.engines import open_engine
from pipeline.setting import Setting, find_setting
from pipeline.tag import tag_slogans

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "raw"
SIZES = (2_000, 50_000)
ROUNDS = 5


def main() -> None:
    """Print one line for each size."""
    texts = _read_texts(load_lexicons())
    characters = "".join(sorted(set("".join(segments.text for segments, _ in texts))))
    matching = []
    for size in SIZES:
        loading, tagging = _measure(texts, characters, size)
        matching.append(tagging)
        print(f"{size:7} more entries: loaded in {loading:.2f} seconds")
    print(f"matching with the most beside the fewest: {matching[-1] / matching[0]:.2f}")


def _measure(
    texts: list[tuple[Segments, Setting]], characters: str, size: int
) -> tuple[float, float]:
    """Seconds to load so many entries, and to tag with them once they are compiled."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_layer(folder, characters, size)
        loading = min(_time(lambda: load_lexicons(folder)) for _ in range(ROUNDS))
        lexicons = load_lexicons(folder)
    _tag(texts, lexicons)
    return loading, min(_time(lambda: _tag(texts, lexicons)) for _ in range(ROUNDS))


def _read_texts(lexicons: Lexicons) -> list[tuple[Segments, Setting]]:
    engine = open_engine("jieba")
    texts = []
    for file in list_files([SAMPLES]):
        for source in read_file(file, Metadata()):
            if isinstance(source, Source):
                normal = normalise_text(source.raw, source.furniture)
                segments = segment_text(source.doc_id, normal, engine)
                texts.append((segments, find_setting(segments, source.metadata, lexicons)))
    return texts * 10


def _write_layer(folder: Path, characters: str, size: int) -> None:
    chance = random.Random(size)
    han = [char for char in characters if "一" <= char <= "龥"]
    wordings = {"".join(chance.choices(han, k=chance.randint(4, 9))) for _ in range(size)}
    lines = "\n".join(sorted(wordings))
    (folder / "slogans.csv").write_text(f"canonical\n{lines}\n", encoding="utf-8")


def _tag(texts: list[tuple[Segments, Setting]], lexicons: Lexicons) -> None:
    for segments, setting in texts:
        for _ in tag_slogans(segments, setting, lexicons):
            pass


def _time(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


if __name__ == "__main__":
    main()
