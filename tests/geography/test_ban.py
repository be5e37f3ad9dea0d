"""The national address service is spoken to as it speaks, on a server of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.core.clock import FixedClock
from portal.geography.ban import BanGeocoder, open_geocoder
from portal.geography.geocoding import Address, GeocoderUnavailable, Precision

STREET = Address(street="1 rue de l’Exemple", postal_code="10100", town="Romilly-sur-Seine", commune="10323")


def _feature(**said: object) -> dict[str, Any]:
    properties = {"type": "housenumber", "score": 0.93, "citycode": "10323", "label": "1 Rue de l’Exemple", **said}
    return {"geometry": {"coordinates": [3.7164, 48.5157]}, "properties": properties}


class Service(ThreadingHTTPServer):
    """Answer every question with what it was told, and keep the questions."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked: list[str] = []
        self.status, self.answer = 200, b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/geocodage"

    def tell(self, *features: dict[str, Any]) -> None:
        self.answer = json.dumps({"features": features}).encode()


class _Answering(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
        """Stay silent."""


@pytest.fixture
def service() -> Iterator[Service]:
    """Give a running service."""
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_address_is_asked_under_the_path_and_placed(service: Service) -> None:
    service.tell(_feature())
    place = BanGeocoder(domain=service.url).locate(STREET)
    assert place is not None
    assert (place.point.lat, place.point.lon, place.precision) == (48.5157, 3.7164, Precision.ADDRESS)
    asked = urlsplit(service.asked[0])
    assert asked.path == "/geocodage/search"
    assert parse_qs(asked.query)["q"] == ["1 rue de l’Exemple 10100 Romilly-sur-Seine"]


@pytest.mark.parametrize(("score", "confidence"), [(0.93, 0.93), (0.5, 0.5), (1, 1.0), (1.2, 1.0)])
def test_score_of_the_service_is_the_confidence(service: Service, score: float, confidence: float) -> None:
    service.tell(_feature(score=score))
    place = BanGeocoder(domain=service.url).locate(STREET)
    assert place is not None
    assert place.confidence == confidence


def test_answer_in_another_commune_is_passed_over(service: Service) -> None:
    service.tell(_feature(citycode="10387"), _feature(type="street"))
    place = BanGeocoder(domain=service.url).locate(STREET)
    assert place is not None
    assert place.precision is Precision.STREET


def test_bare_domain_is_asked_over_https() -> None:
    # geopy offers no way to ask where it will ask.
    assert BanGeocoder()._service.geocode_api == "https://data.geopf.fr/geocodage/search"


@pytest.mark.parametrize("said", [{"score": 0.3}, {"score": None}, {"type": "poi"}, {"citycode": "75056"}])
def test_doubtful_answer_is_none(service: Service, said: dict[str, object]) -> None:
    service.tell(_feature(**said))
    assert BanGeocoder(domain=service.url).locate(STREET) is None


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b"{}"),
        (429, b"{}"),
        (200, b"not json"),
        (200, b'{"features": [{"geometry": {}}]}'),
        (200, b'{"features": 3}'),
    ],
)
def test_broken_service_is_unavailable(service: Service, status: int, answer: bytes) -> None:
    service.status, service.answer = status, answer
    with pytest.raises(GeocoderUnavailable):
        BanGeocoder(domain=service.url).locate(STREET)


def test_installation_falls_back_and_stops_asking(service: Service, clock: FixedClock) -> None:
    service.status = 503
    geocoder = open_geocoder(domain=service.url, clock=clock)
    places = [geocoder.locate(STREET) for _ in range(5)]
    assert {place.precision for place in places if place} == {Precision.COMMUNE}
    assert len(service.asked) == 3


def test_installation_asks_once_per_address(service: Service, clock: FixedClock) -> None:
    service.tell(_feature())
    geocoder = open_geocoder(domain=service.url, clock=clock)
    places = [geocoder.locate(STREET) for _ in range(3)]
    assert [place.precision for place in places if place] == [Precision.ADDRESS] * 3
    assert len(service.asked) == 1
