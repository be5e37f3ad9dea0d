"""What a question is about, as it was typed: without the place, the time, and the words people put around a need."""

from collections.abc import Iterator, Sequence

from portal.search.understanding.question import Understood
from portal.search.understanding.tokens import Token, written


def subject_of(understood: Understood) -> str:
    """Keep of the words what is looked for: "je cherche une nounou à Romilly samedi" is about "nounou"."""
    needs = (place for need in understood.needs for place in need.places)
    wishes = (place for wish in understood.wishes for place in wish.places)
    told = {*needs, *wishes, *understood.rest, *understood.destination, *understood.leading}
    if not understood.parts and len(told) == len(understood.tokens):
        # Nothing was taken out: signs before and after the words are given back, too.
        return understood.text.strip() if told else ""
    stretches = _stretches(understood.tokens, told)
    return " ".join(written(understood.text, stretch) for stretch in stretches if stretch)


def _stretches(tokens: Sequence[Token], told: set[int]) -> Iterator[list[Token]]:
    """Cut the words where something else was said; small words between two that tell something stay."""
    stretch: list[Token] = []
    between: list[Token] = []
    for place, token in enumerate(tokens):
        if place in told:
            stretch += [*between, token] if stretch else [token]
            between = []
        elif token.is_filler:
            between.append(token)
        else:
            yield stretch
            stretch, between = [], []
    yield stretch
