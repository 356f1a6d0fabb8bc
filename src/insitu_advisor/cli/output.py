"""Where output goes: a terminal, a pipe or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import typer

from insitu_advisor.cli.failure import BAD_FILE, WRONG_USAGE, say, stop, wrong

if TYPE_CHECKING:
    from insitu_advisor.engine.method.advice import Advice
    from insitu_advisor.knowledge.base import KnowledgeBase
    from insitu_advisor.render.pages.document import Document

STANDARD_OUTPUT = "-"
NARROWEST = 20
NOTHING_WRITTEN = "nothing was written"
ENDINGS = {
    ".csv": "csv", ".docx": "docx", ".htm": "html", ".html": "html", ".json": "json", ".jsonl": "jsonl",
    ".jsonld": "jsonld", ".markdown": "markdown", ".md": "markdown", ".pdf": "pdf", ".txt": "text",
}  # fmt: skip


def format_for(to: str | None, word: str | None, formats: Collection[str]) -> str:
    """The format that was named, or that a file is named after, or the usual one, which is the first of them.

    Refuses a word that is no format, and a file named after a format that is not written here.
    """
    usual = next(iter(formats))
    if word is not None:
        check_format(word, formats)
        return word
    ending = Path(to).suffix.lower() if to is not None and to != STANDARD_OUTPUT else ""
    wanted = ENDINGS.get(ending, usual)
    if wanted not in formats:
        known = ", ".join(formats)
        wrong(f"{to} asks for {wanted}, which is not written here; name another file or one of {known}", "'--format'")
    return wanted


def answer(
    document: Callable[[], Document],
    data: Callable[[], dict[str, Any]],
    kb: KnowledgeBase,
    format: str | None,
    to: str | None,
    *,
    force: bool,
    paged: bool = False,
) -> None:
    """A document as text or Markdown, or its data as JSON, to the screen or a file; only what is wanted is made."""

    def as_markdown() -> None:
        from insitu_advisor.render.formats import markdown

        write(markdown.render(document(), kb), to, force=force)

    def as_json() -> None:
        from insitu_advisor.render.formats.json_parts import dump

        write(dump(data()), to, force=force)

    def as_text() -> None:
        print_document(document(), kb, to, force=force, paged=paged)

    formats: dict[str, Callable[[], None]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
    formats[format_for(to, format, formats)]()


def check_cite(wanted: tuple[str, str] | None, to: str | None, *, force: bool) -> None:
    """Refuse citations that could not be written, before anything is."""
    if wanted is None:
        return
    from insitu_advisor.knowledge.spelling import nearest
    from insitu_advisor.render.formats.citations import FORMATS

    format, path = wanted
    if format not in FORMATS:
        wrong(f"there is no citation format '{format}'{nearest(format, FORMATS)}", "'--cite'")
    if path == STANDARD_OUTPUT and to in (None, STANDARD_OUTPUT):
        wrong("citations and answer would run into each other; write one of them to a file", "'--cite'")
    if to is not None and to != STANDARD_OUTPUT and Path(to).resolve() == Path(path).resolve():
        wrong("the citations would overwrite the answer; name another file", "'--cite'")
    check(path, force=force)


def cite(advice: Advice, wanted: tuple[str, str] | None, *, force: bool) -> None:
    """Write the citations of an answer, where they are wanted."""
    if wanted is None:
        return
    from insitu_advisor.render.formats.citations import FORMATS

    format, path = wanted
    write(FORMATS[format](advice), path, force=force, lost="the answer was written, the citations were not")


def print_document(
    document: Document, kb: KnowledgeBase, output: str | None = None, *, force: bool = False, paged: bool = False
) -> None:
    """A document as text: in colour on a terminal, through a pager if `paged`; plain elsewhere.

    Elsewhere lines are as long as they are, unless standard output is told by COLUMNS how wide it will be shown.
    """
    from insitu_advisor.render.formats import text

    if output not in (None, STANDARD_OUTPUT):
        write(text.render(document, kb), output, force=force)
    elif not sys.stdout.isatty():
        columns = os.environ.get("COLUMNS", "")
        write(text.render(document, kb, max(int(columns), NARROWEST) if columns.isdecimal() else None), None)
    elif os.environ.get("TERM") == "dumb" or not _can_print_unicode():
        import shutil

        write(text.render(document, kb, shutil.get_terminal_size().columns), None)
    else:
        from rich.console import Console

        console = Console(highlight=False, no_color="NO_COLOR" in os.environ or None)
        with console.pager(styles=True) if paged else contextlib.nullcontext():
            text.show(document, kb, console)


def write(text: str, output: str | None, *, force: bool = False, lost: str = NOTHING_WRITTEN) -> None:
    """Text to standard output (None or `-`) or to a file; a file that exists is replaced only with `force`.

    `lost` says what is not there when the file cannot be written after all.
    """
    if output is None or output == STANDARD_OUTPUT:
        _print(text)
        return
    write_bytes(text.encode(), output, force=force, lost=lost)


def write_bytes(content: bytes, output: str, *, force: bool = False, lost: str = NOTHING_WRITTEN) -> None:
    """The same for bytes, which go to a file only."""
    check(output, force=force)
    with _written(output, force, lost) as file:
        file.write(content)


@contextlib.contextmanager
def stream(output: str | None, *, force: bool = False) -> Iterator[TextIO]:
    """A place to write line after line: standard output, or a file that appears only when all of it is written."""
    if output is None or output == STANDARD_OUTPUT:
        sys.stdout.flush()
        sink = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
        try:
            yield sink
            sink.flush()
        finally:
            sink.detach()
        return
    check(output, force=force)
    with _written(output, force) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        try:
            yield lines
            lines.flush()
        finally:
            lines.detach()


@contextlib.contextmanager
def _written(output: str, force: bool, lost: str = NOTHING_WRITTEN) -> Iterator[BinaryIO]:
    """A file to write to, and what is said when it is there or could not be."""
    try:
        with _part_beside(Path(output), replace=force) as file:
            yield file
    except FileExistsError:
        stop(f"{output} was written by somebody else meanwhile and was left as it is; {lost}", WRONG_USAGE)
    except OSError as error:
        stop(f"cannot write {output}: {error.strerror or error}; {lost}", BAD_FILE)
    say(f"Wrote {output}")


def check(output: str | None, *, force: bool = False) -> None:
    """Refuse a file that could not or should not be written, before any work is done."""
    if output is None or output == STANDARD_OUTPUT:
        return
    path = Path(output)
    try:
        if path.is_symlink():
            stop(f"{path} is a symbolic link; give the file it points to", BAD_FILE)
        if path.is_dir():
            stop(f"{path} is a folder; give the name of a file in it", BAD_FILE)
        if path.exists() and not path.is_file():
            stop(f"{path} is not a regular file; choose another name", BAD_FILE)
        if not path.parent.is_dir():
            stop(f"cannot write {output}: there is no folder {path.parent}; nothing was written", BAD_FILE)
        if path.exists() and not force:
            stop(f"{path} exists and was left as it is; add --force to replace it", WRONG_USAGE)
        with _part(path.parent):
            pass
    except OSError as error:
        stop(f"cannot write {output}: {error.strerror or error}; nothing was written", BAD_FILE)


def check_format(word: str, formats: Collection[str]) -> None:
    """Refuse a format word that is not known, with the nearest one."""
    if word not in formats:
        from insitu_advisor.knowledge.spelling import nearest

        wrong(f"there is no format '{word}'{nearest(word, formats)}", "'--format'")


@contextlib.contextmanager
def _part_beside(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A file beside the target that takes its place at the end, so that nobody ever sees half of it.

    Raises FileExistsError if the target is there by then and is not to be replaced.
    """
    with _part(path.parent) as part:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        if replace:
            part.replace(path)
        else:
            _move_to_nothing(part, path)


@contextlib.contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """A new, empty file in a folder, gone afterwards unless it was moved away.

    Its name is chosen first, so that there is no moment at which it is there and nobody knows it.
    """
    part = folder / f".insitu-advisor-{os.getpid()}-{os.urandom(8).hex()}.part"
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _move_to_nothing(part: Path, path: Path) -> None:
    """Give a file its name if nothing goes by it, even if another program has the same in mind.

    Where the file system has no links, an empty file of that name is made first, which only one program can do.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            part.replace(path)
        except BaseException:
            path.unlink()
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _can_print_unicode() -> bool:
    try:
        "█░☐•".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _print(text: str) -> None:
    """Pipes get UTF-8 whatever the locale; a terminal gets its own encoding, with `?` for what it cannot show."""
    try:
        _send(text)
    except BrokenPipeError:
        # The reader has seen enough (`| head`), which is no fault of anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def _send(text: str) -> None:
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
