"""Who knocks too often waits, whatever address they come from, and nobody is remembered overnight."""

from datetime import datetime, timedelta
from time import monotonic, sleep

import pytest
from flask import Flask

from portal.web.doors import Doorkeeper, TooMany, visitor_address

NOON = datetime(2026, 11, 21, 12)


@pytest.fixture
def keeper() -> Doorkeeper:
    return Doorkeeper(most_from_one=2, most_from_all=5)


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


def test_no_address_is_kept_readable(keeper: Doorkeeper) -> None:
    keeper.let_in("192.0.2.1", NOON)
    before = set(keeper._counts)
    keeper.let_in("192.0.2.1", NOON + timedelta(days=1))
    assert b"192.0.2.1" not in b"".join(before)
    assert before.isdisjoint(keeper._counts)


def test_addresses_are_forgotten_though_nobody_comes_again() -> None:
    keeper = Doorkeeper(most_from_one=2, most_from_all=5, memory=timedelta(milliseconds=20))
    keeper.let_in("192.0.2.1", NOON)
    patience = monotonic() + 10
    while keeper._counts and monotonic() < patience:
        sleep(0.01)
    assert (dict(keeper._counts), keeper._salt) == ({}, b"")


@pytest.mark.parametrize(("scheme", "address"), [("http", "127.0.0.1"), ("https", "198.51.100.7")])
def test_header_of_the_server_in_front_is_believed_behind_https_only(scheme: str, address: str) -> None:
    told = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    here = {"REMOTE_ADDR": "127.0.0.1"}
    base = f"{scheme}://services.example"
    with Flask("essai").test_request_context(base_url=base, headers=told, environ_base=here):
        assert visitor_address() == address
