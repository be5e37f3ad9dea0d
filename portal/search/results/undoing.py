"""What was understood of the words and what was chosen beside them, each with the link that takes it back."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.directory.rules.names import MODE_LABELS
from portal.geography.communes import Commune
from portal.search.answers import Answer, Understanding
from portal.search.requests import MY_POSITION, USUAL_RADIUS, SearchRequest, Undone
from portal.search.results.addresses import page_of
from portal.search.results.sentences import theme_name
from portal.search.understanding.question import Part
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.sentences import gettext


@dataclass(frozen=True)
class Taken:
    """Words of the question and what they were taken for."""

    words: str
    meaning: str
    undo: str
    """Where they are searched as they stand."""


@dataclass(frozen=True)
class Step:
    """A link to another question, in words that make sense alone."""

    text: str
    href: str


def taken(answer: Answer) -> tuple[Taken, ...]:
    """List what was understood, each with its way back."""
    request = answer.request
    parts = tuple(_taken(part, answer) for part in answer.understood.parts)
    if isinstance(request.where, str):
        return (*_corrected_place(answer), *parts)
    position = Taken(
        MY_POSITION.said(request.language), gettext("arrondie à cent mètres"), page_of(request.but(where=""))
    )
    return (position, *parts)


def _corrected_place(answer: Answer) -> Iterator[Taken]:
    """Tell which commune a misspelt one was taken for."""
    request, place = answer.request, answer.understood.place
    was_said = any(part.kind is Undone.PLACE for part in answer.understood.parts)
    if place is not None and place.is_corrected and not was_said:
        yield Taken(str(request.where), place.words, page_of(request.but(where="")))


def uncorrected(answer: Answer) -> Step | None:
    """Lead to the words as they were typed, when some were corrected."""
    typed = [each.typed for each in answer.understood.corrections]
    if not typed:
        return None
    request = answer.request.but(undone=answer.request.undone | {Undone.TYPO})
    return Step(gettext("chercher « %(words)s »", words=" ".join(typed)), page_of(request))


def other_places(answer: Answer) -> tuple[Step, ...]:
    """Offer the other communes that the words may mean."""
    return tuple(
        Step(f"{commune.name} ({commune.department})", page_of(_placed(answer, commune)))
        for commune in answer.understood.choices
    )


def other_times(answer: Answer) -> tuple[Step, ...]:
    """Offer the other day that the words may mean."""
    when = answer.understood.other_when
    if when is None:
        return ()
    return (Step(answer.understood.other_when_words, page_of(answer.request.but(when=when))),)


def chosen(answer: Answer, vocabulary: Vocabulary) -> tuple[Step, ...]:
    """List the filters in force, each as a link that removes it."""
    return tuple(
        Step(label, page_of(request)) for label, request in _chosen(answer.request, answer.understood, vocabulary)
    )


def _taken(part: Part, answer: Answer) -> Taken:
    request, other = answer.request, answer.understood.set_aside
    if other is None or part.kind is not Undone.PLACE or part.meaning != answer.understood.place_words:
        return Taken(part.words, part.meaning, page_of(request.but(undone=request.undone | {part.kind})))
    meaning = gettext("%(place)s, plutôt que %(other)s", place=part.meaning, other=other.words)
    return Taken(part.words, meaning, page_of(request.but(words=_without(request.words, part))))


def _placed(answer: Answer, commune: Commune) -> SearchRequest:
    """Ask the same near another commune; its name leaves the words, where it would be taken for the first again."""
    request = answer.request
    words = request.words
    for part in answer.understood.parts:
        if part.kind is Undone.PLACE and part.meaning == answer.understood.place_words:
            words = _without(words, part)
    return request.but(words=words, where=f"{commune.name} ({commune.department})")


def _without(words: str, part: Part) -> str:
    return " ".join(words.replace(part.words, " ").split())


def _chosen(
    request: SearchRequest, understood: Understanding, vocabulary: Vocabulary
) -> Iterator[tuple[str, SearchRequest]]:
    if request.theme:
        yield theme_name(request.theme, vocabulary), request.but(theme="")
    for audience in sorted(request.audiences):
        yield audience.label.said(request.language), request.but(audiences=request.audiences - {audience})
    if request.when is not None:
        yield gettext("Ouvert %(when)s", when=understood.when), request.but(when=None)
    if request.radius != USUAL_RADIUS:
        yield gettext("À %(km)s km au plus", km=request.radius), request.but(radius=USUAL_RADIUS)
    yield from _wished(request)
    for undone in sorted(request.undone):
        yield undone_words(undone), request.but(undone=request.undone - {undone})


def _wished(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    if request.mode is not None:
        yield MODE_LABELS[request.mode].said(request.language), request.but(mode=None)
    if request.is_free:
        yield gettext("Gratuit"), request.but(is_free=False)
    if request.is_accessible:
        yield gettext("Accessible en fauteuil roulant"), request.but(is_accessible=False)


def undone_words(undone: Undone) -> str:
    """Say what is not read in the words any more."""
    words: dict[Undone, str] = {
        Undone.PLACE: gettext("Sans lire de lieu dans les mots"),
        Undone.TIME: gettext("Sans lire d’horaire dans les mots"),
        Undone.NEED: gettext("Sans interpréter le besoin"),
        Undone.FILTER: gettext("Sans lire de filtre dans les mots"),
        Undone.TYPO: gettext("Sans corriger les fautes"),
        Undone.LANGUAGE: gettext("Sans lire la question en anglais"),
    }
    return words[undone]
