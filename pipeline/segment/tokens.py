"""Tokens: the words of a document as rows, one for each word.

Takes :class:`~pipeline.segment.Segments`, gives an Arrow batch with the columns of
``tokens.parquet``: 全会审议 is 全会 (n) and 审议 (v), with the number of their sentence. A batch,
not records, for a corpus has many millions of words and they travel from worker to writer.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipeline.segment import Segments

TOKENS_SCHEMA = pa.schema(
    [
        pa.field("doc_id", pa.string(), False, {"help": "document the word stands in"}),
        pa.field("sentence", pa.int32(), False, {"help": "number of its sentence, from 1"}),
        pa.field("start", pa.int32(), False, {"help": "first code point in the normalised text"}),
        pa.field("end", pa.int32(), False, {"help": "code point after the last one"}),
        pa.field("word", pa.string(), False, {"help": "exactly the slice start to end"}),
        pa.field("pos", pa.string(), False, {"help": "part of speech, as the engine names it"}),
    ]
)
"""The columns of ``tokens.parquet``."""


def list_tokens(segments: Segments) -> pa.RecordBatch:
    """The words of a document with their parts of speech and sentences.

    >>> from pipeline.segment import segment_text
    >>> from pipeline.normalise import normalise_text
    >>> from pipeline.segment.engines import open_engine
    >>> segments = segment_text("甲", normalise_text("要快。好。"), open_engine("jieba"))
    >>> list_tokens(segments)["sentence"].to_pylist()
    [1, 1, 1, 2, 2]
    """
    tokens = segments.analysis.tokens
    starts, ends, words, parts = zip(*tokens, strict=True) if tokens else ((), (), (), ())
    opened = np.array([sentence.start for sentence in segments.sentences], dtype=np.int64)
    numbers = np.searchsorted(opened, np.array(starts, dtype=np.int64), side="right")
    columns = ([segments.doc_id] * len(tokens), numbers, starts, ends, words, parts)
    return pa.record_batch(
        [
            pa.array(values, field.type)
            for values, field in zip(columns, TOKENS_SCHEMA, strict=True)
        ],
        schema=TOKENS_SCHEMA,
    )
