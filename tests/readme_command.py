"""Print a command of the README, so that nobody runs another one: `python tests/readme_command.py run|test`."""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def set_up_commands() -> dict[str, str]:
    """The two set-up commands of the README: `run` shows an answer, `test` runs the tests."""
    commands = re.findall(r"```sh\n(python3 -m venv [^`]*)\n```", README.read_text(encoding="utf-8"))
    return {"test" if "pytest" in command else "run": command for command in commands}


if __name__ == "__main__":
    print(set_up_commands()[sys.argv[1]])
