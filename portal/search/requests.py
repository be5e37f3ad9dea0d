"""What a visitor asked for, as a frozen value that goes to a URL and back.

Reading never fails: a value nobody can use is told with a sentence, one that is too large is brought back to its
limit, and both are said. Writing gives one canonical address: parameters sorted, defaults left out, the visitor's
point cut to a hundred metres.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from portal.core.languages import FRENCH, Label
from portal.core.problems import Problem
from portal.core.text import fold, tidy
from portal.geography.points import Point, read_point
from portal.hours.slots import Mode
from portal.search.shortlist import CARRIED, read_shortlist
from portal.search.when import DayName, When, read_when
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary
from search_index.queries import Sort

LONGEST_QUESTION = 200
LONGEST_PLACE = 100
_READ_AT_MOST = 4 * LONGEST_QUESTION
"""Characters looked at: a hundred thousand are not cleaned to keep two hundred."""
USUAL_RADIUS = 20
SMALLEST_RADIUS, LARGEST_RADIUS = 1, 100
LAST_PAGE = 500
MY_POSITION = Label("Ma position", "My location")
"""What the field says in place of the visitor’s point."""
_SAYS_MY_POSITION = frozenset({fold(MY_POSITION.fr), fold(MY_POSITION.en)})
_YES = frozenset({"1", "oui", "true", "on"})
_NO = frozenset({"", "0", "non", "false", "off"})


class Undone(StrEnum):
    """Something understood in the words that the visitor did not mean: the words are then searched as they stand."""

    PLACE = "lieu"
    TIME = "quand"
    NEED = "besoin"
    FILTER = "filtre"
    TYPO = "faute"
    LANGUAGE = "langue"


MODES: Mapping[str, Mode] = {
    "sur-place": Mode.ON_SITE,
    "telephone": Mode.PHONE,
    "visio": Mode.VIDEO,
    "domicile": Mode.HOME,
}
SORTS: Mapping[str, Sort] = {
    "pertinence": Sort.RELEVANCE,
    "distance": Sort.DISTANCE,
    "ouverture": Sort.OPENING,
    "nom": Sort.NAME,
}
_MODE_NAMES = {mode: name for name, mode in MODES.items()}
_SORT_NAMES = {sort: name for name, sort in SORTS.items()}


@dataclass(frozen=True)
class SearchRequest:
    """A question with its place, its filters and its page."""

    words: str = ""
    where: str | Point = ""
    """A commune's name, a postal or INSEE code as written, or the visitor's point."""
    radius: int = USUAL_RADIUS
    """Kilometres."""
    theme: str = ""
    """Slug of a family or code of a concept."""
    audiences: frozenset[Audience] = frozenset()
    when: When | None = None
    mode: Mode | None = None
    is_free: bool = False
    is_accessible: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    undone: frozenset[Undone] = frozenset()
    language: str = FRENCH
    """What the answer is said in; addresses carry it before their path, so it is none of the parameters."""
    shortlist: str = ""
    """The ids of the list the visitor is filling: links carry them on, the one canonical address does not."""

    @property
    def parameters(self) -> dict[str, str]:
        """Give the parameters of its canonical address, in order."""
        written = {
            "accessible": "1" if self.is_accessible else "",
            "gratuit": "1" if self.is_free else "",
            "mode": _MODE_NAMES[self.mode] if self.mode else "",
            "ou": str(self.where),
            "page": "" if self.page == 1 else str(self.page),
            "public": ",".join(sorted(self.audiences)),
            "quand": str(self.when) if self.when else "",
            "quoi": self.words,
            "rayon": "" if self.radius == USUAL_RADIUS else str(self.radius),
            "sans": ",".join(sorted(self.undone)),
            "theme": self.theme,
            "tri": "" if self.sort is Sort.RELEVANCE else _SORT_NAMES[self.sort],
        }
        return {name: value for name, value in written.items() if value}

    @cached_property
    def query_string(self) -> str:
        """Write the parameters for an address."""
        # As the library's `urlencode` does for values that are all texts, at half its cost: a page has a dozen.
        return "&".join(f"{name}={quote_plus(value)}" for name, value in self.parameters.items())

    @cached_property
    def asks_nothing(self) -> bool:
        """Tell whether it is the bare page, on which nothing was asked yet."""
        return self == replace(
            SearchRequest(),
            sort=self.sort,
            page=self.page,
            radius=self.radius,
            language=self.language,
            shortlist=self.shortlist,
        )

    def but(self, **changes: Any) -> "SearchRequest":  # noqa: ANN401 - any field
        """Ask the same with some changes, from the first page on."""
        return replace(self, **{"page": 1, **changes})


@dataclass(frozen=True)
class Adjustment:
    """A value that was brought to one we can use: pages and answers say so, lists that cannot say it refuse."""

    field: str
    given: str
    kept: str
    text: str
    expected: tuple[str, ...] = ()

    @property
    def problem(self) -> Problem:
        """Give it as a fault, for an answer that has no room to tell it."""
        return Problem(f"{self.field}-hors-bornes", self.text, self.given, self.field, self.expected)


@dataclass(frozen=True)
class Reading:
    """A request as far as it could be read."""

    request: SearchRequest
    problems: tuple[Problem, ...] = ()
    adjusted: tuple[Adjustment, ...] = ()


Parameters = Mapping[str, Iterable[str]]
"""Name -> the values given; of several only audiences take more than the first."""


@dataclass(frozen=True)
class _Told:
    """A value, and what to say to whoever wrote one that cannot be used, or not as it stands."""

    value: Any
    advice: Label | None = None
    is_adjusted: bool = False


def read_request(parameters: Parameters, vocabulary: Vocabulary, language: str = FRENCH) -> Reading:
    """Read the parameters of an address."""
    given = {name: [*values] for name, values in parameters.items()}
    given["ou"] = _places_in(given.get("ou", []))
    # An empty field beside a value, such as those of a form that an address already answered, says nothing.
    first = {name: next(filter(str.strip, values), values[0]) for name, values in given.items() if values}
    shortlist = read_shortlist(first.get(CARRIED, "")).text
    values: dict[str, Any] = {"language": language, "shortlist": shortlist}
    told: list[tuple[str, str, _Told]] = []
    for name, (field, read) in _READERS.items():
        if name in first:
            read_as = read(first[name][:_READ_AT_MOST])
            values[field] = read_as.value
            told.append((name, first[name], read_as))
    theme = first.get("theme", "").strip()[:LONGEST_PLACE]
    read_as = _theme(theme, vocabulary)
    values["theme"] = read_as.value
    told.append(("theme", theme, read_as))
    for name, (field, kind) in _KINDS.items():
        values[field], strange = _several(given.get(name, ()), kind)
        told.append((name, strange, _Told("", _one_of(name, kind) if strange else None)))
    request = SearchRequest(**values)
    problems, adjusted = [], [*_repeated(given, request)]
    expected = expected_values(vocabulary)
    for name, value, each in told:
        if each.advice is None:
            continue
        sentence, written = each.advice.said(language), _quoted(value)
        if each.is_adjusted:
            kept = request.parameters.get(name, _USUAL.get(name, ""))
            adjusted.append(Adjustment(name, written, kept, sentence, expected.get(name, ())))
        else:
            problems.append(Problem(f"{name}-illisible", sentence, written, name, expected.get(name, ())))
    return Reading(request, tuple(problems), tuple(adjusted))


_KINDS: Mapping[str, tuple[str, type[StrEnum]]] = {"public": ("audiences", Audience), "sans": ("undone", Undone)}
"""Parameters that may hold several values."""
_USUAL = {"page": "1", "rayon": str(USUAL_RADIUS)}


def _repeated(given: Mapping[str, Sequence[str]], request: SearchRequest) -> Iterator[Adjustment]:
    """Say which parameters hold several values, of which only one can count."""
    for name in ("theme", *_READERS):
        values = dict.fromkeys(tidy(value[:_READ_AT_MOST]) for value in given.get(name, ()) if value.strip())
        if len(values) > 1:
            kept = request.parameters.get(name, _USUAL.get(name, ""))
            yield Adjustment(name, _quoted(", ".join(values)), kept, _given_twice(name).said(request.language))


def _given_twice(name: str) -> Label:
    return Label(
        f"« {name} » est donné plusieurs fois dans l’adresse : seule la première valeur compte.",
        f"“{name}” is given several times in the address: only the first value counts.",
    )


def _quoted(value: str) -> str:
    """Give the beginning of a value, enough of it to know it again."""
    text = tidy(value[:_READ_AT_MOST])
    return text if len(text) <= LONGEST_PLACE else f"{text[: LONGEST_PLACE - 1]}…"


def expected_values(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Say what each parameter may hold: all the values, or how one looks."""
    return {
        "rayon": (f"{SMALLEST_RADIUS} à {LARGEST_RADIUS}",),
        "page": (f"1 à {LAST_PAGE}",),
        "quand": (*(name.value for name in DayName), "demain-matin", "2026-12-01", "2026-12-01T18:30"),
        "mode": tuple(MODES),
        "tri": tuple(SORTS),
        "gratuit": ("1", ""),
        "accessible": ("1", ""),
        "theme": tuple(family.slug for family in vocabulary.shown_families),
        "public": tuple(Audience),
        "sans": tuple(Undone),
    }


