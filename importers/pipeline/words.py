"""What the pipeline says on the screen, in French: figures, reasons, columns, the way of one line."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from importers.pipeline.headers import HeaderMap
from importers.pipeline.passages import Passage
from importers.reading import RawRow, Reading
from portal.core.problems import Problem
from portal.core.text import cut
from portal.intake.record import Verdict
from portal.intake.report import Fate, Reason, Report
from portal.intake.rules.checks import check
from portal.intake.rules.values import write

_N_REASONS = 20
_N_LINES = 6
_LONGEST, _LONGEST_QUOTE = 110, 60
_FATES = {
    Fate.CREATED: "créées",
    Fate.UPDATED: "modifiées",
    Fate.UNCHANGED: "inchangées",
    Fate.DUPLICATE: "en double",
    Fate.QUARANTINED: "en quarantaine",
    Fate.REFUSED: "refusées",
    Fate.SKIPPED: "passées",
}
FATE_OF_ONE = {
    Fate.CREATED: "créée",
    Fate.UPDATED: "modifiée",
    Fate.UNCHANGED: "inchangée",
    Fate.DUPLICATE: "en double",
    Fate.QUARANTINED: "en quarantaine",
    Fate.REFUSED: "refusée",
    Fate.SKIPPED: "passée",
}
_VERDICTS = {
    Verdict.ACCEPTED: "acceptée",
    Verdict.QUARANTINED: "en quarantaine",
    Verdict.REFUSED: "refusée",
    Verdict.SKIPPED: "passée",
}
_OF_BODY = "body."
_WORDS = {
    "about": "description",
    "access": "accès",
    "accessibility": "accessibilité",
    "address": "adresse",
    "address_extra": "complément d’adresse",
    "agency": "exploitant",
    "ages": "âges",
    "appointment": "rendez-vous",
    "audience_note": "précisions sur les publics",
    "audiences": "publics",
    "carrier": "structure porteuse",
    "carrier_kind": "nature de la structure porteuse",
    "comment": "commentaire",
    "commune_code": "code INSEE",
    "competence": "territoire desservi",
    "concepts": "thèmes",
    "conditions": "conditions d’accès",
    "contacts": "contacts",
    "cost": "coût",
    "cost_note": "précision sur le coût",
    "days": "jours",
    "department": "département",
    "description": "description",
    "documents": "pièces à apporter",
    "eligibility": "conditions",
    "hours": "horaires",
    "how": "mobilisation",
    "ignore": "lignes à ignorer",
    "is_public": "contact public",
    "key": "identifiant",
    "kind": "type",
    "languages": "langues",
    "lat": "latitude",
    "legal_nature": "nature de la structure",
    "link": "lien",
    "lon": "longitude",
    "long_name": "parcours de la ligne",
    "mail": "courriel",
    "modes": "accueil",
    "more_concepts": "autres thèmes",
    "n_services": "nombre de services",
    "name": "nom",
    "networks": "réseaux",
    "note": "précision sur l’accueil",
    "official_ids": "numéros officiels",
    "oldest": "âge maximum",
    "online_url": "démarche en ligne",
    "operators": "opérateurs",
    "parent": "arrêt principal",
    "phone": "téléphone",
    "place_name": "nom du lieu",
    "postal_code": "code postal",
    "precision": "précision du point",
    "roving": "itinérance",
    "said_on": "mis à jour le",
    "short_name": "numéro de la ligne",
    "siret": "SIRET",
    "site": "site",
    "structure_key": "identifiant de la structure",
    "summary": "résumé",
    "title": "nom",
    "topics": "thématiques",
    "updated": "date de mise à jour",
    "wheelchair": "accès en fauteuil roulant",
    "who": "orientation",
    "youngest": "âge minimum",
    "zone": "zone d’éligibilité",
}
"""Our words for columns and fields where French has another."""
_OURS = frozenset({"fate"})
"""Columns we add to a list while reading it: its keeper would look for them in vain."""


def in_french(word: str) -> str:
    """Name a column or a field; what begins with `body.` is told of the structure."""
    if word.startswith(_OF_BODY):
        return f"{in_french(word.removeprefix(_OF_BODY))} de la structure"
    return _WORDS.get(word, word)


def figures(reports: Iterable[Report]) -> str:
    """Tell how many rows were read in all, and what became of them."""
    counts: Counter[Fate] = Counter()
    for report in reports:
        counts.update(report.counts)
    told = ", ".join(f"{n} {(_FATES if n > 1 else FATE_OF_ONE)[fate]}" for fate in Fate if (n := counts[fate]))
    return f"Lignes lues : {counts.total()}" + (f" ({told})." if told else ".")


def report_lines(report: Report) -> Iterator[str]:
    """Tell a run: its figures, then what to mend, what to read again, and what was left aside."""
    reasons = report.all_reasons()
    if not report.read and reasons:
        # Nothing was read of the file: a count of lines would only hide why.
        yield from (reason.problem.text for reason in reasons)
        return
    if report.guard is not None:
        # Figures of what was not done, read first, look as if it had been.
        yield f"Import refusé. {report.guard.text}"
        reasons = [reason for reason in reasons if reason.problem is not report.guard]
        yield "Ce qu’il aurait fait :"
    yield figures((report,))
    if report.missing:
        yield (
            f"Fiches qui ne sont plus dans la liste : {report.missing}. Elles restent visibles ; absentes deux fois et "
            "plus de sept jours, elles sont masquées."
        )
    if report.hidden:
        yield f"Fiches masquées, absentes de la source depuis deux fois : {report.hidden}."
    if report.asked:
        where = "" if report.run is None else " Voyez-les avec : maillage review list"
        yield f"Questions à trancher : {report.asked}.{where}"
    yield from told_reasons(reasons)


def told_reasons(reasons: Iterable[Reason]) -> Iterator[str]:
    """List reasons under what they mean for whoever keeps the list: the lines that stayed outside come first."""
    listed = list(reasons)
    of_the_file = [reason for reason in listed if not reason.line]
    yield from reason_lines((reason.line, reason.problem) for reason in of_the_file)
    for title, fates, end in _SECTIONS:
        found = [(reason.line, reason.problem) for reason in listed if reason.line and reason.fate in fates]
        if found:
            yield title
            yield from reason_lines(found)
            yield from filter(None, (end,))


_SECTIONS: tuple[tuple[str, frozenset[Fate | None], str], ...] = (
    (
        "À corriger : ces lignes ne sont pas entrées.",
        frozenset({Fate.QUARANTINED, Fate.REFUSED}),
        "Corrigez-les dans le fichier, enregistrez-le, puis relancez la même commande.",
    ),
    ("À relire : ces lignes sont entrées, avec une remarque.", frozenset({None}), ""),
    ("Laissées de côté :", frozenset({Fate.SKIPPED}), ""),
)


def reason_lines(reasons: Iterable[tuple[int, Problem]]) -> Iterator[str]:
    """List the first reasons, each once with all its lines, and say how many more there are."""
    lines: dict[tuple[str, str, str], list[int]] = {}
    for line, problem in reasons:
        lines.setdefault((problem.field, problem.text, _quoted(problem)), []).append(line)
    for (field, text, quote), numbers in list(lines.items())[:_N_REASONS]:
        where = ", ".join(filter(None, (_numbered(numbers), in_french(field))))
        yield f"  {where or 'fichier'} : {text}{quote}"
    if len(lines) > _N_REASONS:
        yield f"  … et {len(lines) - _N_REASONS} autres remarques, dans le rapport (--report FICHIER)."


def _quoted(problem: Problem) -> str:
    """Quote the cell, where the sentence does not already."""
    value = cut(" ".join(problem.value.split()), _LONGEST_QUOTE)
    return f" (écrit : « {value} »)" if value and value not in problem.text else ""


def _numbered(lines: list[int]) -> str:
    """Name the lines: "ligne 4", "lignes 4, 7 et 9", "lignes 4, 7, 9, 12, 15, 18 et 30 autres"."""
    numbers = list(dict.fromkeys(line for line in lines if line))
    if len(numbers) < 2:  # noqa: PLR2004 - one line takes no plural
        return "".join(f"ligne {number}" for number in numbers)
    left = len(numbers) - _N_LINES
    shown, last = (numbers[:_N_LINES], f"{left} autres") if left > 1 else (numbers[:-1], str(numbers[-1]))
    return f"lignes {', '.join(map(str, shown))} et {last}"


def reading_lines(reading: Reading, header: HeaderMap) -> Iterator[str]:
    """Tell how a file was understood: form, encoding, delimiter, columns."""
    form = ", ".join(part for part in (reading.form, reading.encoding, reading.delimiter, reading.sheet) if part)
    yield f"Fichier : {reading.name} ({form})"
    yield f"En-tête : {f'ligne {reading.header_line}' if reading.header_line else 'sans en-tête'}"
    yield "Colonnes lues :"
    shown = ((word, column) for word, column in header.columns.items() if word not in _OURS)
    yield from (f"  {column} → {in_french(word)}{_remark(header, word)}" for word, column in shown)
    yield f"Colonnes non lues : {', '.join(header.unmapped) or 'aucune'}"
    yield from (f"  {problem.text}" for problem in reading.problems)


def _remark(header: HeaderMap, word: str) -> str:
    return f" ({header.remarks[word]})" if word in header.remarks else ""


def verdict_line(verdicts: Mapping[Verdict, int]) -> str:
    """Count the lines by what reading makes of them."""
    counts = ", ".join(f"{n} {_counted(verdict, n)}" for verdict in _VERDICTS if (n := verdicts.get(verdict, 0)))
    return f"Lignes : {sum(verdicts.values())}" + (f" ({counts})" if counts else "")


def passage_lines(passage: Passage) -> Iterator[str]:
    """Show one line at every stage up to the record."""
    yield f"1. Ligne {passage.row.line} du fichier"
    yield from _cell_lines(passage.row)
    for row in passage.row.more:
        yield f"   avec la ligne {row.line}"
        yield from _cell_lines(row)
    yield "2. Colonnes reconnues"
    yield from (
        f"  {in_french(word)} ← {passage.line.columns[word]}"
        for word, cell in passage.line.cells.items()
        if cell.strip() and word not in _OURS
    )
    yield "3. Champs"
    for name, part in passage.parts.items():
        yield f"  {in_french(name)} = {_shown(json.dumps(write(part.value), ensure_ascii=False))}"
        yield from (f"    ! {problem.text}" for problem in part.problems)
    yield f"4. Fiche : {_VERDICTS[passage.verdict]}"
    faults = (*passage.row.doubts, *(check(passage.record) if passage.record else ()))
    yield from (f"    ! {problem.text}" for problem in faults)


def _cell_lines(row: RawRow) -> Iterator[str]:
    return (f"  {column} : {_shown(cell)}" for column, cell in row.cells.items() if cell.strip())


def _counted(verdict: Verdict, n: int) -> str:
    plural = "s" if n > 1 and verdict is not Verdict.QUARANTINED else ""
    return f"{_VERDICTS[verdict]}{plural}"


def _shown(text: str) -> str:
    return cut(" ".join(text.split()), _LONGEST)
