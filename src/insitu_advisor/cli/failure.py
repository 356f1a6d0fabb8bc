"""Errors as a user meets them: one message on stderr and an exit code, never a traceback for bad input."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

import typer

ANSWERED, OUR_FAULT, WRONG_USAGE, BAD_FILE, NOTHING_PASSES = 0, 1, 2, 3, 4
INTERRUPTED = 130


def say(message: str) -> None:
    """Print a line to stderr, with control characters of a user's word or file name spelled out."""
    from insitu_advisor.knowledge.errors import visible

    typer.echo(visible(message), err=True)


def stop(message: str, code: int, *more: str) -> NoReturn:
    """Print a message to stderr, with more lines below it, and leave with an exit code."""
    say(f"Error: {message}")
    for line in more:
        say(f"  {line}")
    raise typer.Exit(code)


def wrong(message: str, where: str) -> NoReturn:
    """Refuse a word of the command line; `where` names its option or argument."""
    from insitu_advisor.knowledge.errors import visible

    raise typer.BadParameter(visible(message), param_hint=where)


@contextlib.contextmanager
def clean_errors(**hints: str) -> Iterator[None]:
    """Turn what can go wrong with a user's words and files into messages with the right exit code.

    `hints` names the argument a word came from where it is not the option of that name.
    """
    from insitu_advisor.engine.question.question import QuestionError
    from insitu_advisor.knowledge.errors import KnowledgeError, visible

    try:
        yield
    except QuestionError as error:
        hint = {"sentence": "SENTENCE", **hints}.get(error.field.replace("-", "_"), f"--{error.field}")
        raise typer.BadParameter(visible(error.advice), param_hint=hint) from None
    except KnowledgeError as error:
        first, *rest = error.lines()
        stop(first, BAD_FILE, *rest)


def guarded(run: Callable[[], None]) -> None:
    """Run the program so that closed pipes, full disks, Ctrl-C and faults of our own end without a traceback."""
    # One short answer leaves no garbage worth collecting; looking for it took about 20 of 340 ms when measured.
    gc.disable()
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    code = ANSWERED
    try:
        run()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else ANSWERED
    except BrokenPipeError:
        _forget_output()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        _forget_output()
        sys.stderr.write(f"Error: cannot write the answer: {error.strerror or error}\n")
        code = BAD_FILE
    except Exception as error:
        if os.environ.get("INSITU_ADVISOR_DEBUG"):
            raise
        sys.stderr.write(
            f"Error: something went wrong that is our fault: {type(error).__name__}: {error}\n"
            "Set INSITU_ADVISOR_DEBUG=1 to see where, and please report it.\n"
        )
        code = OUR_FAULT
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End at once: taking the program apart object by object took about 50 of 370 ms of an answer when measured."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _forget_output() -> None:
    """What Python flushes at exit must not complain a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