def _words(text: str) -> _Told:
    """Read a question up to the last whole word that has room."""
    words = tidy(text)
    if len(words) <= LONGEST_QUESTION:
        return _Told(words)
    kept = words[: LONGEST_QUESTION + 1].rpartition(" ")[0] or words[:LONGEST_QUESTION]
    return _Told(kept.strip(), _LONG_QUESTION, is_adjusted=True)


def _places_in(values: list[str]) -> list[str]:
    """Make one place of the point that a form bears and of the field beside it, which may say another one."""
    match values:
        case [point, said] if read_point(point[:LONGEST_PLACE])[0] is not None:
            return [point] if _says_my_position(said) else [said]
        case _:
            # Alone, or beside a name, these words say nothing of where it is.
            return [value for value in values if not _says_my_position(value)]


def _says_my_position(text: str) -> bool:
    return fold(text[:LONGEST_PLACE].strip()) in _SAYS_MY_POSITION


def _where(text: str) -> _Told:
    point, _ = read_point(text)
    if point is not None:
        return _Told(point.cut())
    name = tidy(text)
    if len(name) <= LONGEST_PLACE:
        return _Told(name)
    return _Told(name[:LONGEST_PLACE].strip(), _LONG_PLACE, is_adjusted=True)


def _radius(text: str) -> _Told:
    if not text.strip():
        return _Told(USUAL_RADIUS)
    try:
        kilometres = float(text.replace(",", ".").lower().removesuffix("km"))
        asked = round(min(max(kilometres, SMALLEST_RADIUS), LARGEST_RADIUS))
    except ValueError:
        return _Told(USUAL_RADIUS, _RADIUS)
    return _Told(asked) if asked == kilometres else _Told(asked, _radius_kept(asked), is_adjusted=True)


