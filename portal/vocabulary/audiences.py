"""For whom a service is: the audiences of data·inclusion v1 (GIP Inclusion, Licence Ouverte 2.0)."""

from enum import StrEnum

from portal.core.languages import Label


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
    def label(self) -> Label:
        """Name the audience, as a filter shows it."""
        return _LABELS[self]


_LABELS = {
    Audience.WORKERS: Label("Actifs", "Working people"),
    Audience.BENEFIT_RECIPIENTS: Label("Bénéficiaires des minimas sociaux", "People on basic welfare benefits"),
    Audience.JOB_SEEKERS: Label("Demandeurs d’emploi", "Job seekers"),
    Audience.STUDENTS: Label("Étudiants", "Students"),
    Audience.FAMILIES: Label("Familles", "Families"),
    Audience.WOMEN: Label("Femmes", "Women"),
    Audience.YOUNG_PEOPLE: Label("Jeunes", "Young people"),
    Audience.DISABLED_PEOPLE: Label("Personnes en situation de handicap", "Disabled people"),
    Audience.PEOPLE_IN_URGENT_NEED: Label("Personnes en situation d’urgence", "People in urgent need"),
    Audience.PEOPLE_WITH_A_LEGAL_SITUATION: Label(
        "Personnes en situation juridique spécifique", "People in a particular legal situation"
    ),
    Audience.EXILED_PEOPLE: Label("Personnes exilées", "Refugees and asylum seekers"),
    Audience.PRIORITY_AREAS: Label("Résidents en QPV ou FRR", "Residents of priority areas"),
    Audience.SENIORS: Label("Séniors", "Older people"),
    Audience.EVERYONE: Label("Tous publics", "Everyone"),
}
