"""What a person reads after an import: what to mend first, each remark once, the cell quoted."""

from importers.pipeline.words import reason_lines, report_lines
from portal.core.command import ExitCode
from portal.core.problems import Problem
from portal.intake.report import Fate, Report
from tests.tools.claims import none_of

UNKNOWN = Problem("theme-inconnu", "Ce thème n’est pas connu.", "goûters", "Thème")
MOVED = Problem("zero-remis", "Le zéro manquait.", field="Téléphone")
JOINED = Problem("ligne-jointe", "Cette ligne complète une autre.", field="Identifiant")


def a_report() -> Report:
    report = Report(source="tableur", feed="essai")
    for fate, n in ((Fate.CREATED, 1), (Fate.REFUSED, 1), (Fate.SKIPPED, 3)):
        report.count(fate, n)
    for line in (3, 4, 9):
        report.explain(line, [JOINED], Fate.SKIPPED)
    report.explain(2, [MOVED])
    report.explain(8, [UNKNOWN], Fate.REFUSED)
    return report


def test_lines_to_mend_come_first_and_say_what_to_do() -> None:
    assert list(report_lines(a_report())) == [
        "Lignes lues : 5 (1 créée, 1 refusée, 3 passées).",
        "À corriger : ces lignes ne sont pas entrées.",
        "  ligne 8, Thème : Ce thème n’est pas connu. (écrit : « goûters »)",
        "Corrigez-les dans le fichier, enregistrez-le, puis relancez la même commande.",
        "À relire : ces lignes sont entrées, avec une remarque.",
        "  ligne 2, Téléphone : Le zéro manquait.",
        "Laissées de côté :",
        "  lignes 3, 4 et 9, Identifiant : Cette ligne complète une autre.",
    ]


def test_file_nothing_was_read_of_is_told_by_its_reason_alone() -> None:
    report = Report(source="tableur", feed="essai")
    report.explain(0, [Problem("fichier-vide", "Ce fichier est vide.")])
    assert list(report_lines(report)) == ["Ce fichier est vide."]


def test_remark_of_many_lines_is_told_once() -> None:
    assert list(reason_lines((line, JOINED) for line in range(2, 40))) == [
        "  lignes 2, 3, 4, 5, 6, 7 et 32 autres, Identifiant : Cette ligne complète une autre."
    ]


def test_one_line_more_than_are_shown_is_named() -> None:
    (told,) = reason_lines((line, JOINED) for line in range(2, 9))
    assert told.startswith("  lignes 2, 3, 4, 5, 6, 7 et 8, ")


def test_cell_that_the_sentence_quotes_is_not_quoted_twice() -> None:
    (told,) = reason_lines([(2, Problem("x", "Nous n’avons pas compris « hier ».", "hier"))])
    assert told == "  ligne 2 : Nous n’avons pas compris « hier »."


def test_refusal_of_a_run_is_said_before_its_figures() -> None:
    report = a_report()
    report.guard = Problem("perte", "12 fiches sur 20 manquent. Rien n’a été modifié.")
    first, then, figures, *others = report_lines(report)
    assert first == "Import refusé. 12 fiches sur 20 manquent. Rien n’a été modifié."
    assert (then, figures) == ("Ce qu’il aurait fait :", "Lignes lues : 5 (1 créée, 1 refusée, 3 passées).")
    assert none_of("manquent" in line for line in others)


def test_question_to_answer_ends_with_three_and_a_remark_with_zero() -> None:
    report = Report(source="tableur", feed="essai")
    report.count(Fate.CREATED)
    report.explain(2, [MOVED])
    codes = [report.exit_code]
    report.asked = 1
    assert [*codes, report.exit_code] == [ExitCode.DONE, ExitCode.PROBLEMS]
    assert "Questions à trancher : 1." in report_lines(report)