def _radius_kept(radius: int) -> Label:
    return Label(
        f"Le rayon va de {SMALLEST_RADIUS} à {LARGEST_RADIUS} km, sans virgule : la recherche porte sur {radius} km.",
        f"The radius goes from {SMALLEST_RADIUS} to {LARGEST_RADIUS} km, in whole kilometres: here {radius} km.",
    )


def _page(text: str) -> _Told:
    digits = text.strip()
    if not digits:
        return _Told(1)
    is_number = digits.isascii() and digits.isdecimal()
    kept = min(max(int(digits), 1), LAST_PAGE) if is_number else 1
    return _Told(kept) if is_number and kept == int(digits) else _Told(kept, _PAGE, is_adjusted=True)


def _moment(text: str) -> _Told:
    when = read_when(text.strip())
    return _Told(when, _MOMENT if when is None and text.strip() else None)


def _flag(name: str) -> Callable[[str], _Told]:
    def read(text: str) -> _Told:
        word = fold(text.strip())
        if word in _YES or word in _NO:
            return _Told(word in _YES)
        return _Told(
            value=False, advice=Label(f"« {name} » vaut 1 pour oui, ou rien.", f"“{name}” takes 1 for yes, or nothing.")
        )

    return read


def _choice(name: str, choices: Mapping[str, object], default: object) -> Callable[[str], _Told]:
    def read(text: str) -> _Told:
        word = text.strip()
        if not word or word in choices:
            return _Told(choices.get(word, default))
        return _Told(default, _one_of(name, choices))

    return read


