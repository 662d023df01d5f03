"""Which files a run reads, in which order, and what each is called."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from pipeline.ingest.entry import METADATA_SUFFIX, name_metadata, read_suffix, strip_suffix
from pipeline.ingest.limits import MAX_DOCUMENT_BYTES
from pipeline.ingest.rejection import RejectedError

STDIN = Path("-")

# s3://bucket/key; a Path makes s3:/bucket/key of it. C:/x is no URL.
_URL_PATTERN = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/{1,2}(?P<rest>[^/].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    Attributes:
        path: Where it is; ``-`` is standard input.
        name: Its path below the input folder, with ``/``; the file's name where no folder was
            given.
        url: Its address, where it is not on this machine.
    """

    path: Path
    name: str
    url: str = ""

    @property
    def suffix(self) -> str:
        """Extension in lower case, with the dot; empty if there is none."""
        return read_suffix(self.name)

    @property
    def doc_id(self) -> str:
        """The name without its extension."""
        return strip_suffix(self.name)

    def read_bytes(self, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
        """All bytes, if there are no more than ``limit``; a larger file is not read.

        Raises:
            OSError: If they cannot be read.
            RejectedError: If there are more, or the address needs a library that is not installed.
        """
        size = limit
        if not self.url and self.path != STDIN:
            size = _measure_file(self.path)
        if size > limit:
            raise _refuse_size(f"{size:,} bytes", limit)
        with self._open() as stream:
            content = stream.read(size + 1)  # memory is taken for as much as is asked for
            if len(content) > size:  # it grew, or is no file but a stream
                content += stream.read(limit + 1 - len(content))
        if len(content) > limit:
            raise _refuse_size("more", limit)
        return content

    def read_metadata_bytes(self) -> bytes | None:
        """The bytes of ``name.meta.json`` beside it; None where there is none.

        Raises:
            OSError: If it is there and cannot be read.
        """
        if self.path == STDIN:
            return None
        if self.url:
            folder, _, name = self.url.rpartition("/")
            filesystem, path = _open_filesystem(f"{folder}/{name_metadata(name)}")
            return filesystem.cat_file(path) if filesystem.exists(path) else None
        folder, name = os.path.split(self.path)
        beside = os.path.join(folder, name_metadata(name))  # noqa: PTH118 - asked of every file
        return Path(beside).read_bytes() if os.path.isfile(beside) else None  # noqa: PTH113

    def _open(self) -> IO[bytes]:
        if self.path == STDIN:
            return sys.stdin.buffer
        if self.url:
            filesystem, path = _open_filesystem(self.url)
            return cast("IO[bytes]", filesystem.open(path, "rb"))
        return open(self.path, "rb")  # noqa: PTH123 - fast


def list_files(paths: Iterable[Path | str]) -> list[InputFile]:
    """The files a run reads, sorted by name so that the order of arguments does not matter.

    Args:
        paths: Files, folders, ``-`` for standard input, and addresses: ``s3://bucket/press/``.

    Hidden files and the ``.meta.json`` beside a document are no inputs; one without its document
    is, so that it can be rejected.
    """
    files = {(file.path, file.url): file for file in walk_files(paths)}
    return sorted(files.values(), key=lambda file: (file.name, str(file.path), file.url))


def walk_files(paths: Iterable[Path | str]) -> Iterator[InputFile]:
    """The files of :func:`list_files` as they are met, a folder's at a time.

    A file that two arguments reach comes twice.
    """
    for path in paths:
        yield from _expand(path)


def read_url(path: Path | str) -> str:
    """The address an argument stands for; empty if it is a path.

    >>> read_url(Path("s3://bucket/公报/一.txt")), read_url(Path("C:/公报/一.txt"))
    ('s3://bucket/公报/一.txt', '')
    """
    match = _URL_PATTERN.match(str(path))
    return f"{match['scheme']}://{match['rest']}" if match else ""


def _expand(path: Path | str) -> Iterator[InputFile]:
    if url := read_url(path):
        yield from _expand_url(url)
        return
    path = Path(path)
    if path == STDIN:
        yield InputFile(path, "stdin")
    elif path.is_dir():
        for name in _walk_folder(path):
            found = os.path.join(path, name)  # noqa: PTH118 - fast
            yield InputFile(Path(found), _read_name(name))
    else:
        yield InputFile(path, _read_name(path.name))


def _walk_folder(folder: Path) -> Iterator[str]:
    """Paths of the inputs below a folder, with ``/``.

    What is there but cannot be read is given all the same, so that it is told when it is read:
    links to folders, which are not followed, folders that may not be listed, links to nothing.
    """
    closed: list[OSError] = []
    for found, folders, names in os.walk(folder, onerror=closed.append):
        shown = [name for name in folders if not name.startswith(".")]
        linked = [name for name in shown if os.path.islink(os.path.join(found, name))]  # noqa: PTH114, PTH118 - fast
        folders[:] = shown
        below = Path(found).relative_to(folder).as_posix()
        prefix = "" if below == "." else f"{below}/"
        yield from _choose_names([prefix + name for name in (*names, *linked)])
    for error in closed:
        yield Path(error.filename).relative_to(folder).as_posix()


def _measure_file(path: Path) -> int:
    """The size of a file; a pipe that lies among documents would be waited for without end.

    Raises:
        OSError: If it is not there.
        RejectedError: If it is no file. What the system itself offers (/dev/fd/63) may be a pipe.
    """
    status = path.stat()
    is_offered = path.parts[:2] in (("/", "dev"), ("/", "proc"))
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode) or is_offered):
        message = "neither file nor folder; remove it, or read it as standard input (-)"
        raise RejectedError("unreadable", message)
    return status.st_size


def _read_name(name: str) -> str:
    """A file's name as text; one that is no UTF-8 is GBK, as old archives leave it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _expand_url(url: str) -> Iterator[InputFile]:
    """An address of one file, or of a folder where the store has folders."""
    name = url.rstrip("/").rpartition("/")[2]
    if url.startswith(("http://", "https://")):
        yield InputFile(Path(name), name.partition("?")[0], url)
        return
    try:
        filesystem, root = _open_filesystem(url)
        below = [found[len(root) :].lstrip("/") for found in filesystem.find(root)]
    except (OSError, RejectedError):
        below = [""]  # what is wrong with it is told when it is read
    if below in ([], [""]):
        yield InputFile(Path(name), name, url)
        return
    for found in _choose_names(below):
        yield InputFile(Path(found), found, f"{url.rstrip('/')}/{found}")


def _choose_names(names: Iterable[str]) -> Iterator[str]:
    """Leave out hidden files, and metadata whose document is there."""
    names = list(names)
    documents = {strip_suffix(name) for name in names if not name.endswith(METADATA_SUFFIX)}
    for name in names:
        is_hidden = any(part.startswith(".") for part in name.split("/"))
        is_beside = (
            name.endswith(METADATA_SUFFIX) and name.removesuffix(METADATA_SUFFIX) in documents
        )
        if not (is_hidden or is_beside):
            yield name


def _open_filesystem(url: str) -> tuple[Any, str]:
    """The store an address belongs to, and the path there.

    Raises:
        RejectedError: If a library is missing.
    """
    try:
        import fsspec

        return cast("tuple[Any, str]", fsspec.core.url_to_fs(url))
    except (ImportError, ValueError) as error:
        message = f"{error}; install communique-pipeline[remote]"
        raise RejectedError("unreadable", message) from None


def _refuse_size(size: str, limit: int) -> RejectedError:
    return RejectedError("too_large", f"{size}, {limit:,} bytes are read; split the file")
