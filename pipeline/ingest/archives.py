"""Zip archives: every member is read as a file of its own.

Takes 报告.zip with 全会公报.docx in it, gives the document 报告/全会公报. Names are UTF-8 where the
archive says so or they are valid UTF-8, else GB18030, as Chinese Windows writes them. Nothing is
written to disk; names that point outside the archive, links, locked members and bombs are rejected
all the same.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.ingest.decode import decode_bytes
from pipeline.ingest.entry import METADATA_SUFFIX, Entry, name_metadata, strip_suffix
from pipeline.ingest.limits import (
    MAX_ARCHIVE_NESTING,
    MAX_COLLECTION_BYTES,
    MAX_MEMBERS,
    MAX_PACKING,
    MIN_BOMB_BYTES,
)
from pipeline.ingest.metadata import read_metadata
from pipeline.ingest.readers import find_limit, read_entry
from pipeline.ingest.rejection import RejectedError
from pipeline.ingest.source import Source
from pipeline.records import Reject

_UTF8_NAME = 0x800
_LOCKED = 0x1
_IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")


def read_archive(entry: Entry) -> Iterator[Source | Reject]:
    """Read the members in the order of their names.

    Raises:
        RejectedError: If the archive is damaged, too deep within others, or a bomb.
    """
    if entry.depth >= MAX_ARCHIVE_NESTING:
        message = f"more than {MAX_ARCHIVE_NESTING} archives within each other; unpack it"
        raise RejectedError("nesting", message)
    with _open_package(entry.content) as archive:
        members = _name_members(archive)
        if not members:
            raise RejectedError("empty", "the archive holds no files; remove it or fetch it again")
        for name, info in sorted(members.items()):
            yield from _read_member(entry, archive, members, name, info)
        yield from _refuse_twins(entry, archive, members)


def check_package(content: bytes) -> None:
    """Refuse an Office file that unpacks to too much.

    Raises:
        RejectedError: If it does, or is damaged or locked.
    """
    _open_package(content).close()


def read_member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as its author wrote it, with ``/``.

    >>> info = zipfile.ZipInfo("报告.docx".encode("gbk").decode("cp437"))
    >>> read_member_name(info)
    '报告.docx'
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        try:
            name = decode_bytes(name.encode("cp437"))[0]
        except RejectedError:  # a few rare characters
            name = name.encode("cp437").decode("gb18030", "replace")
        except UnicodeEncodeError:  # the name came from the archive's own Unicode field
            pass
    return name.replace("\\", "/")


def _open_package(content: bytes) -> zipfile.ZipFile:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        message = "the file needs a password, or is an old Office file; save it anew"
        raise RejectedError("encrypted", message)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise RejectedError("damaged", f"{error}; fetch the file again") from None
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        message = f"{len(infos):,} members, {MAX_MEMBERS:,} are read; split the archive"
        raise RejectedError("too_large", message)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > max(MIN_BOMB_BYTES, len(content) * MAX_PACKING):
        raise RejectedError("zip_bomb", f"unpacks from {len(content):,} to {unpacked:,} bytes")
    if unpacked > MAX_COLLECTION_BYTES:
        raise RejectedError("too_large", f"{unpacked:,} bytes unpacked; split the archive")
    return archive


def _name_members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Files by name, without folders and what systems leave behind; the first of twins."""
    members: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = read_member_name(info)
        parts = name.split("/")
        is_hidden = any(part.startswith(".") and part != ".." for part in parts)
        if not (name.endswith("/") or is_hidden or any(part in _IGNORED for part in parts)):
            members.setdefault(name, info)
    return members


def _read_member(
    entry: Entry,
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    name: str,
    info: zipfile.ZipInfo,
) -> Iterator[Source | Reject]:
    path = f"{entry.name}/{name}"
    member = replace(entry, name=path, content=b"", sha256="", depth=entry.depth + 1)
    try:
        _check_member(name, info)
        if name.endswith(METADATA_SUFFIX):
            if not _has_document(name, members):
                message = "no document of this name; add it or remove the metadata"
                raise RejectedError("orphan_metadata", message)
            return
        content = archive.read(info)
        beside = members.get(name_metadata(name))
        metadata = read_metadata(archive.read(beside) if beside else None, name_metadata(name))
    except RejectedError as error:
        yield member.reject(error.reason, str(error))
        return
    except Exception as error:  # zlib, checksums, methods unknown to zipfile
        yield member.reject("damaged", f"{type(error).__name__}: {error}; pack it again")
        return
    digest = hashlib.sha256(content).hexdigest()
    known = metadata.completed_by(entry.beside)
    read = read_entry(replace(member, content=content, sha256=digest, beside=known))
    inside = strip_suffix(entry.name) + member.name[len(entry.name) :]
    for found in read:
        if isinstance(found, Source):
            found = replace(found, doc_id=strip_suffix(inside) + found.doc_id[len(member.doc_id) :])
        yield found


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    """Refuse what should not be unpacked.

    Raises:
        RejectedError: If it points elsewhere, is locked or unpacks to too much.
    """
    is_drive = len(name) > 1 and name[1] == ":"
    if name.startswith("/") or is_drive or ".." in PurePosixPath(name).parts:
        raise RejectedError("path_traversal", "the name points outside the archive; pack it again")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RejectedError("path_traversal", "a link, not a file; pack the file itself")
    if info.flag_bits & _LOCKED:
        raise RejectedError("encrypted", "the archive needs a password; pack it without")
    if info.file_size > max(MIN_BOMB_BYTES, info.compress_size * MAX_PACKING):
        message = f"unpacks from {info.compress_size:,} to {info.file_size:,} bytes"
        raise RejectedError("zip_bomb", message)
    if info.file_size > (limit := find_limit(name)):
        message = f"{info.file_size:,} bytes, {limit:,} are read; split the file"
        raise RejectedError("too_large", message)


def _has_document(name: str, members: Mapping[str, zipfile.ZipInfo]) -> bool:
    documents = (other for other in members if not other.endswith(METADATA_SUFFIX))
    return any(name_metadata(document) == name for document in documents)


def _refuse_twins(
    entry: Entry, archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]
) -> Iterator[Reject]:
    """A name may stand twice in an archive; only the first is read."""
    for number, info in enumerate(archive.infolist(), 1):
        name = read_member_name(info)
        if name in members and members[name] is not info:
            member = replace(entry, name=f"{entry.name}/{name}", sha256="")
            message = "a second member of this name; rename it"
            yield member.reject("duplicate_id", message, str(number))