_READERS: Mapping[str, tuple[str, Callable[[str], _Told]]] = {
    "quoi": ("words", _words),
    "ou": ("where", _where),
    "rayon": ("radius", _radius),
    "quand": ("when", _moment),
    "mode": ("mode", _choice("mode", MODES, None)),
    "gratuit": ("is_free", _flag("gratuit")),
    "accessible": ("is_accessible", _flag("accessible")),
    "tri": ("sort", _choice("tri", SORTS, Sort.RELEVANCE)),
    "page": ("page", _page),
}
PARAMETERS = frozenset({"theme", *_READERS, *_KINDS})
"""All that is read of an address; the list that a visitor carries along is none of the question."""


def _theme(word: str, vocabulary: Vocabulary) -> _Told:
    entry = vocabulary.theme(word) if word else None
    if entry is None:
        return _Told("", _THEME if word else None)
    return _Told(entry.slug if vocabulary.family_by_slug(entry.slug) is entry else entry.code)


def _several(values: Iterable[str], kind: type[StrEnum]) -> tuple[frozenset[Any], str]:
    """Read values parted by commas, and give the first one that is none of a kind."""
    known = {member.value: member for member in kind}
    words = [word.strip() for value in values for word in value[: 10 * LONGEST_PLACE].split(",") if word.strip()]
    strange = next((word for word in words if word not in known), "")
    return frozenset(known[word] for word in words if word in known), strange


_LONG_QUESTION = Label(
    f"Votre question est longue : seuls ses {LONGEST_QUESTION} premiers caractères ont été lus.",
    f"Your question is long: only its first {LONGEST_QUESTION} characters were read.",
)
_LONG_PLACE = Label(
    f"Le nom du lieu est long : seuls ses {LONGEST_PLACE} premiers caractères ont été lus.",
    f"The name of the place is long: only its first {LONGEST_PLACE} characters were read.",
)
_RADIUS = Label(
    "Le rayon s’écrit en kilomètres, par exemple rayon=20.", "The radius is in kilometres, for example rayon=20."
)
_PAGE = Label(
    f"Les pages se comptent de 1 à {LAST_PAGE}, en chiffres : en voici une qui existe.",
    f"Pages are counted from 1 to {LAST_PAGE}, in digits: here is one that exists.",
)
_MOMENT = Label(
    "« quand » vaut par exemple maintenant, samedi, demain-matin, 2026-12-01 ou 2026-12-01T18:30.",
    "“quand” takes for example maintenant, samedi, demain-matin, 2026-12-01 or 2026-12-01T18:30.",
)
_THEME = Label(
    "Ce thème n’existe pas : choisissez-en un dans la liste des thèmes.",
    "This topic does not exist: choose one from the list of topics.",
)


def _one_of(name: str, choices: Iterable[str]) -> Label:
    *others, last = choices
    listed = ", ".join(others)
    return Label(f"« {name} » vaut {listed} ou {last}.", f"“{name}” takes {listed} or {last}.")
