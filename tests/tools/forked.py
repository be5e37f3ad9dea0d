"""The command line in real processes that need not import it: each is forked from one that has.

A warning fails a command as it does a test, those of its imports as well: the one that has imported them would have
stopped at it. What a process reads as it starts (its options, `-W`, the installed command) is not seen here; it is
by those that `tests/importers` starts in full, such as `init` on a full disk and `serve`.
"""

import multiprocessing
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["tests.tools.forked_imports"])
_PATIENCE = 300
"""Seconds a command may take on a machine with much else to do; one that waits for ever is a fault to be told."""


def run_forked(
    words: tuple[str, ...], *, environment: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command in its own process, with its own environment and folder; give what it said and how it ended."""
    with TemporaryDirectory() as kept:
        told = (Path(kept) / "out", Path(kept) / "err")
        process = _server.Process(target=_become, args=(words, dict(environment), folder, told))
        process.start()
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        said, errors = (path.read_bytes().decode() for path in told)
    assert process.exitcode not in {None, -SIGKILL}, f"{words} did not end: {errors}"
    return subprocess.CompletedProcess(words, process.exitcode, said, errors)


def _become(words: tuple[str, ...], environment: dict[str, str], folder: Path, told: tuple[Path, Path]) -> None:
    """Be the command: everything a process is given when it starts is its own."""
    for number, path in enumerate(told, start=1):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["maillage", *words]
    warnings.resetwarnings()
    warnings.simplefilter("error")
    import_module("importers.cli").main()
