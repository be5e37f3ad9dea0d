"""Templates compiled once for all the applications of a process: nearly every test of a page makes its own."""

from typing import TYPE_CHECKING

from jinja2.bccache import Bucket, BytecodeCache

from portal.web.settling import Templates

if TYPE_CHECKING:
    from types import CodeType

_Key = tuple[str, str, str | None]


class CompiledTemplates(BytecodeCache):
    """Keep the code of templates in memory, as long as their text stays what it was."""

    def __init__(self) -> None:
        self._codes: dict[_Key, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if an application has compiled it."""
        bucket.code = self._codes.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        assert bucket.code is not None
        self._codes[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> _Key:
    """Tell apart the code of each language and version."""
    templates = bucket.environment
    return bucket.key, bucket.checksum, templates.voice if isinstance(templates, Templates) else None
