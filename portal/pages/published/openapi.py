"""What programs may ask (OpenAPI 3.1), made of the declarations and the schemas that the answers are held to."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from portal.pages.published.parameters import (
    LANGUAGE,
    TYPED,
    Parameter,
    Schema,
    passages_parameters,
    search_parameters,
)
from portal.search.names import NameKind
from portal.vocabulary.vocabulary import Vocabulary

PATH = "/api/v1/openapi.json"
_SCHEMAS = {
    "Recherche": ("portal.search", "recherche.schema.json"),
    "Fiche": ("portal.pages.sheets", "fiche.schema.json"),
}
_JSON, _PROBLEM = "application/json", "application/problem+json"
_ATOM, _DIARY = "application/atom+xml", "text/calendar"
_TEXT: Schema = {"type": "string"}
_GEOJSON: Schema = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": {"type": "object"}}},
}
_MOVED: Mapping[str, Schema] = {
    "301": {
        "description": "Deux fiches n’en font plus qu’une, ou le nom a changé : l’adresse de celle qui reste",
        "headers": {"Location": {"schema": _TEXT}},
    }
}
_UNCHANGED: Mapping[str, Schema] = {
    "304": {"description": "Rien n’a changé depuis la réponse dont la demande donne la marque (`If-None-Match`)"}
}
_REFUSALS: Mapping[str, str] = {
    "400": "Une valeur ne se comprend pas",
    "404": "Cette adresse ne mène à rien",
    "410": "Le service est fermé, ou la fiche retirée",
    "503": "La liste se remet en ordre",
}


def described(vocabulary: Vocabulary, *, name: str, base: str) -> Schema:
    """Describe the API of a portal."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": name,
            "version": "1",
            "summary": "Les services du territoire, en lecture, sans clé ni inscription.",
            "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"},
        },
        "servers": [{"url": base}],
        "paths": _paths(vocabulary),
        "components": {"schemas": _schemas()},
    }


class _Way(NamedTuple):
    """One address that programs may ask."""

    path: str
    summary: str
    schema: Schema
    asks: str = ""
    """Which parameters: `search`, `list` (a search without pages), `passages`, `typed`, `completed`."""
    kind: str = _JSON
    refuses: str = ""


def _ways() -> tuple[_Way, ...]:
    communes, suggestions = _several(_ref("Recherche.commune")), _several(_ref("Suggestion"))
    geojson = "application/geo+json"
    return (
        _Way("/api/v1/recherche", "Chercher des services", _ref("Recherche"), "search", refuses="400"),
        _Way("/recherche.json", "La même réponse que /api/v1/recherche", _ref("Recherche"), "search", refuses="400"),
        _Way("/recherche.csv", "La liste en tableau", _TEXT, "list", "text/csv", "400 503"),
        _Way("/recherche.geojson", "La liste en points", _GEOJSON, "list", geojson, "400 503"),
        _Way("/recherche.atom", "La liste en actualités", _TEXT, "list", _ATOM, "400 503"),
        _Way("/recherche.ics", "Les ouvertures à venir", _TEXT, "list", _DIARY, "400 503"),
        _Way("/passages.ics", "Ce qui passe, en agenda", _TEXT, "passages", _DIARY, "400"),
        _Way("/passages.atom", "Ce qui passe, en actualités", _TEXT, "passages", _ATOM, "400"),
        _Way("/api/v1/services/{public_id}", "Un service, par son code", _ref("Service"), refuses="404 410"),
        _Way("/services/{name}.json", "Une fiche entière", _ref("Fiche"), refuses="404 410"),
        _Way("/services/{name}.ics", "Les ouvertures d’un service", _TEXT, "", _DIARY, "404 410"),
        _Way("/services/{name}.vcf", "Les contacts d’un service", _TEXT, "", "text/vcard", "404 410"),
        _Way("/lieux/{name}.vcf", "Un lieu", _TEXT, "", "text/vcard", "404 410"),
        _Way("/api/v1/communes", "Trouver une commune", communes, "typed"),
        _Way("/api/v1/suggestions", "Compléter ce qui se tape", suggestions, "completed", refuses="400"),
        _Way("/carte/communes.geojson", "Les contours des communes du territoire", _GEOJSON, kind=geojson),
        _Way(PATH, "Cette description", {"type": "object"}),
    )


def _paths(vocabulary: Vocabulary) -> dict[str, Schema]:
    search = search_parameters(vocabulary)
    asked: Mapping[str, Iterable[Parameter]] = {
        "": (),
        "search": search,
        "list": [each for each in search if each.name != "page"],
        "passages": passages_parameters(vocabulary),
        "typed": (TYPED,),
        "completed": (TYPED, LANGUAGE),
    }
    return {way.path: {"get": _get(way, asked[way.asks])} for way in _ways()}


def _get(way: _Way, parameters: Iterable[Parameter]) -> Schema:
    problem = {"content": {_PROBLEM: {"schema": _ref("Probleme")}}}
    answers = {"200": {"description": way.summary, "content": {way.kind: {"schema": way.schema}}}}
    refused = {status: {"description": _REFUSALS[status], **problem} for status in way.refuses.split()}
    in_path = [_in_path(name) for name in re.findall(r"{(\w+)}", way.path)]
    moved = _MOVED if in_path else {}
    return {
        "summary": way.summary,
        "parameters": [*in_path, *(_in_query(each) for each in parameters)],
        "responses": {**answers, **moved, **_UNCHANGED, **refused},
    }


def _in_query(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "schema": parameter.schema,
        "example": parameter.example_value,
        **({"style": "form", "explode": False} if parameter.is_list else {}),
    }


def _in_path(name: str) -> Schema:
    meaning = "Code du service" if name == "public_id" else "Nom et code de la fiche, tels que `url` les donne"
    return {"name": name, "in": "path", "required": True, "description": meaning, "schema": _TEXT}


def _schemas() -> dict[str, Schema]:
    """Gather the published schemas; what they define inside stands beside them, under their name."""
    found: dict[str, Schema] = {}
    for name, (package, file) in _SCHEMAS.items():
        whole = _published(package, file)
        found |= {f"{name}.{inner}": _moved(schema, name) for inner, schema in whole["$defs"].items()}
        found[name] = _moved({key: value for key, value in whole.items() if key not in {"$schema", "$defs"}}, name)
    found["Service"] = _without(found["Recherche.resultat"], "distance_m")
    kinds = {"enum": [kind.value for kind in NameKind]}
    found["Suggestion"] = _object(type=kinds, texte=_TEXT, url=_TEXT, commune=_TEXT)
    told = _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT, erreur=_TEXT)
    beside = {"champ": _TEXT, "valeur": _TEXT, "attendu": _several(_TEXT), "successeur": _TEXT}
    found["Probleme"] = {**told, "properties": {**told["properties"], **beside}}
    return found


@cache
def _published(package: str, file: str) -> Schema:
    written: Schema = json.loads(files(package).joinpath("reference", file).read_text(encoding="utf-8"))
    return written


def _moved(schema: Schema, name: str) -> Schema:
    text = json.dumps(schema).replace('"#/$defs/', f'"#/components/schemas/{name}.')
    moved: Schema = json.loads(text)
    return moved


def _without(schema: Schema, name: str) -> Schema:
    properties = {key: value for key, value in schema["properties"].items() if key != name}
    return {**schema, "properties": properties, "required": [key for key in schema["required"] if key != name]}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": [*properties],
        "properties": {**properties},
        "additionalProperties": False,
    }


def _several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
