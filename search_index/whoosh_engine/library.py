"""The parts of Whoosh we stand on, imported in one place: schema, segment writer, table of contents, codec.

Whoosh 2.7.4 is of 2016 and finished; it is used as an inverted index with commits, nothing more: no query parser, no
searcher, no scorer, no lock, no merging. `whoosh-reloaded` says itself that it is no longer maintained, and installs
into the same folder; `whoosh3` made a hundred releases in ten weeks and then none. Only this package imports Whoosh,
so that the pin can move.
"""

import warnings

with warnings.catch_warnings():
    # Its source has invalid escape sequences, which Python mentions when it compiles the files for the first time.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.base import Codec, FieldWriter, PerDocumentWriter, Segment, TermsReader
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Frequency
    from whoosh.index import TOC, FileIndex
    from whoosh.writing import SegmentWriter

__all__ = [
    "TOC",
    "Codec",
    "FieldType",
    "FieldWriter",
    "FileIndex",
    "FileStorage",
    "Frequency",
    "PerDocumentWriter",
    "Schema",
    "Segment",
    "SegmentWriter",
    "TermsReader",
]
