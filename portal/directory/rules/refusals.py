"""What the operations of the directory refuse, each rule by its name and with its sentence."""

from portal.core.errors import Conflict, Invalid, NotFound, Refused
from portal.core.languages import Label
from portal.core.text import cut
from portal.directory.rules.choices import REVIEW_RHYTHMS, SUMMARY_LENGTH, Status

_STATUS_WORDS = {Status.DRAFT: "en brouillon", Status.PUBLISHED: "publié", Status.CLOSED: "fermé"}


class NoSuchSheet(NotFound):
    """Nothing ever had this address, or nothing the public may see."""

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Cette fiche n’existe pas. Vérifiez l’adresse, ou cherchez le service par son nom.",
                "This page does not exist. Check the address, or search for the service by its name.",
            )
        )


class NameMissing(Invalid):
    """A structure, a service or a tour needs a name."""

    def __init__(self) -> None:
        super().__init__("Indiquez un nom.")


class NameTooLong(Invalid):
    """A name is not a description."""

    def __init__(self, length: int) -> None:
        super().__init__(f"Ce nom est trop long ({length} caractères) : 250 au plus.")


class TextTooLong(Invalid):
    """A text must fit in its field."""

    def __init__(self, text: str, limit: int) -> None:
        super().__init__(f"Raccourcissez « {cut(text, 60)} » : {len(text)} caractères, {limit} au plus.")


class SummaryTooLong(Invalid):
    """A summary must hold in two lines."""

    def __init__(self, length: int) -> None:
        super().__init__(f"Raccourcissez le résumé : {length} caractères, {SUMMARY_LENGTH} au plus.")


class AgesReversed(Invalid):
    """Ages go from the youngest to the oldest."""

    def __init__(self) -> None:
        super().__init__("Indiquez un âge minimum et un âge maximum entre 0 et 130 ans, le plus petit d’abord.")


class RhythmUnknown(Invalid):
    """A sheet is reviewed at one of the rhythms."""

    def __init__(self) -> None:
        rhythms = ", ".join(str(months) for months in REVIEW_RHYTHMS[:-1])
        super().__init__(f"Choisissez un rythme de vérification de {rhythms} ou {REVIEW_RHYTHMS[-1]} mois.")


class ConceptUnreadable(Invalid):
    """A concept is named by its code of the thesaurus."""

    def __init__(self, code: str) -> None:
        super().__init__(f"« {code} » n’est pas un code du thésaurus, par exemple PE01.")


class CommuneMissing(Invalid):
    """A place lies in a commune."""

    def __init__(self) -> None:
        super().__init__("Indiquez la commune du lieu.")


class ContactEmpty(Invalid):
    """A contact needs a value."""

    def __init__(self) -> None:
        super().__init__("Indiquez le numéro ou l’adresse de chaque contact.")


class PlaceMissing(Invalid):
    """An access point at a place names it, and only such a one."""

    def __init__(self) -> None:
        super().__init__("Un accueil sur place a besoin d’un lieu, un arrêt de tournée d’un arrêt, les autres d’aucun.")


class TransitionRefused(Refused):
    """A service only passes from a status to another as the table says."""

    def __init__(self, before: Status, after: Status) -> None:
        advice = " : rouvrez-le d’abord" if before is Status.CLOSED else ""
        super().__init__(f"Un service {_STATUS_WORDS[before]} ne peut pas être {_STATUS_WORDS[after]}{advice}.")


class NotItsOwnSuccessor(Conflict):
    """A closed service leads to another one, never back to itself."""

    def __init__(self) -> None:
        super().__init__("Un service ne peut pas être remplacé par lui-même, même en passant par d’autres.")


class CannotMergeWithItself(Conflict):
    """Two things are needed to make one."""

    def __init__(self) -> None:
        super().__init__("Choisissez deux fiches différentes à fusionner.")


class AlreadyMerged(Conflict):
    """What was merged or linked answers no more for itself."""

    def __init__(self) -> None:
        super().__init__("Cette fiche est déjà fusionnée avec une autre : défaites d’abord cette fusion.")


class KeptUnpublished(Conflict):
    """What the public reads does not vanish into what it may not see."""

    def __init__(self) -> None:
        super().__init__(
            "La fiche à garder n’est pas publiée et l’autre l’est : publiez-la d’abord, ou gardez l’autre."
        )


class NotMerged(Conflict):
    """Only a merge can be undone."""

    def __init__(self) -> None:
        super().__init__("Cette fiche n’est fusionnée avec aucune autre.")


class StillInUse(Conflict):
    """What others lean on is not deleted."""

    def __init__(self) -> None:
        super().__init__("Cette fiche sert encore à d’autres : déplacez-les ou supprimez-les d’abord.")


class ChangedMeanwhile(Conflict):
    """Somebody else changed the sheet since it was read."""

    def __init__(self) -> None:
        super().__init__("Cette fiche a été modifiée entre-temps : rechargez-la, puis refaites votre modification.")


class VerifiedInTheFuture(Invalid):
    """Nobody has checked a sheet tomorrow."""

    def __init__(self) -> None:
        super().__init__("La date de vérification est dans l’avenir : indiquez aujourd’hui ou un jour passé.")


class HumanTranslationStands(Refused):
    """A machine does not overwrite what a person wrote."""

    def __init__(self) -> None:
        super().__init__(
            "Cette traduction a été écrite par une personne : une traduction automatique ne la remplace pas."
        )


class FieldNotTranslatable(Invalid):
    """Only texts are translated."""

    def __init__(self, field: str) -> None:
        super().__init__(f"Le champ « {field} » ne se traduit pas.")
