"""Lists of services, put together from cards that a template drew before.

On every page of a language and version a card says the same but for its number, its distance and the address that adds
it to the visitor's list. It is drawn once with slots in their places; what fills the slots is the page's own, and is
kept nowhere.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from secrets import token_hex

from flask import Flask, g
from markupsafe import Markup, escape

from portal.search.carrying import Adding, adding
from portal.search.listed import ListedService
from portal.web.simple import is_simple

_SLOTS = {name: token_hex(12) for name in ("number", "distance", "href", "carried")}
"""What stands in a drawing for what is filled in; no text of anybody holds words drawn by lot at the start."""
Draw = Callable[..., Markup]


@dataclass(frozen=True)
class Around:
    """What all the cards of one list have in common."""

    level: int
    """Of their titles."""
    is_found: bool
    """Whether their sheets begin with the door or the stop that is listed."""
    is_numbered: bool
    can_add: bool
    """Whether each says how it is added to the visitor's list; a simple page has none."""
    adding: Adding


def put_cards_together(app: Flask) -> None:
    """Let templates give the cards of a list: `listed_cards(items, draw, …)`, where `draw` is the macro of one."""
    app.jinja_env.globals.update(listed_cards=listed_cards)


def listed_cards(
    items: Sequence[ListedService], draw: Draw, *, first: int | None, level: int, is_found: bool
) -> Markup:
    """Write the cards of a list, numbered from `first` on if it is given."""
    around = Around(level, is_found, is_numbered=bool(first), can_add=not is_simple(), adding=adding())
    return Markup("".join(_cards(items, draw, around, first or 0)))  # noqa: S704 - every part is escaped


def _cards(items: Sequence[ListedService], draw: Draw, around: Around, first: int) -> Iterator[str]:
    """Write each card; plain text, so that nothing is looked at once more as it is put together."""
    add = around.adding
    before, after, carried = (str(escape(part)) for part in (add.before, add.after, add.carried))
    for number, item in enumerate(items, first):
        own = {
            "number": number,
            "distance": str(escape(item.distance)),
            "href": f"{before}{item.link.public_id}{after}",
            "carried": carried,
        }
        yield _drawn(item, draw, around) % own


def _drawn(item: ListedService, draw: Draw, around: Around) -> str:
    """Give the card of a service with its slots; which of them it has depends on the page."""
    add, unexplained = around.adding, item.acronyms and item.acronyms - _met()
    is_added = around.can_add and item.link.public_id in add.shortlist
    way = (around.level, around.is_found, around.is_numbered, around.can_add, bool(add.carried))
    key = (*way, is_added, bool(item.distance), unexplained)
    drawn = item.drawn.get(key)
    if drawn is None:
        drawn = item.drawn[key] = _with_slots(
            draw(
                item,
                number=_SLOTS["number"] if around.is_numbered else None,
                distance=_SLOTS["distance"] if item.distance else "",
                href=_SLOTS["href"] if around.can_add else "",
                carried=_SLOTS["carried"] if add.carried else "",
                is_added=is_added,
                level=around.level,
                is_found=around.is_found,
            )
        )
    elif unexplained:
        _met().update(unexplained)
    return drawn


def _with_slots(drawn: Markup) -> str:
    """Make a pattern of a drawing: each word drawn by lot becomes the slot it stands for."""
    pattern = str(drawn).replace("%", "%%")
    for name, word in _SLOTS.items():
        pattern = pattern.replace(word, f"%({name})s")
    return pattern


def _met() -> set[str]:
    """Give the acronyms that the page has explained already."""
    met: set[str] = g.setdefault("acronyms", set())
    return met
