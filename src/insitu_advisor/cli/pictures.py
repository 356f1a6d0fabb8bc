"""Pictures as files: SVG on light and on dark paper, the same as a table, and PNG where something can convert."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import BAD_FILE, say, stop

if TYPE_CHECKING:
    from insitu_advisor.engine.certainty.certificate import Certificate
    from insitu_advisor.engine.method.advice import Advice
    from insitu_advisor.render.pages.document import Picture

NO_CONVERTER = "No PNG was made: install CairoSVG (pip install cairosvg) or librsvg (rsvg-convert), and ask again."
SCALE = 2


def check(folder: str, *, force: bool) -> None:
    """Refuse a folder that could not be written to, and pictures that are there already, before anything is drawn."""
    from insitu_advisor.render.pages.pictures import KINDS

    path = Path(folder)
    if path.exists() and not path.is_dir():
        stop(f"{folder} is a file; give the name of a folder for the pictures", BAD_FILE)
    for name in KINDS:
        for ending in (".svg", "-dark.svg", ".csv", ".png", "-dark.png"):
            if path.is_dir():
                output.check(str(path / f"{name}{ending}"), force=force)


def draw(advice: Advice, certificate: Certificate | None, folder: str, *, force: bool) -> None:
    """Every picture of an answer into a folder, which is made if it is missing."""
    from insitu_advisor.render.formats.figures import draw as as_svg
    from insitu_advisor.render.pages.pictures import all_of

    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"cannot make {folder}: {error.strerror or error}", BAD_FILE)
    convert, laboratory = converter(), advice.kb.laboratory
    for picture in all_of(advice, certificate):
        output.write(as_table(picture, laboratory), str(path / f"{picture.name}.csv"), force=force)
        for dark in (False, True):
            drawn = path / f"{picture.name}{'-dark' if dark else ''}.svg"
            image = as_svg(picture, dark=dark, below=f"Laboratory: {laboratory}." if laboratory else "")
            output.write(image + "\n", str(drawn), force=force)
            if convert is not None:
                _convert(convert, image, drawn.with_suffix(".png"), force=force)
    if convert is None and advice.ranking:
        say(NO_CONVERTER)


def as_table(picture: Picture, laboratory: str = "") -> str:
    """A picture as comma-separated values; a laboratory that counted is named in a column of its own."""
    from insitu_advisor.batch.screening import safe_cell

    more = (("laboratory",), (laboratory,)) if laboratory else ((), ())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(safe_cell, (*picture.headers, *more[0])))
    writer.writerows(map(safe_cell, (*row, *more[1])) for row in picture.rows)
    return text.getvalue()


def converter() -> Callable[[str], bytes] | None:
    """What turns an SVG into a PNG on this computer, or None."""
    try:
        import cairosvg  # type: ignore[import-untyped]
    except (ImportError, OSError):
        return _librsvg if shutil.which("rsvg-convert") else None
    return lambda image: bytes(cairosvg.svg2png(bytestring=image.encode(), scale=SCALE))


def _librsvg(image: str) -> bytes:
    words = ["rsvg-convert", "--zoom", str(SCALE)]
    return subprocess.run(words, input=image.encode(), capture_output=True, check=True, timeout=60).stdout


def _convert(convert: Callable[[str], bytes], image: str, target: Path, *, force: bool) -> None:
    try:
        made = convert(image)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        stop(f"cannot make {target}: {error}", BAD_FILE)
    output.write_bytes(made, str(target), force=force, lost="this picture was not written")
