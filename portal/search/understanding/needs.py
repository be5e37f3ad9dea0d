"""The need inside the words: names of the thesaurus, and sentences people say for them.

Of all that fits, what covers most words wins ("papiers d’identité" before "papiers"); the words it covers are spent,
and the rest is looked at again. Words that name several kinds of service give all their senses.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.core.languages import Label
from portal.search.understanding.phrases import Phrase
from portal.search.understanding.tokens import Token, name_stems, tokens_of
from portal.vocabulary.entries import Situation
from portal.vocabulary.vocabulary import Sense, Vocabulary

_LONGEST_NAME = 8
_TWO = 2
_FADING = 0.85
"""What the next kind of service of a sentence weighs, beside the one before it."""
_FAINTEST = 0.4
_AFTERWARDS = 0.3
"""What a kind weighs that never comes before those of the sentence."""
_MOST_OF_A_SITUATION = 8


@dataclass(frozen=True)
class Meaning:
    """A kind of service that words may mean, and how surely."""

    code: str
    label: Label
    weight: float = 1.0
    is_beside: bool = False
    """Whether services of this kind only help with it: they are listed apart."""


@dataclass(frozen=True)
class Need:
    """What is looked for, and the places of the words that say it."""

    meanings: tuple[Meaning, ...]
    places: frozenset[int]
    family: str = ""
    """Code of a whole theme, when its name was said."""
    n_senses: int = 1
    """How many kinds of service the thesaurus gives these words: two are offered both."""
    situations: tuple[Situation, ...] = ()
    is_vague: bool = False
    """Whether only a keyword of a situation was met."""
    acronym: str = ""
    """The acronym that was typed, when it is one."""
    hints: tuple[str, ...] = ()
    """Words that tell, within these kinds of service, the one that was meant."""
    titles: tuple[str, ...] = ()
    """Words of which the title of what was meant has one, within these kinds."""
    at_odd_hours: tuple[Meaning, ...] = ()
    """The kinds that answer early, late, at night or on Sundays, when others do then."""

    @property
    def names_a_kind(self) -> bool:
        """Tell whether services are of the kind that was said, or not; a theme or a keyword names none."""
        return bool(self.meanings) and not self.is_vague and not self.family


@dataclass(frozen=True)
class _Fit:
    places: frozenset[int]
    rank: int
    """Among fits of as many words: an exact name before its forms, before a sentence, before a situation."""
    senses: tuple[Sense, ...] = ()
    phrase: Phrase | None = None
    situation: Situation | None = None
    family: str = ""


class NeedBook:
    """The names and sentences of a territory's vocabulary, ready to be met in a question."""

    def __init__(self, vocabulary: Vocabulary, phrases: Iterable[Phrase]) -> None:
        self._vocabulary = vocabulary
        self._exact = {_keys_of(key): senses for key, senses in vocabulary.senses.items()}
        self._stemmed = _by_stems(vocabulary)
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            self._phrases[min(phrase.stems)].append(phrase)
        self._situations = _situations_by_stems(vocabulary)
        self._families = {name_stems(family.label.fr): family.code for family in vocabulary.shown_families}
        self._families |= {name_stems(family.slug): family.code for family in vocabulary.shown_families}
        said = [*_tokens_said(vocabulary, self._phrases)]
        self.words: Mapping[str, str] = {token.key: token.written for token in said}
        """Key of every word that names a need -> the word as it is written: what a slip of the pen may mean."""
        self.often: Mapping[str, int] = Counter(token.key for token in said)
        """Key -> in how many names and sentences it stands: of two words as near, the usual one was meant."""
        self.beside: Mapping[str, frozenset[str]] = _side_by_side(vocabulary)
        """Key -> the other words of the names of two words in which it stands."""
        self.stems = frozenset(_stems_of(self.words))

    def seen_in(self, tokens: Sequence[Token], spent: Collection[int] = ()) -> tuple[Need, ...]:
        """Find the needs said by the words that are not spent, in the order of the words."""
        free = [place for place in range(len(tokens)) if place not in spent]
        needs = []
        while fits := self._fits(tokens, free):
            best = max(fits, key=lambda fit: (len(_said(tokens, fit.places)), -fit.rank, -min(fit.places)))
            needs.append(self._need(best, [fit for fit in fits if fit.places == best.places]))
            free = [place for place in free if place not in best.places]
        return tuple(sorted(needs, key=lambda need: min(need.places)))

    def of_kinds(self, codes: Sequence[str]) -> Need:
        """Need one of some kinds of service that no word said: the first first."""
        return Need(self._meanings((), codes), frozenset())

    def _fits(self, tokens: Sequence[Token], free: Sequence[int]) -> list[_Fit]:
        return [*self._exact_fits(tokens, free), *self._named(tokens, free), *self._phrased(tokens, free)]

    def _exact_fits(self, tokens: Sequence[Token], free: Sequence[int]) -> Iterable[_Fit]:
        """Find names and acronyms letter by letter, small words included."""
        for run in _runs(free, consecutive=True):
            senses = self._exact.get(tuple(tokens[place].key for place in run), ())
            kept = tuple(each for each in senses if not each.is_known_only_alone or len(run) == len(tokens))
            says_something = any(not tokens[place].is_filler for place in run)
            if kept and (says_something or kept[0].kind.is_acronym):
                yield _Fit(frozenset(run), 0, senses=kept)

    def _named(self, tokens: Sequence[Token], free: Sequence[int]) -> Iterable[_Fit]:
        """Find names in any of their forms, small words left out."""
        said = [place for place in free if not tokens[place].is_small]
        for run in _runs(said):
            stems, places = tuple(tokens[place].stem for place in run), frozenset(run)
            if not _said(tokens, run):
                continue
            if stems in self._stemmed:
                yield _Fit(places, 1, senses=self._stemmed[stems])
            for situation in self._situations.get(stems, ()):
                yield _Fit(places, 3, situation=situation)
            if stems in self._families:
                yield _Fit(places, 4, family=self._families[stems])

    def _phrased(self, tokens: Sequence[Token], free: Sequence[int]) -> Iterable[_Fit]:
        """Find sentences whose every word is there, in any order."""
        by_stem: dict[str, int] = {}
        for place in free:
            if tokens[place].is_telling:
                by_stem.setdefault(tokens[place].stem, place)
        for stem in by_stem:
            for phrase in self._phrases.get(stem, ()):
                if phrase.stems <= by_stem.keys():
                    yield _Fit(frozenset(by_stem[each] for each in phrase.stems), 2, phrase=phrase)

    def _need(self, best: _Fit, equal: Sequence[_Fit]) -> Need:
        senses = next((fit.senses for fit in equal if fit.senses), ())
        direct = [sense.concept.code for sense in senses]
        said = [code for fit in equal if fit.phrase for code in fit.phrase.concepts]
        afterwards = [code for fit in equal if fit.phrase for code in fit.phrase.afterwards]
        beside = [code for fit in equal if fit.phrase for code in fit.phrase.beside]
        situations = tuple(dict.fromkeys(fit.situation for fit in equal if fit.situation))
        is_vague = not direct and not said and not any(fit.family for fit in equal)
        if is_vague:
            said = [code for each in situations for step in each.steps for code in step.concepts][:_MOST_OF_A_SITUATION]
        acronyms = [sense.words for sense in senses if sense.kind.is_acronym]
        return Need(
            meanings=self._meanings(direct, said, afterwards, beside),
            places=best.places,
            family=next((fit.family for fit in equal if fit.family), ""),
            n_senses=len(direct),
            situations=situations,
            is_vague=is_vague,
            acronym=acronyms[0] if acronyms and len(best.places) == 1 else "",
            hints=tuple(hint for fit in equal if fit.phrase for hint in fit.phrase.hints),
            titles=tuple(title for fit in equal if fit.phrase for title in fit.phrase.titles),
            at_odd_hours=self._meanings((), [code for fit in equal if fit.phrase for code in fit.phrase.at_odd_hours]),
        )

    def _meanings(
        self,
        direct: Sequence[str],
        said: Sequence[str],
        afterwards: Sequence[str] = (),
        beside: Sequence[str] = (),
    ) -> tuple[Meaning, ...]:
        weights = dict.fromkeys(direct, 1.0)
        weight = 1.0
        for code in dict.fromkeys(said):
            weights.setdefault(code, weight)
            weight = max(_FAINTEST, weight * _FADING)
        weights |= {code: _AFTERWARDS for code in (*afterwards, *beside) if code not in weights}
        apart = frozenset(beside) - {*direct, *said, *afterwards}
        known = ((self._vocabulary.concept(code), weight) for code, weight in weights.items())
        return tuple(
            Meaning(concept.code, concept.label, round(weight, 3), concept.code in apart)
            for concept, weight in known
            if concept is not None and not self._vocabulary.is_hidden(concept)
        )


