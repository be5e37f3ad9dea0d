"""Templates compiled once for all the applications of a process: nearly every test of a page makes its own."""

from typing import TYPE_CHECKING

from jinja2.bccache import Bucket, BytecodeCache

if TYPE_CHECKING:
    from types import CodeType


class CompiledTemplates(BytecodeCache):
    """Keep the code of templates in memory, as long as their text stays what it was."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if an application has compiled it."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code
