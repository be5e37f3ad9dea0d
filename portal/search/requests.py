"""What a visitor asked for, as a frozen value that goes to a URL and back.

Reading never fails: a value nobody can use is told with a sentence, one that is too large is brought back to its
limit. Writing gives one canonical address: parameters sorted, defaults left out, the visitor's point cut to a hundred
metres.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from portal.core.problems import Problem
from portal.core.text import fold, tidy
from portal.geography.points import Point, read_point
from portal.hours.slots import Mode
from portal.search.when import When, read_when
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
_YES = frozenset({"1", "oui", "true", "on"})
_NO = frozenset({"", "0", "non", "false", "off"})


class Undone(StrEnum):
    """Something understood in the words that the visitor did not mean: the words are then searched as they stand."""

    PLACE = "lieu"
    TIME = "quand"
    NEED = "besoin"
    FILTER = "filtre"
    TYPO = "faute"


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

    @property
    def query_string(self) -> str:
        """Write the parameters for an address."""
        return urlencode(self.parameters)

    @property
    def asks_nothing(self) -> bool:
        """Tell whether it is the bare page, on which nothing was asked yet."""
        return self == replace(SearchRequest(), sort=self.sort, page=self.page, radius=self.radius)

    def but(self, **changes: Any) -> "SearchRequest":  # noqa: ANN401 - any field
        """Ask the same with some changes, from the first page on."""
        return replace(self, **{"page": 1, **changes})


@dataclass(frozen=True)
class Reading:
    """A request as far as it could be read."""

    request: SearchRequest
    problems: tuple[Problem, ...] = ()
    is_cut: bool = False
    """Whether words past the longest question were left aside."""


Parameters = Mapping[str, Iterable[str]]
"""Name -> the values given; of several only audiences take more than the first."""
_Told = tuple[Any, Problem | None]


def read_request(parameters: Parameters, vocabulary: Vocabulary) -> Reading:
    """Read the parameters of an address."""
    given = {name: [*values] for name, values in parameters.items()}
    first = {name: values[0] for name, values in given.items() if values}
    words, is_cut = cut_question(first.get("quoi", ""))
    values: dict[str, Any] = {"words": words}
    problems = []
    for name, (field, read) in _READERS.items():
        if name in first:
            values[field], problem = read(first[name][:LONGEST_PLACE])
            problems.append(problem)
    values["theme"], problem = _theme(first.get("theme", ""), vocabulary)
    values["audiences"], other = _several(given.get("public", ()), Audience, "public")
    values["undone"], last = _several(given.get("sans", ()), Undone, "sans")
    found = (each for each in (*problems, problem, other, last) if each is not None)
    return Reading(SearchRequest(**values), tuple(found), is_cut)


def cut_question(words: str) -> tuple[str, bool]:
    """Clean the words of a question and keep what will be read of them; tell whether some were left aside."""
    cleaned = tidy(words[:_READ_AT_MOST])
    if len(cleaned) <= LONGEST_QUESTION:
        return cleaned, len(words) > _READ_AT_MOST
    kept = cleaned[: LONGEST_QUESTION + 1].rpartition(" ")[0] or cleaned[:LONGEST_QUESTION]
    return kept.strip(), True


def _where(text: str) -> _Told:
    point, _ = read_point(text)
    return (point.cut() if point is not None else tidy(text)), None


def _radius(text: str) -> _Told:
    try:
        kilometres = float(text.replace(",", ".").lower().removesuffix("km"))
        asked = round(min(max(kilometres, SMALLEST_RADIUS), LARGEST_RADIUS))
    except ValueError:
        return USUAL_RADIUS, _problem("rayon", "Le rayon s’écrit en kilomètres, par exemple rayon=20.", text)
    return asked, None


def _page(text: str) -> _Told:
    digits = text.strip()
    is_number = digits.isascii() and digits.isdecimal()
    return (min(max(int(digits), 1), LAST_PAGE) if is_number else 1), None


def _moment(text: str) -> _Told:
    when = read_when(text.strip())
    if when is None and text.strip():
        advice = "« quand » vaut par exemple maintenant, samedi, demain-matin, 2026-12-01 ou 2026-12-01T18:30."
        return None, _problem("quand", advice, text)
    return when, None


def _flag(name: str) -> Callable[[str], _Told]:
    def read(text: str) -> _Told:
        word = fold(text.strip())
        if word in _YES or word in _NO:
            return word in _YES, None
        return False, _problem(name, f"« {name} » vaut 1 pour oui, ou rien.", text)

    return read


def _choice(name: str, choices: Mapping[str, object], default: object) -> Callable[[str], _Told]:
    def read(text: str) -> _Told:
        word = text.strip()
        if not word or word in choices:
            return choices.get(word, default), None
        return default, _problem(name, f"« {name} » vaut {_listed(choices)}.", text)

    return read


_READERS: Mapping[str, tuple[str, Callable[[str], _Told]]] = {
    "ou": ("where", _where),
    "rayon": ("radius", _radius),
    "quand": ("when", _moment),
    "mode": ("mode", _choice("mode", MODES, None)),
    "gratuit": ("is_free", _flag("gratuit")),
    "accessible": ("is_accessible", _flag("accessible")),
    "tri": ("sort", _choice("tri", SORTS, Sort.RELEVANCE)),
    "page": ("page", _page),
}


def _theme(text: str, vocabulary: Vocabulary) -> tuple[str, Problem | None]:
    word = text.strip()[:LONGEST_PLACE]
    if not word:
        return "", None
    entry = vocabulary.theme(word)
    if entry is None:
        return "", _problem("theme", "Ce thème n’existe pas : choisissez-en un dans la liste des thèmes.", word)
    return (entry.slug if vocabulary.family_by_slug(entry.slug) is entry else entry.code), None


def _several(values: Iterable[str], kind: Any, name: str) -> tuple[frozenset[Any], Problem | None]:  # noqa: ANN401 - an enumeration
    known = {member.value: member for member in kind}
    words = [word.strip() for value in values for word in value[: 10 * LONGEST_PLACE].split(",") if word.strip()]
    strange = [word for word in words if word not in known]
    problem = _problem(name, f"« {name} » vaut {_listed(known)}.", strange[0]) if strange else None
    return frozenset(known[word] for word in words if word in known), problem


def _listed(choices: Iterable[str]) -> str:
    *others, last = choices
    return f"{', '.join(others)} ou {last}"


def _problem(field: str, sentence: str, value: str) -> Problem:
    return Problem(code=f"{field}-illisible", text=sentence, value=value[:LONGEST_PLACE], field=field)
