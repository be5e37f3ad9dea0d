"""Which words meet under one stem and which must not, as a table anybody can lengthen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.stems import stem

MEET = """
    aide aides aider
    aidant aidants aidante aidantes
    animateur animatrice animateurs animatrices
    assistant assistante assistants assistantes
    aîné aînée aînés aînées
    bijou bijoux
    boucher bouchère bouchers
    boulanger boulangère boulangers
    bureau bureaux
    café cafés
    cheval chevaux
    coiffeur coiffeuse coiffeurs coiffeuses
    conseil conseils
    crèche crèches
    directeur directrice
    eau eaux
    école écoles
    emploi emplois
    français française françaises
    garde gardes garder
    gardien gardienne gardiens
    genou genoux
    gratuit gratuite gratuits gratuites
    handicap handicapé handicapée handicapés handicapées
    hôpital hôpitaux
    impôt impôts
    infirmier infirmière infirmiers infirmières
    jeu jeux
    journal journaux
    lieu lieux
    local locaux locale locales
    mairie mairies
    maternel maternelle maternelles
    nounou nounous
    nouveau nouvelle nouveaux nouvelles
    œuvre œuvres
    poste postes
    retraite retraites retraité retraitée retraitte
    social sociale sociaux sociales
    sportif sportive sportifs sportives
    travail travaux travailler
    vacciner vaccin vaccins
    vélo vélos
    vert verte verts vertes
    âge âgé âgée âgées
"""
STRANGERS = """
    dental mental
    dentaire dentiste
    rame ram
    rames ram
    clique clic
    aide aidant
    mairie maire
    café caf
    gare gars
    porte port
    poste post
    garde garderie
    carte car
    cours course
    danse dans
    retraite retrait
    loyer loi
    logement loger
    médecin médicament
    emploi employé
    commune communauté
    police policier
    plante plant
    cheminée chemin
    donnée donner
    boucher bouche
    passage passager
    usage usager
    entrée entrer
    personne personnel
    sante sain
"""


def _folded(line: str) -> list[str]:
    letters = str.maketrans("éèêâîôçà", "eeeaioca", "")
    return line.replace("œ", "oe").translate(letters).split()


@pytest.mark.parametrize("line", [line.strip() for line in MEET.split("\n") if line.strip()])
def test_forms_of_a_word_meet(line: str) -> None:
    assert len({stem(word) for word in _folded(line)}) == 1


@pytest.mark.parametrize("line", [line.strip() for line in STRANGERS.split("\n") if line.strip()])
def test_strangers_stay_apart(line: str) -> None:
    one, other = _folded(line)
    assert stem(one) != stem(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=30))
def test_a_stem_is_never_longer_by_more_than_its_word_and_never_empty(word: str) -> None:
    cut = stem(word)
    assert bool(cut) == bool(word)
    assert len(cut) <= max(len(word), 8)


@pytest.mark.parametrize("word", ["bus", "caf", "msa", "24h", "3e", "gaz", "prix"])
def test_short_words_and_numbers_stay_whole(word: str) -> None:
    assert stem(word) == word
