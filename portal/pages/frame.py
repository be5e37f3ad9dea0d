"""What stands around every page: the territory's name, colours and notices, and where the portal leads out."""

from dataclasses import replace

from portal.geography.lookup import communes
from portal.geography.territory import Territory
from portal.web.opening import Opened
from portal.web.visit import Colours, Frame


def frame_of(territory: Territory | None, opened: Opened) -> Frame:
    """Frame the pages of a territory as the portal is opened."""
    return replace(
        _of_france() if territory is None else _of_territory(territory),
        exit_url=opened.exit_url,
        itinerary_url=opened.itinerary_url,
        tiles_url=opened.tiles_url,
        tiles_credit=opened.tiles_credit,
    )


def _of_france() -> Frame:
    """Frame the pages of a portal that has no territory yet."""
    return Frame(name="Maillage", is_demonstration=False, n_communes=len(communes().communes))


def _of_territory(territory: Territory) -> Frame:
    return Frame(
        territory.name,
        territory.is_demonstration,
        n_communes=len(territory.communes),
        notices=territory.notices,
        notices_en=territory.notices_en,
        colours=Colours(territory.branding.primary, territory.branding.accent),
        conformity=territory.accessibility.conformity,
    )
