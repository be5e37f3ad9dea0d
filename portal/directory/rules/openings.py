"""Which opening holds where a tour stops: the access point's own, or the stop's with its own exceptions."""

from portal.hours.slots import Opening


def has_hours(opening: Opening) -> bool:
    """Tell whether an opening says when one can come; the rest only adds to what another one says."""
    return bool(opening.slots) or any(words.touches is not None for words in opening.unread)


def opening_in_force(own: Opening, of_stop: Opening) -> Opening:
    """Give the opening of an access point at a stop: one service may be away on a day the bus comes."""
    if has_hours(own):
        return own
    return Opening(
        slots=of_stop.slots,
        exceptions=(*own.exceptions, *of_stop.exceptions),
        unread=(*own.unread, *of_stop.unread),
    )
