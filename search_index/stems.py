"""Cut a folded French word down to what its number and gender share: "infirmières" and "infirmier" meet.

Own and light on purpose. The French Snowball stemmer (PyStemmer) also cuts what makes words differ; of the 76 lines of
traps in `tests/search_index/test_stems.py` it misses 30: it makes one word of mairie and maire, aide and aidant, café
and CAF, rame and RAM, loyer and loi, and keeps apart vélo and vélos, nounou and nounous, emploi and emplois, jeu and
jeux, infirmier and infirmière. What belongs together by meaning only (garderie and garde, dentiste and dentaire, aide
and aidant) is the affair of the thesaurus, which knows which is which. Every word is cut once and remembered.

The steps, in order, each on what the one before left:

1. words of three letters, or with a digit, stay whole; so do those of `_WHOLE`, which would meet a stranger
2. plural: bureaux -> bureau, chevaux -> cheval, jeux -> jeu, genoux -> genou, mairies -> mairie
3. feminine of -é: handicapée -> handicape (the accent is gone already)
4. people and adjectives: coiffeur, coiffeuse -> coiffeu; animateur, animatrice -> animateu
5. infinitive and masculine in -er: garder -> garde, infirmier -> infirmie
6. the last e, where five letters stay: grande -> grand; and then gardienn -> gardien, sportiv -> sportif
"""

import re

SHORTEST_CUT = 4
"""Words shorter than this stay whole."""
_LEFT_WITHOUT_E = 5
"""Letters that must stay when a last e goes: porte is not port, and "danse" not "dans"."""

_IRREGULAR = """
    age agee agees
    aine ainee ainees
    beau bel belle belles
    haut haute hautes
    joyau joyaux
    noyau noyaux
    nouveau nouvel nouvelle nouvelles
    oeil yeux
    seul seule seules
    travail travaux
    tuyau tuyaux
    vert verte vertes
    veuf veuve veuves
    vieux vieil vieille vieilles
    vitrail vitraux
"""
"""Words whose forms no rule brings together; the first of a line stands for all."""

_WHOLE = """
    boucher bouchers bouchere boucheres
    cheminee cheminees
    cours
    course courses
    donnee donnees
    entree entrees
    etranger etrangers etrangere etrangeres
    fils
    livrer
    passager passagers passagere passageres
    plante plantes
    pointe pointes
    retraite retraites retraitee retraitees
    usager usagers usagere usageres
    verger vergers
"""
"""Words that would meet a stranger: a course is no cours, une retraite no retrait d’argent, a cheminée no chemin."""

_SPECIAL = {form: line.split()[0] for line in (_IRREGULAR + _WHOLE).splitlines() for form in line.split()}

_STEPS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Plural.
        (r"eaux$", "eau"),
        (r"(?<=..)aux$", "al"),
        (r"(?<=[eo]u)x$", ""),
        (r"(?<=..[^s])s$", ""),
        # Feminine of -é.
        (r"(?<=....)ee$", "e"),
        # People and adjectives.
        (r"(?<=...)trice$", "teu"),
        (r"(?<=...)eu(?:r|se|re)$", "eu"),
        # Infinitive and masculine in -er, feminine in -ère.
        (r"(?<=...)ere?$", "e"),
    )
)
_LAST_E = re.compile(rf"(?<=.{{{_LEFT_WITHOUT_E}}})e$")
_AFTER_E = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=...)(nn|ll|tt)$", lambda found: found[0][0]),
        (r"iv$", "if"),
        # française meets français, which lost its s as a plural.
        (r"(?<=...[oa]i)s$", ""),
    )
)


def stem(word: str) -> str:
    """Give what the forms of a folded word share."""
    if len(word) < SHORTEST_CUT or not word.isalpha():
        return word
    special = _SPECIAL.get(word)
    return special if special is not None else _without_last_e(_regular(word))


def _regular(word: str) -> str:
    for pattern, replacement in _STEPS:
        word = pattern.sub(replacement, word)
    return word


def _without_last_e(word: str) -> str:
    shorter = _LAST_E.sub("", word)
    if shorter == word:
        return word
    for pattern, replacement in _AFTER_E:
        shorter = pattern.sub(replacement, shorter)
    # "Retraitte" is a slip of the pen for the retraite, and no retrait.
    return _SPECIAL.get(f"{shorter}e", shorter)
