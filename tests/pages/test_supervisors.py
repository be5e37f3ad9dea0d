"""What the portal tells a supervisor of the server in front of it."""

from pathlib import Path

import pytest

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.geography.territories import demonstration_territory
from portal.web.health import HEARD, STRANGER

NAME = "services.example"
TRUE = "203.0.113.9"


@pytest.mark.parametrize(
    ("base_url", "headers", "heard"),
    [
        (f"https://{NAME}", {"Host": NAME, "X-Forwarded-For": TRUE}, "host, visitor"),
        (f"https://{NAME}", {"Host": NAME, "X-Forwarded-For": f"{STRANGER}, {TRUE}"}, "host, visitor"),
        (f"https://{NAME}", {"Host": NAME, "X-Forwarded-For": STRANGER}, "host"),
        (f"https://{NAME}", {"Host": NAME}, "host"),
        (f"https://{NAME}", {"Host": "127.0.0.1:8000", "X-Forwarded-For": TRUE}, "visitor"),
        (f"https://{NAME}", {"Host": "127.0.0.1:8000"}, "nothing"),
        ("", {"Host": "localhost"}, None),
    ],
)
def test_health_says_what_the_server_in_front_told(
    database: Database, clock: FixedClock, tmp_path: Path, base_url: str, headers: dict[str, str], heard: str | None
) -> None:
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    opened = Opened("k" * 64, (NAME, "localhost", "127.0.0.1"), over_https=bool(base_url), base_url=base_url)
    answer = create_app(room, demonstration_territory(), opened).test_client().get("/healthz", headers=headers)
    assert (answer.status_code, answer.text, answer.headers.get(HEARD)) == (200, "ok\n", heard)
