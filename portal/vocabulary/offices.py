"""Kinds of office that every inhabitant has to do with, and whose area decides where one has to go. Pure."""

TOWN_HALL = "AD01"
OFFICES = (
    "SO03",  # Caf
    "SO04",  # MSA
    "SO05",  # health insurance
    "SO06",  # pensions
    "EM01",  # France Travail
    "EM02",  # mission locale
    "AD07",  # taxes
    "SO02",  # social workers of the département
    "SO01",  # CCAS, CIAS
    "SE01",  # information for the elderly
    "HA01",  # MDPH
    "PE01",  # relais petite enfance
    "PE07",  # PMI
    "LO01",  # housing
    "AD08",  # préfecture, sous-préfecture
    "AD02",  # intercommunalité
    "UR01",  # gendarmerie, police
)
"""Kinds of office whose area decides where one has to go; where two are near, the competent one is the right one."""

SECTORED = frozenset({TOWN_HALL, *OFFICES})
"""Kinds whose services are told apart by their areas; a doctor or a telephone line for several communes is not."""
