"""What a trip costs, from the files of fares: the prices of a line, or of the whole network."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from importers.fields.cells import fault
from importers.fields.contacts import read_site_lines
from importers.sources.gtfs.tables import Cells, FeedFiles
from portal.directory.rules.choices import Cost

_DEAREST = Decimal(10_000)
_EURO = "EUR"


@dataclass(frozen=True)
class Fare:
    """What is known of the price of a line."""

    cost: Cost | None = None
    note: str | None = None


@dataclass(frozen=True)
class Fares:
    """The prices of a feed, in euros."""

    of_routes: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    of_all: frozenset[Decimal] = frozenset()

    def of(self, route: str, site: str) -> Fare:
        """Tell the prices of a line, and where to find them all."""
        prices = self.of_routes.get(route, frozenset()) | self.of_all
        found, _ = read_site_lines(site)
        where = f"Tarifs : {found[0].value}" if found else ""
        if not prices:
            return Fare(note=where or None)
        cheapest, dearest = min(prices), max(prices)
        if not dearest:
            return Fare(Cost.FREE, where or None)
        words = f"Ticket à {_euros(dearest)}." if cheapest == dearest else f"De {_euros(cheapest)} à {_euros(dearest)}."
        return Fare(Cost.PAID, f"{words} {where}".strip())


def read_fares(files: FeedFiles) -> Fares:
    """Read both generations of fares; a price that rules give to some lines is theirs alone."""
    priced = {
        cells.get("fare_id", "").strip(): price
        for line, cells in files.rows("fare_attributes")
        if (price := _price(files, ("fare_attributes", line), cells, "price", "currency_type")) is not None
    }
    of_routes: dict[str, set[Decimal]] = defaultdict(set)
    ruled: set[str] = set()
    for _, cells in files.rows("fare_rules"):
        fare, route = (cells.get(name, "").strip() for name in ("fare_id", "route_id"))
        if route and fare in priced:
            of_routes[route].add(priced[fare])
            ruled.add(fare)
    general = {price for fare, price in priced.items() if fare not in ruled}
    products = (
        _price(files, ("fare_products", line), cells, "amount", "currency")
        for line, cells in files.rows("fare_products")
    )
    return Fares(
        {route: frozenset(prices) for route, prices in of_routes.items()},
        frozenset(general | {price for price in products if price is not None}),
    )


def _price(files: FeedFiles, place: tuple[str, int], cells: Cells, amount: str, currency: str) -> Decimal | None:
    written = cells.get(amount, "").strip()
    try:
        price = Decimal(written.replace(",", "."))
    except InvalidOperation:
        price = Decimal("NaN")
    if price.is_finite() and 0 <= price < _DEAREST and cells.get(currency, "").strip().upper() in {"", _EURO}:
        return price
    sentence = "Ce prix n’est pas compris : écrivez un nombre d’euros, par exemple 1.50, et la monnaie EUR."
    files.remark(*place, fault("gtfs-prix", sentence, f"{written} {cells.get(currency, '')}"))
    return None


def _euros(price: Decimal) -> str:
    whole, _, cents = f"{price:.2f}".partition(".")
    return f"{whole}\u00a0€" if cents == "00" else f"{whole},{cents}\u00a0€"
