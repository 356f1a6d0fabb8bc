"""A program for a shell to complete with, whose answers come from this process: starting Python takes longer."""

import os
import threading
from pathlib import Path

from typer.testing import CliRunner

from insitu_advisor.cli.app import app

# What a shell tells a program that completes a line.
ASKED = ("_INSITU_ADVISOR_COMPLETE", "COMP_WORDS", "COMP_CWORD", "_TYPER_COMPLETE_ARGS", "_TYPER_COMPLETE_FISH_ACTION")
TELL = "printf '%s\\0' " + " ".join(f'"${{{name}-}}"' for name in ASKED)


def answered(asked, env=None):
    """What the command answers a shell that has set these variables."""
    return CliRunner(env={**asked, **(env or {})}).invoke(app, [], prog_name="insitu-advisor")


class Answering:
    """A shell command, `script`, that prints what `answered` gives for what the shell asks, and ends as that does."""

    def __init__(self, folder):
        self.script = f"{TELL} >'{folder}/asked'; {{ read -r code; cat; }} <'{folder}/answer'; exit $code"
        self._asked, self._answer = (Path(folder, name) for name in ("asked", "answer"))
        os.mkfifo(self._asked)
        os.mkfifo(self._answer)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while asked := self._asked.read_text(encoding="utf-8"):
            told = zip(ASKED, asked.split("\0"), strict=False)
            done = answered({name: value for name, value in told if value})
            self._answer.write_text(f"{done.exit_code}\n{done.stdout}{done.stderr}", encoding="utf-8")

    def close(self):
        """Answer nothing more."""
        self._asked.write_text("", encoding="utf-8")
        self._thread.join()
