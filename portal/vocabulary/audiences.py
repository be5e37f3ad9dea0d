"""For whom a service is: the audiences of data·inclusion v1 (GIP Inclusion, Licence Ouverte 2.0)."""

from enum import StrEnum


class Audience(StrEnum):
    """A group of people a service or a situation speaks to; the value is what URLs and exports carry."""

    WORKING = "actifs"
    MINIMUM_INCOME = "beneficiaires-des-minimas-sociaux"
    JOB_SEEKERS = "demandeurs-emploi"
    STUDENTS = "etudiants"
    FAMILIES = "familles"
    WOMEN = "femmes"
    YOUNG_PEOPLE = "jeunes"
    DISABLED = "personnes-en-situation-de-handicap"
    IN_EMERGENCY = "personnes-en-situation-durgence"
    UNDER_JUSTICE = "personnes-en-situation-juridique-specifique"
    EXILED = "personnes-exilees"
    PRIORITY_AREAS = "residents-qpv-frr"
    SENIORS = "seniors"
    EVERYONE = "tous-publics"

    @property
    def label(self) -> str:
        """Name the audience in French, as a filter shows it."""
        return _LABELS[self]


_LABELS = {
    Audience.WORKING: "Actifs",
    Audience.MINIMUM_INCOME: "Bénéficiaires des minimas sociaux",
    Audience.JOB_SEEKERS: "Demandeurs d’emploi",
    Audience.STUDENTS: "Étudiants",
    Audience.FAMILIES: "Familles",
    Audience.WOMEN: "Femmes",
    Audience.YOUNG_PEOPLE: "Jeunes",
    Audience.DISABLED: "Personnes en situation de handicap",
    Audience.IN_EMERGENCY: "Personnes en situation d’urgence",
    Audience.UNDER_JUSTICE: "Personnes en situation juridique spécifique",
    Audience.EXILED: "Personnes exilées",
    Audience.PRIORITY_AREAS: "Résidents en QPV ou FRR",
    Audience.SENIORS: "Séniors",
    Audience.EVERYONE: "Tous publics",
}
