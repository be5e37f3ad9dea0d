"""For whom a service is: the audiences of data·inclusion v1 (GIP Inclusion, Licence Ouverte 2.0)."""

from enum import StrEnum


class Audience(StrEnum):
    """A group of people a service or a situation speaks to; the value is what URLs and exports carry."""

    WORKERS = "actifs"
    BENEFIT_RECIPIENTS = "beneficiaires-des-minimas-sociaux"
    JOB_SEEKERS = "demandeurs-emploi"
    STUDENTS = "etudiants"
    FAMILIES = "familles"
    WOMEN = "femmes"
    YOUNG_PEOPLE = "jeunes"
    DISABLED_PEOPLE = "personnes-en-situation-de-handicap"
    PEOPLE_IN_URGENT_NEED = "personnes-en-situation-durgence"
    PEOPLE_WITH_A_LEGAL_SITUATION = "personnes-en-situation-juridique-specifique"
    EXILED_PEOPLE = "personnes-exilees"
    PRIORITY_AREAS = "residents-qpv-frr"
    SENIORS = "seniors"
    EVERYONE = "tous-publics"

    @property
    def label(self) -> str:
        """Name the audience in French, as a filter shows it."""
        return _LABELS[self]


_LABELS = {
    Audience.WORKERS: "Actifs",
    Audience.BENEFIT_RECIPIENTS: "Bénéficiaires des minimas sociaux",
    Audience.JOB_SEEKERS: "Demandeurs d’emploi",
    Audience.STUDENTS: "Étudiants",
    Audience.FAMILIES: "Familles",
    Audience.WOMEN: "Femmes",
    Audience.YOUNG_PEOPLE: "Jeunes",
    Audience.DISABLED_PEOPLE: "Personnes en situation de handicap",
    Audience.PEOPLE_IN_URGENT_NEED: "Personnes en situation d’urgence",
    Audience.PEOPLE_WITH_A_LEGAL_SITUATION: "Personnes en situation juridique spécifique",
    Audience.EXILED_PEOPLE: "Personnes exilées",
    Audience.PRIORITY_AREAS: "Résidents en QPV ou FRR",
    Audience.SENIORS: "Séniors",
    Audience.EVERYONE: "Tous publics",
}
