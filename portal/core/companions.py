"""The small files a database is nothing without, such as its territory's: they travel with its backups."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

LARGEST = 1_000_000
Contents = Mapping[str, bytes]
"""Name of a file -> what it holds."""


def contents_of(files: Iterable[Path]) -> Contents:
    """Read the files that are there."""
    return {file.name: file.read_bytes() for file in files if file.is_file()}


def digests_of(contents: Contents) -> dict[str, str]:
    """Digest each file, for the manifest."""
    return {name: hashlib.sha256(held).hexdigest() for name, held in contents.items()}


def read_packed(archive: zipfile.ZipFile, digests: Mapping[str, str]) -> Contents:
    """Read the files a manifest announces; a `ValueError` says that one is not as it was packed."""
    contents = {}
    for name in digests:
        with archive.open(name) as packed:
            contents[name] = packed.read(LARGEST)
    if digests_of(contents) != digests:
        message = "a file is not as it was packed"
        raise ValueError(message)
    return contents


def put_back(contents: Contents, files: Iterable[Path]) -> None:
    """Give the files the contents of the backup, each in one step; what the backup does not hold stays."""
    for file in files:
        held = contents.get(file.name)
        if held is not None:
            draft = file.with_name(f"{file.name}.nouveau")
            draft.write_bytes(held)
            draft.replace(file)
