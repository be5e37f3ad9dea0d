"""Random documents, edits, timetables and questions that meet often enough to be worth comparing."""

from itertools import accumulate

from hypothesis import strategies as st

from search_index.documents import Document, Part, Spot
from search_index.queries import Alternative, Beside, Clause, Near, Query, Sort
from search_index.times import Changes, Span, State, Timetables

WORDS = """
    aide aides aidant mairie Mairie MAIRIE école écoles ECOLE garde garder garderie enfants d’enfants CAF caf café RAM
    rame CCAS ESAT dental dentiste dentaire mental poste LA le de infirmier infirmière 24h/24 10400 3e vélo co-voiturage
    covoiturage l’accueil transport transports Nogent Romilly œuvre SES
""".split()  # noqa: SIM905  # a block of words is easier to read than a list
STARTS = ["d", "de", "den", "gar", "é", "ec", "tr", "c", "co", "1", "10", "inf", "LA", "x"]
FACETS = {"theme": ["sante", "social", "emploi"], "mode": ["sur-place", "telephone", "visio"], "cost": ["free", "paid"]}
AREAS = ["10268", "10323", "aube"]
SCHEDULES = ["", "a", "b", "c", "unheard-of"]
LONGEST = 1_000
TODAY = 740_000

texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
spots = st.builds(Spot, st.sampled_from([48.40, 48.45, 48.495, 48.5, 48.7]), st.sampled_from([3.2, 3.5, 3.501, 3.9]))
minutes = st.integers(-50, LONGEST + 50)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Make up to twelve documents of a few groups."""
    keys = draw(st.lists(st.integers(1, 60), unique=True, max_size=12))
    return [draw(_document(key)) for key in keys]


def _document(key: int) -> st.SearchStrategy[Document]:
    return st.builds(
        Document,
        key=st.just(key),
        group=st.integers(1, 8),
        texts=st.dictionaries(st.sampled_from(list(Part)), texts),
        tags=st.fixed_dictionaries(
            {},
            optional={
                name: st.lists(st.sampled_from(values), unique=True).map(tuple) for name, values in FACETS.items()
            },
        ),
        spot=st.none() | spots,
        areas=st.lists(st.sampled_from(AREAS), unique=True, max_size=2).map(tuple),
        schedule=st.sampled_from(SCHEDULES),
        fresh_on=st.sampled_from([0, TODAY - 2_000, TODAY - 100, TODAY]),
        name=st.sampled_from(["", "a", "b", "ecole", "mairie"]),
    )


def _changes() -> st.SearchStrategy[Changes]:
    gaps = st.lists(st.integers(1, 300), max_size=5)
    return gaps.flatmap(
        lambda some: st.tuples(*(st.sampled_from(State) for _ in range(len(some) + 1))).map(
            lambda states: tuple(zip(accumulate(some, initial=0), states, strict=True))
        )
    )


timetables = st.builds(
    Timetables, st.just(Span(0, LONGEST)), st.dictionaries(st.sampled_from(["a", "b", "c"]), _changes())
)
spans = st.builds(lambda first, length: Span(first, first + length), minutes, st.integers(0, 400))
filters = st.dictionaries(
    st.sampled_from(list(FACETS)),
    st.frozensets(st.sampled_from([value for values in FACETS.values() for value in values])),
    max_size=2,
)
tags = st.sampled_from([(facet, value) for facet, values in FACETS.items() for value in values])
words = st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)
limits = st.tuples(st.sampled_from([*FACETS]), st.just(frozenset(["social", "visio"])))
alternatives = st.one_of(
    st.builds(Alternative, words=words, weight=st.sampled_from([1.0, 0.5, 0.3])),
    st.builds(Alternative, words=words, within=st.none() | limits, outside=st.none() | limits),
    st.builds(
        lambda limit, metres, weight: Alternative(beside=Beside(limit[0], limit[1], metres), weight=weight),
        limits,
        st.sampled_from([None, 0.0, 500.0, 30_000.0]),
        st.sampled_from([1.0, 0.6]),
    ),
    st.builds(Alternative, tag=tags, weight=st.sampled_from([1.0, 0.8])),
    st.builds(
        lambda before, start: Alternative(words=(*before, start), is_prefix=True), words, st.sampled_from(STARTS)
    ),
)
clauses = st.builds(
    Clause, st.lists(alternatives, min_size=1, max_size=3).map(tuple), is_required=st.sampled_from([True, True, False])
)
nears = st.builds(Near, spots, st.sampled_from([None, 0.0, 3_000.0, 20_000.0]))
queries = st.builds(
    Query,
    clauses=st.lists(clauses, max_size=3).map(tuple),
    near=st.none() | nears,
    remote=st.just({}) | st.just({"mode": frozenset({"telephone", "visio"})}),
    areas=st.frozensets(st.sampled_from(AREAS), max_size=2),
    covered=st.frozensets(st.sampled_from(AREAS), max_size=2),
    filters=filters,
    during=st.none() | spans,
    now=st.none() | minutes,
    counts_open=st.booleans(),
    today=st.sampled_from([0, TODAY]),
    facets=st.lists(st.sampled_from([*FACETS, "nowhere"]), unique=True).map(tuple),
    sort=st.sampled_from(Sort),
    offset=st.integers(0, 4),
    limit=st.sampled_from([1, 3, 20]),
)
