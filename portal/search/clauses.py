"""From the words that were understood to what a document must have, or is lifted for: pure.

First only services of the kinds that were named: a text that mentions a doctor is no doctor. Where the directory has
none of a kind, everything said must be met in the texts. When nothing meets it all, what was recognised stays required
and the other words only lift those that have them; the page says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from portal.search.documents import called
from portal.search.lifts import (
    PERMANENCE,
    asks_for_passing,
    audiences_of,
    is_broad,
    lifts_of,
    reaching,
    said_in,
)
from portal.search.understanding.needs import Need
from portal.search.understanding.question import Understood
from portal.search.understanding.tokens import Token, name_stems
from search_index.queries import Alternative, Clause

Clauses = tuple[Clause, ...]
_WORDS_OF_A_NEED = 0.25
"""The bus of France services bears "bus" in its name; who asks for a bus wants to travel: the kind counts more."""
_FAMILY_OF_A_NEED = 0.5
_KINDS_OF_A_VAGUE_NEED = 0.4
"""A keyword of a situation ("voiture", "internet") names no kind: the word itself says more."""
_NAME_OF_A_KIND = 0.5
_WORDS_OF_A_SENTENCE = 6
_OTHER_NEED = 0.7
"""When not all is met, the need that most of the words say stands before the others."""
_WORDS_OF_FORM = frozenset(
    """
    accueil agence antenne appui association atelier bureau cabinet centre conseil consultation demande dossier equipe
    etablissement espace guichet maison organisme permanence point pole rdv rendezvous secteur structure local
    """.split()  # noqa: SIM905  # a block of words is read and sorted, a list of strings is not
)
"""How an office is named says nothing beside what it is for: the PMI of one's town is the "consultation PMI"."""
_AROUND_A_NEED = frozenset(
    """
    adolescent adolescente ami amie amis avoir beaufrere bebe belle bellemere beaupere compagne compagnon conjoint
    copain copine demander effectuer enfant enfants epouse faire femme fille filles fils frere gens gosse gosses
    grandmere grandpere grandparents inscrire inscription lui maman mamie mari mere obtenir papa papi parents pere
    personne personnes prendre proche proches quelquun renouveler soeur tante tonton oncle utiliser voir voisin voisine
    """.split()  # noqa: SIM905  # as above
)
"""For whom it is, and that one wants to see, make or get it, says nothing of what it is: "voir un médecin"."""
_FORM = 0.3
_FILED = (("desk", 1.8), ("main", 1.0), ("concept", 0.8))
"""The desk of a body comes before what it also offers, a service filed under a kind before one that does it, too."""
_MOST_DESKS = 1
_FEWEST_MET = 2
"""Of words that name no need, an answer has as many."""
_MOST_PAIRED = 6
_MOST_MEANINGS = 10


def clauses_of(understood: Understood) -> Iterator[Clauses]:
    """Ask for all that was said, in the texts too; then for what was recognised alone."""
    needs = [*_needs(understood, _need)]
    words, (wishes, names) = _words(understood), _lifting(understood)
    yield (*needs, *words, *wishes, *names)
    if needs and (words or len(needs) > 1):
        wanted = [*_by_weight(needs, understood.needs)]
        yield (_any(wanted), *map(_optional, [*wanted, *words] if len(needs) > 1 else words), *wishes, *names)
    elif len(words) > _FEWEST_MET:
        yield (_pairs(words), *map(_optional, words), *wishes)


def exactly(understood: Understood) -> Iterator[Clauses]:
    """Ask for services of the kinds that were named: those within reach, where somebody has no car; then all of them.

    Where more was said, the kind is not all that counts: an "épicerie solidaire" is no grocery.
    """
    words = _words(understood)
    wanted = [need for need in understood.needs if not (_is_sure(understood) and _only_lifts(need))]
    if [*map(_is_kind, wanted)] != [True] or any(word.is_required for word in words):
        return
    wishes, names = _lifting(understood)
    strictly = (*_needs(understood, _exactly), *words, *wishes, *names)
    if understood.wishes_for("reach"):
        yield (*strictly, Clause(reaching(understood)))
    yield strictly


def around(understood: Understood) -> Clauses:
    """Ask for what has to do with those kinds, too: what only helps with it, and texts that have its words."""
    wishes, names = _lifting(understood)
    if not understood.needs and (words := _words(understood)):
        return (_any(words), *map(_optional, words), *wishes)
    return (*_needs(understood, _around), *_words(understood), *wishes, *names)


def _needs(understood: Understood, ask: Callable[[Need, Understood], Clause]) -> Iterator[Clause]:
    is_sure = _is_sure(understood)
    for need in understood.needs:
        clause = ask(need, understood) if _is_kind(need) else _need(need, understood)
        # Beside "payer mon loyer", the "arrive" of "je n’arrive plus" is no new arrival: a keyword then only lifts.
        yield _optional(clause) if is_sure and _only_lifts(need) else clause


def _words(understood: Understood) -> tuple[Clause, ...]:
    is_sure = _is_sure(understood)
    words = (_word(understood.tokens[place], is_sure=is_sure) for place in understood.rest)
    # Of "je n’arrive plus à payer mon loyer" nobody wants the one text that says "arrive".
    return tuple(map(_optional, words) if _is_sentence(understood) else words)


def _lifting(understood: Understood) -> tuple[Clauses, Clauses]:
    is_alone = not (understood.needs or understood.rest)
    names = tuple(_name(need) for need in understood.needs if need.acronym and need.n_senses == 1)
    return (*lifts_of(understood), *audiences_of(understood, is_alone=is_alone)), names


