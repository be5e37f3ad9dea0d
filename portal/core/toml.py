"""A settings file in TOML, written by anyone, read into a table or told with the line of its fault."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from portal.core.problems import Problem

LARGEST = 500_000
"""Bytes; the largest territory one could imagine, every commune of France by its code, has half as many."""
UNREADABLE = "toml-illisible"


def read_toml(written: bytes, *, file: str) -> tuple[Mapping[str, Any] | None, tuple[Problem, ...]]:
    """Read a file of settings; `file` names it in the sentence that says what is wrong."""
    if len(written) > LARGEST:
        return None, (_problem(f"{file} est trop grand : il doit peser moins de {LARGEST // 1000} ko."),)
    try:
        return tomllib.loads(written.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        return None, (_problem(f"{file} doit être enregistré en UTF-8."),)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = f" à la ligne {place[1]}" if place else ""
        return None, (_problem(f"{file} n’est pas du TOML valide{line} : corrigez-le."),)
    except RecursionError:
        return None, (_problem(f"{file} emboîte trop de listes ou de tables : simplifiez-le."),)


def _problem(sentence: str) -> Problem:
    return Problem(code=UNREADABLE, text=sentence)
