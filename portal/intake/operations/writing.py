"""Writes new records that were made ready: what is left to do while other writers wait."""

from portal.core.many_rows import RowWriter, table_of
from portal.directory.operations.batches import BatchMaker
from portal.directory.operations.occurrences import refresh_access_points
from portal.intake.models.sources import RunStep
from portal.intake.models.traces import OfficialId, Trace, TraceRow
from portal.intake.operations.asking import ask_duplicates
from portal.intake.operations.preparing import WITHIN_FEED, WITHIN_RUN, Prepared
from portal.intake.operations.writer import RunWriter


class PreparedWriter:
    """Writes portion after portion for one run."""

    def __init__(self, writer: RunWriter) -> None:
        dialect = writer.session.connection().dialect
        self._writer = writer
        self._maker = BatchMaker(dialect, writer.act)
        self._traces = RowWriter(dialect, table_of(Trace), apart=WITHIN_FEED)
        self._roles = RowWriter(dialect, table_of(TraceRow))
        self._ids = RowWriter(dialect, table_of(OfficialId))
        self._steps = RowWriter(dialect, table_of(RunStep), apart=WITHIN_RUN)

    def write(self, prepared: Prepared) -> None:
        """Write what was made ready of some records; their numbers have been taken."""
        writer = self._writer
        connection = writer.session.connection()
        self._maker.write(writer.session, prepared.batch)
        self._traces.insert(connection, prepared.traces, apart={"feed_id": writer.feed, "last_run_id": writer.run})
        self._roles.insert(connection, prepared.roles)
        self._ids.insert(connection, prepared.ids)
        self._steps.insert(connection, prepared.steps, apart={"run_id": writer.run})
        refresh_access_points(writer.session, numbers=prepared.doors, now=writer.act.at)
        if prepared.alike:
            ask_duplicates(writer, prepared.alike)
