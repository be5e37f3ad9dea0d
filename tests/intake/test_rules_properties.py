"""What holds of any record: values survive writing, order says nothing, a plan applied leaves nothing to plan."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.core.canonical import canonical
from portal.directory.rules.choices import (
    AccessFeature,
    AccessPointKind,
    Answer,
    CompetenceKind,
    ContactAudience,
    ContactType,
    Cost,
    Precision,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.hours.osm import read_osm
from portal.hours.slots import Mode
from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord, StructureRecord
from portal.intake.rules.matching import compare, portrait_of
from portal.intake.rules.planning import plan
from portal.intake.rules.statements import Said, fingerprint, path, record_of, said
from portal.intake.rules.steps import Ask, Keep, Known, KnownRow, SourceWord, Update
from portal.intake.rules.winning import Claim, PersonsWord

A_DAY = date(2026, 11, 21)
words = st.text("abé ’1", min_size=1, max_size=6)
contacts = st.lists(
    st.builds(ContactLine, st.sampled_from(ContactType), words, audience=st.sampled_from(ContactAudience)), max_size=2
).map(tuple)
openings = st.sampled_from(["Mo-Fr 09:00-12:00", "week 1-53/2 Tu 14:00-16:00; PH off", "Jul-Aug Sa 22:00-02:00"]).map(
    lambda notation: read_osm(notation)[0]
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


places = st.builds(
    PlaceRecord,
    commune_code=st.sampled_from(["10323", "10268"]),
    name=maybe(words),
    address=maybe(st.sampled_from(["1 rue Haute", "place Aristide Briand"])),
    point=maybe(st.builds(Point, st.floats(48, 49), st.floats(3, 4))),
    precision=maybe(st.sampled_from(Precision)),
    access=maybe(st.dictionaries(st.sampled_from(AccessFeature), st.sampled_from(Answer), min_size=1)),
    contacts=maybe(contacts),
)
doors = st.builds(
    AccessRecord,
    key=st.sampled_from(["1", "a.b", "é"]),
    kind=st.sampled_from([AccessPointKind.PLACE, AccessPointKind.PHONE]),
    place=places,
    opening=maybe(openings),
    note=maybe(words),
    contacts=maybe(contacts),
).map(lambda door: door if door.kind is AccessPointKind.PLACE else replace(door, place=None))
records = st.builds(
    ServiceRecord,
    key=st.just("1"),
    line=st.integers(1, 9),
    structure=st.builds(StructureRecord, name=words, description=maybe(words)),
    title=words,
    concepts=st.permutations(["PE01", "PE08", "AD06"]).map(tuple),
    access=st.lists(doors, unique_by=lambda door: door.key, max_size=3).map(tuple),
    summary=maybe(words),
    ages=maybe(st.tuples(maybe(st.integers(0, 9)), maybe(st.integers(10, 99)))),
    cost=maybe(st.sampled_from(Cost)),
    modes=maybe(st.permutations([Mode.PHONE, Mode.ON_SITE, Mode.HOME]).map(tuple)),
    competence=maybe(st.just((CompetenceArea(CompetenceKind.EPCI, "2"), CompetenceArea(CompetenceKind.TERRITORY)))),
    contacts=maybe(contacts),
    official_ids=st.dictionaries(st.sampled_from(["siret", "finess"]), st.just("7")),
)


@given(records)
def test_a_record_survives_being_written(record: ServiceRecord) -> None:
    again = record_of(said(record), key=record.key, line=record.line)
    assert said(again) == said(record)
    assert {door.key: door for door in again.access} == {door.key: door for door in record.access}


@given(records, st.randoms(use_true_random=False), st.integers(1, 999))
def test_order_and_line_say_nothing(record: ServiceRecord, chance: Any, line: int) -> None:  # noqa: ANN401 - a seeded random
    access, modes = list(record.access), list(record.modes or ())
    chance.shuffle(access)
    chance.shuffle(modes)
    shuffled = replace(record, line=line, access=tuple(access), modes=tuple(modes) if record.modes else None)
    assert fingerprint(said(shuffled)) == fingerprint(said(record))


@given(records, records)
def test_only_what_differs_has_another_fingerprint(one: ServiceRecord, other: ServiceRecord) -> None:
    same = canonical(said(one)) == canonical(said(other))
    assert (fingerprint(said(one)) == fingerprint(said(other))) is same


def known_after(statement: Said, rows: dict[str, KnownRow] | None = None, **values: Any) -> Known:  # noqa: ANN401 - its fields
    """Give what is known once a record has been applied: its rows say what it says."""
    held: dict[str, dict[str, Any]] = {}
    for name, value in statement.items():
        where = path(name)
        if where is not None:
            held.setdefault(where.role, {})[where.field] = value
    made = {role: KnownRow(number=n, version=1, values=fields) for n, (role, fields) in enumerate(held.items())}
    return Known(trace=1, said=statement, rows=made if rows is None else rows, **values)


WORD = SourceWord(source="ram", priority=0, said_on=A_DAY)


@given(records, records)
def test_a_plan_applied_leaves_nothing_to_plan(before: ServiceRecord, after: ServiceRecord) -> None:
    step = plan(after, said(after), known_after(said(before)), WORD)
    assert isinstance(step, Update | Keep)
    assert plan(after, said(after), known_after(said(after)), WORD) == Keep()


@given(records, records)
def test_a_plan_says_exactly_what_differs(before: ServiceRecord, after: ServiceRecord) -> None:
    step = plan(after, said(after), known_after(said(before)), WORD)
    changes = step.changes if isinstance(step, Update) else ()
    for change in changes:
        name = change.field if change.role == "service" else f"{change.role}.{change.field}"
        assert (said(before).get(name), said(after)[name]) == (change.before, change.after)
        assert change.before != change.after
    doors = {door.key: door.kind for door in before.access}
    added = {door.key for door in after.access if doors.get(door.key) is not door.kind}
    assert (set(step.added) if isinstance(step, Update) else set()) == added


@given(records, words)
def test_a_correction_is_never_overwritten(record: ServiceRecord, mine: str) -> None:
    word = PersonsWord(number=1, on=A_DAY, value=mine, source_said=record.title)
    rows = dict(known_after(said(record)).rows) | {"service": KnownRow(number=0, version=1, values={"title": mine})}
    known = known_after(said(record), rows, corrections={"title": word})
    newer = replace(record, title=f"{record.title} x")
    late = replace(WORD, said_on=date(2027, 1, 1))
    assert plan(record, said(record), known, late) == Keep()
    step = plan(newer, said(newer), known, late)
    assert isinstance(step, Ask) is (mine != newer.title)
    meanwhile = step.meanwhile if isinstance(step, Ask) else step
    assert "title" not in [change.field for change in getattr(meanwhile, "changes", ()) if change.role == "service"]


@given(records, words)
def test_an_older_file_never_overwrites(record: ServiceRecord, title: str) -> None:
    late = replace(WORD, is_late=True)
    step = plan(replace(record, title=title), said(replace(record, title=title)), known_after(said(record)), late)
    assert step == Keep()


@given(records)
def test_rivals_that_are_stronger_keep_their_word(record: ServiceRecord) -> None:
    rival = Claim(source="dila", priority=1, said_on=A_DAY, value="autre")
    known = known_after(said(record), rivals={"title": (rival,)})
    newer = replace(record, title=f"{record.title} x")
    assert plan(newer, said(newer), known, WORD) == Keep()
    assert isinstance(plan(newer, said(newer), known, replace(WORD, priority=2)), Update)


@given(records, records)
def test_likeness_does_not_depend_on_the_order(one: ServiceRecord, other: ServiceRecord) -> None:
    match, turned = (compare(portrait_of(a), portrait_of(b)) for a, b in ((one, other), (other, one)))
    assert (match.score, match.is_certain) == (turned.score, turned.is_certain)
    assert 0 <= match.score <= 100
