"""What may stand in the addresses that programs ask: one declaration for the description of the API and its page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.languages import FRENCH, LANGUAGES
from portal.pages.passages.rules import RADII
from portal.pages.passages.rules import USUAL_RADIUS as PASSAGES_RADIUS
from portal.search.requests import (
    LARGEST_RADIUS,
    LAST_PAGE,
    LONGEST_PLACE,
    LONGEST_QUESTION,
    MODES,
    SMALLEST_RADIUS,
    SORTS,
    USUAL_RADIUS,
    Undone,
)
from portal.search.when import DayName
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address."""

    name: str
    meaning: str
    schema: Schema
    example: str
    is_list: bool = False
    """Whether it holds several values, parted by commas."""

    @property
    def example_value(self) -> str | int | list[str]:
        """Give the example as what the schema says it is."""
        if self.is_list:
            return self.example.split(",")
        return int(self.example) if self.schema["type"] == "integer" else self.example

    @property
    def values(self) -> str:
        """Say in words what it may hold."""
        schema: Schema = self.schema["items"] if self.is_list else self.schema
        if "enum" in schema:
            return ", ".join(f"`{value}`" for value in schema["enum"])
        if "minimum" in schema:
            return f"{schema['minimum']} à {schema['maximum']}"
        return str(schema.get("description") or f"texte, {schema['maxLength']} caractères au plus")

    @property
    def usual(self) -> str:
        """Say what counts where it is left out."""
        return f"`{self.schema['default']}`" if "default" in self.schema else ""


_WHERE = Parameter(
    "ou",
    "D’où l’on cherche : commune, code postal, code INSEE, ou `lat,lon`, que le portail coupe à cent mètres.",
    {"type": "string", "maxLength": LONGEST_PLACE},
    "10323",
)
_FLAG: Schema = {"type": "string", "enum": ["1"]}
LANGUAGE = Parameter(
    "langue", "Langue des suggestions.", {"type": "string", "enum": [*LANGUAGES], "default": FRENCH}, "en"
)
TYPED = Parameter(
    "q", "Le début d’un mot ou d’un nom, tel qu’on le tape.", {"type": "string", "maxLength": LONGEST_PLACE}, "rom"
)


def search_parameters(vocabulary: Vocabulary) -> tuple[Parameter, ...]:
    """List what a search may be asked."""
    moments = ", ".join(f"`{name.value}`" for name in DayName)
    return (
        Parameter(
            "quoi",
            "Ce que l’on cherche, en mots de tous les jours ; une commune ou un moment s’y comprennent.",
            {"type": "string", "maxLength": LONGEST_QUESTION},
            "garde d’enfant",
        ),
        _WHERE,
        Parameter("rayon", "Kilomètres autour du lieu.", _whole(SMALLEST_RADIUS, LARGEST_RADIUS, USUAL_RADIUS), "30"),
        Parameter(
            "theme",
            "Un thème, ou le code d’un type de service du thésaurus (deux lettres, deux chiffres).",
            {"type": "string", "description": ", ".join(f"`{each}`" for each in _themes(vocabulary)) + ", `PE02`…"},
            "sante",
        ),
        Parameter(
            "public",
            "Pour qui ; plusieurs valeurs séparées par des virgules.",
            {"type": "array", "items": {"type": "string", "enum": [each.value for each in Audience]}},
            "familles,jeunes",
            is_list=True,
        ),
        Parameter(
            "quand",
            "Ouvert à ce moment.",
            {
                "type": "string",
                "description": f"{moments} ; un jour et un moment (`demain-matin`, `samedi-14h`) ; "
                "une date (`2026-12-01`) ; un instant (`2026-12-01T18:30`)",
            },
            "samedi",
        ),
        Parameter("mode", "Comment on est reçu.", {"type": "string", "enum": [*MODES]}, "telephone"),
        Parameter("gratuit", "Les services gratuits seulement.", _FLAG, "1"),
        Parameter("accessible", "Les lieux accessibles en fauteuil seulement.", _FLAG, "1"),
        Parameter("tri", "L’ordre des réponses.", {"type": "string", "enum": [*SORTS], "default": "pertinence"}, "nom"),
        Parameter("page", "La page, de vingt réponses.", _whole(1, LAST_PAGE, 1), "2"),
        Parameter(
            "sans",
            "Ce qui ne doit pas être compris dans les mots de `quoi`, séparé par des virgules.",
            {"type": "array", "items": {"type": "string", "enum": [each.value for each in Undone]}},
            "lieu",
            is_list=True,
        ),
    )


def passages_parameters(vocabulary: Vocabulary) -> tuple[Parameter, ...]:
    """List what the passages around a commune may be asked."""
    return (
        _WHERE,
        Parameter(
            "rayon",
            "Kilomètres autour du lieu.",
            {"type": "integer", "enum": [*RADII], "default": PASSAGES_RADIUS},
            "20",
        ),
        Parameter("theme", "Un seul thème.", {"type": "string", "enum": [*_themes(vocabulary)]}, "sante"),
    )


def parameter_tables(vocabulary: Vocabulary) -> Iterator[str]:
    """Write the tables of the page on formats, line by line."""
    told = (
        ("Une recherche", search_parameters(vocabulary)),
        ("Les passages", passages_parameters(vocabulary)),
        ("`/api/v1/communes`", (TYPED,)),
        ("`/api/v1/suggestions`", (TYPED, LANGUAGE)),
    )
    for title, parameters in told:
        yield from ("", f"### {title}", "", "| paramètre | sens | valeurs | d’office | exemple |")
        yield "| --- | --- | --- | --- | --- |"
        for each in parameters:
            yield f"| `{each.name}` | {each.meaning} | {each.values} | {each.usual} | `{each.name}={each.example}` |"


def _themes(vocabulary: Vocabulary) -> Iterator[str]:
    return (family.slug for family in vocabulary.shown_families)


def _whole(least: int, most: int, usual: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}
