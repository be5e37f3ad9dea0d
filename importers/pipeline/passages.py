"""One line through every stage, each stage kept: what `explain` shows and what an import takes the end of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.pipeline.declaration import Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.reading import RawRow
from portal.core.problems import Problem
from portal.intake.record import ServiceRecord, Submission, Verdict

MISSING = "donnee-manquante"
_GRAVEST = (Verdict.REFUSED, Verdict.QUARANTINED)


@dataclass(frozen=True)
class PartRead:
    """One part of a record as it was read."""

    value: Any
    problems: Problems = ()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A line, its parts, and what became of it."""

    row: RawRow
    line: Line
    key: str
    parts: Mapping[str, PartRead] = field(default_factory=dict)
    record: ServiceRecord | None
    verdict: Verdict
    problems: Problems

    @property
    def submission(self) -> Submission:
        """Give the end of the passage, as the intake takes it."""
        return self.submitted(raw_text(self.row))

    def submitted(self, raw: str, imprint: str = "") -> Submission:
        """Give the same of a row that was written down before."""
        return Submission(
            line=self.row.line,
            key=self.key,
            raw=raw,
            record=self.record,
            verdict=self.verdict,
            problems=self.problems,
            imprint=imprint,
        )


def read_line(source: Source, row: RawRow, line: Line, reference: Reference) -> Passage:
    """Take one line through every stage; nothing raises and nothing is lost."""
    key, key_problems = source.key(line, reference)
    outside = source.outside(line, reference)
    if outside is not None:
        return Passage(row=row, line=line, key=key or "", record=None, verdict=Verdict.SKIPPED, problems=(outside,))
    parts = {"key": PartRead(key, key_problems)}
    parts |= {name: PartRead(*part(line, reference)) for name, part in source.parts.items()}
    lacks = [name for name in source.needs if parts[name].value in (None, "")]
    verdict = _verdict(source, lacks, row)
    gravest = [name for name in lacks if source.needs[name].verdict is verdict]
    problems = (*row.doubts, *_said(parts), *_silent(source, parts, gravest, line))
    record = None if lacks else _record(parts, line)
    return Passage(row=row, line=line, key=key or "", parts=parts, record=record, verdict=verdict, problems=problems)


def raw_text(row: RawRow) -> str:
    """Write a line as it stood, for the trace, with the lines that go with it."""
    cells: dict[str, object] = {name: cell for name, cell in row.cells.items() if cell}
    further = {f"ligne {each.line}": {name: cell for name, cell in each.cells.items() if cell} for each in row.more}
    return _WRITER.encode(cells | further if further else cells)


_WRITER = json.JSONEncoder(ensure_ascii=False)


def _verdict(source: Source, lacks: list[str], row: RawRow) -> Verdict:
    verdicts = {source.needs[name].verdict for name in lacks}
    verdicts |= {Verdict.QUARANTINED} if row.doubts else set()
    return next((verdict for verdict in _GRAVEST if verdict in verdicts), Verdict.ACCEPTED)


def _said(parts: Mapping[str, PartRead]) -> Problems:
    """List what the parts say, each once: several may have read the same cell."""
    return tuple(dict.fromkeys(problem for part in parts.values() for problem in part.problems))


def _silent(source: Source, parts: Mapping[str, PartRead], lacks: list[str], line: Line) -> Problems:
    """Say what is lacking where its part was silent."""
    return tuple(
        Problem(MISSING, source.needs[name].sentence, field=line.columns.get(name, name))
        for name in lacks
        if not parts[name].problems
    )


def _record(parts: Mapping[str, PartRead], line: Line) -> ServiceRecord:
    spoken = {name: part.value for name, part in parts.items() if part.value is not None}
    return ServiceRecord(line=line.number, **spoken)
