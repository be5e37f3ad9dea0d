"""Kinds of page, by the first word of their French address: what counts of requests are kept by."""

from functools import lru_cache

from flask import request

ELSEWHERE = "introuvable"
HOME = "accueil"


def current_kind() -> str:
    """Name the kind of the page being made."""
    rule = request.url_rule
    return ELSEWHERE if rule is None else kind_of(rule.rule)


@lru_cache(maxsize=1024)
def kind_of(rule: str) -> str:
    """Name the kind of page that answers under a rule of addresses, in any language."""
    path = rule.removeprefix("/en") if rule == "/en" or rule.startswith("/en/") else rule
    first = path.strip("/").partition("/")[0].partition("<")[0]
    return first.rstrip("-") or HOME