def _is_sure(understood: Understood) -> bool:
    return any(not _only_lifts(need) for need in understood.needs)


def _is_kind(need: Need) -> bool:
    return need.names_a_kind and not _only_lifts(need)


def _exactly(need: Need, understood: Understood) -> Clause:
    """Ask for the kind that was named, or what is called so; within a kind of many trades, for the trade."""
    kinds = frozenset(meaning.code for meaning in need.meanings if not meaning.is_beside)
    beside = frozenset(meaning.code for meaning in need.meanings) - kinds
    said = said_in(understood, need.places)
    named = Alternative(tag=("called", called(understood.text)))
    if need.titles:
        titles = (("titled", stem) for title in need.titles for stem in name_stems(title))
        return Clause((named, *(Alternative(tag=tag, within=("concept", kinds)) for tag in titles)))
    ways = [said, *((hint,) for hint in need.hints)]
    if is_broad(need):
        return Clause((named, *(Alternative(words=words, within=("concept", kinds)) for words in ways)))
    # A town hall that writes "passeports" makes them.
    doing_it = (Alternative(words=words, within=("concept", beside)) for words in ways if beside)
    return Clause((named, *kinds_of(need, understood).alternatives, *doing_it))


def _around(need: Need, understood: Understood) -> Clause:
    kinds = kinds_of(need, understood, with_beside=True)
    # Whose text holds "foyer" here and "vie" there is no "foyer de vie", an "atelier clic" is no CLIC.
    return kinds if _is_full_name(need) else Clause((*_need(need, understood).alternatives, *kinds.alternatives))


def _word(token: Token, *, is_sure: bool) -> Clause:
    """Look for a word as it stands; one of form only lifts beside a need."""
    is_form = is_sure and token.key in _WORDS_OF_FORM | _AROUND_A_NEED
    return Clause((Alternative(words=(token.written,), weight=_FORM if is_form else 1.0),), is_required=not is_form)


def _by_weight(clauses: Sequence[Clause], needs: Sequence[Need]) -> Iterator[Clause]:
    """Let the need that most of the words say weigh most, and the others less."""
    most = max(len(need.places) for need in needs)
    for clause, need in zip(clauses, needs, strict=True):
        share = 1.0 if len(need.places) == most else _OTHER_NEED
        yield replace(
            clause, alternatives=tuple(replace(way, weight=way.weight * share) for way in clause.alternatives)
        )


def _only_lifts(need: Need) -> bool:
    """Tell whether beside a need it only says more of it: "permanence" is how an operator comes, not what for."""
    return need.is_vague or (bool(need.meanings) and need.meanings[0].code == PERMANENCE)


def _need(need: Need, understood: Understood) -> Clause:
    weight = _WORDS_OF_A_NEED if need.meanings and not need.is_vague else 1.0
    in_words = Alternative(words=said_in(understood, need.places), weight=weight)
    if need.hints and is_broad(need):
        # Where nobody takes photographs, the florist who is filed under the same kind is no answer.
        kinds = "concept", frozenset(meaning.code for meaning in need.meanings)
        return Clause((in_words, *(Alternative(words=(hint,), within=kinds) for hint in need.hints)))
    return Clause((in_words, *kinds_of(need, understood, with_beside=True).alternatives))


def kinds_of(need: Need, understood: Understood, *, with_beside: bool = False) -> Clause:
    """Ask for services by their kinds."""
    surely = _KINDS_OF_A_VAGUE_NEED if need.is_vague else 1.0
    # Who asks for the day on which somebody comes does not mean the office.
    n_desks = 0 if asks_for_passing(understood) else _MOST_DESKS
    meant = [meaning for meaning in need.meanings if with_beside or not meaning.is_beside]
    ways = [
        Alternative(tag=(tag, meaning.code), weight=meaning.weight * share * surely)
        for number, meaning in enumerate(meant[:_MOST_MEANINGS])
        for tag, share in _FILED[number >= n_desks :]
    ]
    if need.family:
        ways.append(Alternative(tag=("theme", need.family), weight=_FAMILY_OF_A_NEED))
    return Clause(tuple(ways))


def _is_sentence(understood: Understood) -> bool:
    """Tell whether somebody told what they need in so many words, and was understood."""
    return len(understood.tokens) >= _WORDS_OF_A_SENTENCE and any(not need.is_vague for need in understood.needs)


def _is_full_name(need: Need) -> bool:
    """Tell whether the thesaurus knows what was said by a name of several words, or by an acronym."""
    return bool(need.n_senses and (need.acronym or len(need.places) > 1))


def _name(need: Need) -> Clause:
    """Lift what bears the very name of the kind: "France services" for MSAP."""
    return Clause((Alternative(words=(need.meanings[0].label.fr,), weight=_NAME_OF_A_KIND),), is_required=False)


def _any(clauses: Sequence[Clause]) -> Clause:
    return Clause(tuple(way for clause in clauses for way in clause.alternatives))


def _pairs(words: Sequence[Clause]) -> Clause:
    """Ask for two of the words said: whose text has the "publiques" of "toilettes publiques" is no answer."""
    said = [clause.alternatives[0].words for clause in words][:_MOST_PAIRED]
    return Clause(tuple(Alternative(words=(*one, *other)) for one, other in combinations(said, _FEWEST_MET)))


def _optional(clause: Clause) -> Clause:
    return replace(clause, is_required=False)