def _runs(places: Sequence[int], *, consecutive: bool = False) -> Iterable[Sequence[int]]:
    for first in range(len(places)):
        for last in range(first, min(first + _LONGEST_NAME, len(places))):
            run = places[first : last + 1]
            if consecutive and run[-1] - run[0] != len(run) - 1:
                break
            yield run


def _said(tokens: Sequence[Token], places: Iterable[int]) -> list[int]:
    return [place for place in places if not tokens[place].is_filler]


def _keys_of(words: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens_of(words))


def _by_stems(vocabulary: Vocabulary) -> Mapping[tuple[str, ...], tuple[Sense, ...]]:
    """Lay out the names that may be met in any of their forms: acronyms and everyday words may not."""
    found: dict[tuple[str, ...], dict[str, Sense]] = defaultdict(dict)
    for senses in vocabulary.senses.values():
        for sense in senses:
            if not sense.kind.is_acronym and not sense.is_known_only_alone:
                found[name_stems(sense.words)].setdefault(sense.concept.code, sense)
    return {stems: tuple(senses.values()) for stems, senses in found.items() if stems}


def _situations_by_stems(vocabulary: Vocabulary) -> Mapping[tuple[str, ...], tuple[Situation, ...]]:
    found: dict[tuple[str, ...], dict[str, Situation]] = defaultdict(dict)
    for situation in vocabulary.situations:
        for words in (situation.sentence, situation.title.fr, *situation.keywords):
            found[name_stems(words)][situation.code] = situation
    return {stems: tuple(situations.values()) for stems, situations in found.items()}


def _tokens_said(vocabulary: Vocabulary, phrases: Mapping[str, Iterable[Phrase]]) -> Iterable[Token]:
    said = [sense.words for senses in vocabulary.senses.values() for sense in senses]
    said += [keyword for situation in vocabulary.situations for keyword in situation.keywords]
    said += [phrase.words for group in phrases.values() for phrase in group]
    return (token for text in said for token in tokens_of(text) if not token.is_filler)


def _side_by_side(vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for senses in vocabulary.senses.values():
        for sense in senses:
            keys = [token.key for token in tokens_of(sense.words) if not token.is_filler]
            if len(keys) == _TWO:
                for one, other in (keys, keys[::-1]):
                    found[one].add(other)
    return {key: frozenset(others) for key, others in found.items()}


def _stems_of(words: Mapping[str, str]) -> Iterable[str]:
    return (token.stem for word in words.values() for token in tokens_of(word))
