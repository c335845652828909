from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from newscrawler.demo.__main__ import main

Get = Callable[..., Any]


def test_without_serve_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Called bare, it starts nothing and exits 2."""
    assert main([]) == 2
    assert "--serve" in capsys.readouterr().out


def test_serve_prints_three_addresses_and_ends_with_ctrl_c(get: Get) -> None:
    """A person can open what it prints, and Ctrl-C ends it without a traceback."""
    command = [sys.executable, "-m", "newscrawler.demo", "--serve", "--edition", "2", "--ports", "0", "0", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        homes = [process.stdout.readline().split()[1] for _ in range(3)]
        assert [get(home).status for home in homes] == [200, 200, 200]
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=10)
        finally:
            process.kill()  # or leaving the block waits for ever for one that doesn't end
    assert (process.returncode, errors) == (0, "")
