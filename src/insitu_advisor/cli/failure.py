"""Errors as a user meets them: one message on stderr and an exit code, never a traceback for bad input."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import typer

ANSWERED, OUR_FAULT, WRONG_USAGE, BAD_FILE, NOTHING_PASSES = 0, 1, 2, 3, 4
INTERRUPTED = 130
# What a shell or a batch system sends to end a program; where a user had them ignored (nohup) they stay so.
ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(BaseException):
    """The program was told to end by a signal; raised wherever it is, so that everything is tidied up on the way."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def say(message: str) -> None:
    """Print a line to stderr, with control characters of a user's word or file name spelled out."""
    from insitu_advisor.knowledge.errors import visible

    say_as_it_is(visible(message))


def say_as_it_is(text: str) -> None:
    """Print our own text to stderr; where nobody can be told anything, the exit code has to do."""
    with contextlib.suppress(OSError, ValueError):
        typer.echo(text, err=True)


def on_terminal(stream: Any) -> bool:
    """Whether a standard stream is there and is a terminal."""
    return stream is not None and not stream.closed and bool(stream.isatty())


def stop(message: str, code: int, *more: str) -> NoReturn:
    """Print a message to stderr, with more lines below it, and leave with an exit code."""
    for line in (f"Error: {message}", *(f"  {line}" for line in more)):
        for part in _filled(line):
            say(part)
    raise typer.Exit(code)


def _filled(line: str) -> list[str]:
    """A line as it fits a terminal, what does not fit below it and further in; one line where there is no terminal."""
    if not on_terminal(sys.stderr):
        return [line]
    import shutil
    import textwrap

    width, margin = shutil.get_terminal_size().columns, " " * (len(line) - len(line.lstrip()))
    return (
        textwrap.wrap(
            line.lstrip(),
            max(width, 20),
            initial_indent=margin,
            subsequent_indent=f"{margin}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        if len(line) > width
        else [line]
    )


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
    """Run the program so that closed pipes, full disks, signals and faults of our own end without a traceback."""
    # One short answer leaves no garbage worth collecting; looking for it took about 20 of 340 ms when measured.
    gc.disable()
    _fill_closed_streams()
    _obey_endings()
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
        say(f"Error: cannot write the answer: {error.strerror or error}")
        code = BAD_FILE
    except Ended as ended:
        _end_by(ended.number)
    except Exception as error:
        if os.environ.get("INSITU_ADVISOR_DEBUG"):
            raise
        say(f"Error: something went wrong that is our fault: {type(error).__name__}: {error}")
        say("Set INSITU_ADVISOR_DEBUG=1 to see where, and please report it.")
        code = OUR_FAULT
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End at once: taking the program apart object by object took about 50 of 370 ms of an answer when measured."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _fill_closed_streams() -> None:
    """Point standard streams that were closed at nothing, or the next file that is opened would take their place.

    `sys.stdin` stays None where there was no input, so that asking for it is answered as what it is.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (a stream, for as long as we run)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _obey_endings() -> None:
    def end(number: int, _: object) -> None:
        # Whoever asks twice must not disturb the tidying up.
        for each in ENDINGS:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number)

    for each in ENDINGS:
        if signal.getsignal(each) == signal.SIG_DFL:
            signal.signal(each, end)


def _end_by(number: int) -> NoReturn:
    """End by the signal we were sent, as whoever sent it expects, now that everything is tidied up."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def _forget_output() -> None:
    """What Python flushes at exit must not complain a second time."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
