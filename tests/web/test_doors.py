"""Who knocks too often waits, whatever address they come from, and nobody is remembered overnight."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.web.doors import Doorkeeper, TooMany, visitor_address
from tests.tools.patience import comes_true

NOON = datetime(2026, 11, 21, 12)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "portes.json"


@pytest.fixture
def keeper(book: Path) -> Doorkeeper:
    return Doorkeeper(book, most_from_one=2, most_from_all=5)


def test_all_processes_and_the_next_ones_count_together(keeper: Doorkeeper, book: Path) -> None:
    another = Doorkeeper(book, most_from_one=2, most_from_all=5)
    keeper.let_in("192.0.2.1", NOON)
    another.let_in("192.0.2.1", NOON)
    for each in (keeper, another, Doorkeeper(book, most_from_one=2, most_from_all=5)):
        assert not each.welcomes("192.0.2.1", NOON)
    assert another.welcomes("192.0.2.2", NOON)


def test_many_at_once_are_counted_one_by_one(book: Path) -> None:
    keepers = [Doorkeeper(book, most_from_one=20, most_from_all=200) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(lambda n: keepers[n % 4].welcomes("192.0.2.1", NOON), range(40)))
    assert sum(let_in) == 20


def test_book_that_was_cut_shuts_nobody_out(keeper: Doorkeeper, book: Path) -> None:
    book.write_text('{"day": "2026', encoding="ascii")
    assert keeper.welcomes("192.0.2.1", NOON)
    assert book.stat().st_mode & 0o077 == 0


def test_book_of_a_process_that_ended_is_forgotten_too(book: Path) -> None:
    Doorkeeper(book, most_from_one=2, most_from_all=5).let_in("192.0.2.1", NOON)
    Doorkeeper(book, most_from_one=2, most_from_all=5, memory=timedelta(milliseconds=20)).tend()
    assert comes_true(lambda: not book.exists())


def test_one_visitor_does_not_shut_the_door_for_another(keeper: Doorkeeper) -> None:
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        keeper.let_in(address, NOON)
    with pytest.raises(TooMany):
        keeper.let_in("192.0.2.1", NOON)


def test_household_has_one_network(keeper: Doorkeeper) -> None:
    for last in range(2):
        keeper.let_in(f"2001:db8:1:2::{last}", NOON)
    with pytest.raises(TooMany):
        keeper.let_in("2001:db8:1:2:ffff::9", NOON)


def test_many_addresses_together_are_held_back(keeper: Doorkeeper) -> None:
    for last in range(5):
        keeper.let_in(f"192.0.2.{last}", NOON)
    with pytest.raises(TooMany):
        keeper.let_in("192.0.2.99", NOON)


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=1)])
def test_everybody_may_come_back_later(keeper: Doorkeeper, later: timedelta) -> None:
    for _ in range(2):
        keeper.let_in("192.0.2.1", NOON)
    keeper.let_in("192.0.2.1", NOON + later)


def test_no_address_is_kept_readable(keeper: Doorkeeper, book: Path) -> None:
    keeper.let_in("192.0.2.1", NOON)
    before = json.loads(book.read_text(encoding="ascii"))
    keeper.let_in("192.0.2.1", NOON + timedelta(days=1))
    after = json.loads(book.read_text(encoding="ascii"))
    assert "192.0.2.1" not in str(before)
    assert {*before["counts"]}.isdisjoint(after["counts"])
    assert before["salt"] not in str(after)


def test_addresses_are_forgotten_though_nobody_comes_again(book: Path) -> None:
    keeper = Doorkeeper(book, most_from_one=2, most_from_all=5, memory=timedelta(milliseconds=20))
    keeper.let_in("192.0.2.1", NOON)
    assert comes_true(lambda: not book.exists())


@pytest.mark.parametrize(("scheme", "address"), [("http", "127.0.0.1"), ("https", "198.51.100.7")])
def test_header_of_the_server_in_front_is_believed_behind_https_only(scheme: str, address: str) -> None:
    told = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    here = {"REMOTE_ADDR": "127.0.0.1"}
    base = f"{scheme}://services.example"
    with Flask("essai").test_request_context(base_url=base, headers=told, environ_base=here):
        assert visitor_address() == address


@pytest.mark.parametrize("written", ["::ffff:{}", "{}:55", "[::ffff:{}]:55", "[::ffff:{}]"])
def test_household_is_the_same_however_its_address_is_written(keeper: Doorkeeper, written: str) -> None:
    keeper.let_in("192.0.2.1", NOON)
    keeper.let_in(written.format("192.0.2.1"), NOON)
    assert not keeper.welcomes(written.format("192.0.2.1"), NOON)
    assert keeper.welcomes(written.format("192.0.2.2"), NOON)
