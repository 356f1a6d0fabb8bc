"""Pictures read back: shapes, colours, and what other programs make of them."""

import io
import math
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import numpy as np
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def shapes(image, kind):
    """All shapes of a kind, in the order they are drawn."""
    return list(ET.fromstring(image).iter(f"{SVG}{kind}"))


def tipped(image, kind="rect"):
    """Shapes with a tip: the tip and the shape."""
    return [(tip.text, shape) for shape in shapes(image, kind) if (tip := shape.find(f"{SVG}title")) is not None]


def size_of(image):
    """Width and height in pixels."""
    root = ET.fromstring(image)
    return float(root.get("width")), float(root.get("height"))


def browse(folder, *words):
    """What a browser prints, with a profile of its own."""
    profile = folder / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=True, timeout=120, text=True).stdout


def by_cairosvg(image):
    """A picture as CairoSVG draws it."""
    import cairosvg

    return _grey(cairosvg.svg2png(bytestring=image.encode()))


def by_librsvg(image):
    """A picture as librsvg draws it."""
    done = subprocess.run(["rsvg-convert"], input=image.encode(), capture_output=True, check=True, timeout=60)
    return _grey(done.stdout)


def by_chromium(images, folder):
    """Pictures as Chromium draws them, one below the other so that it has to start only once."""
    source, target = folder / "picture.html", folder / "picture.png"
    sizes = [[math.ceil(side) for side in size_of(image)] for image in images]
    style = "<style>body{margin:0}div{overflow:hidden}svg{display:block}</style>"
    boxes = [f'<div style="height:{height}px">{image}</div>' for image, (_, height) in zip(images, sizes, strict=True)]
    source.write_text(f'<!doctype html><meta charset="utf-8">{style}{"".join(boxes)}', encoding="utf-8")
    width, height = max(width for width, _ in sizes), sum(height for _, height in sizes)
    browse(folder, f"--window-size={width},{height}", f"--screenshot={target}", source.as_uri())
    whole, top, drawn = _grey(target.read_bytes()), 0, []
    for width, height in sizes:
        drawn.append(whole[top : top + height, :width])
        top += height
    return drawn


def _grey(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"), dtype=float)


def differing(one, other, patch=12, step=40):
    """Share of patches whose mean shade differs noticeably: letters may sit otherwise, areas may not."""
    height, width = (min(sides) // patch * patch for sides in zip(one.shape, other.shape, strict=True))
    means = [
        grid[:height, :width].reshape(height // patch, patch, width // patch, patch).mean(axis=(1, 3))
        for grid in (one, other)
    ]
    return float((abs(means[0] - means[1]) > step).mean())


def contrast(one, other):
    """Contrast of two colours as WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    digits = colour.lstrip("#")
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def literal(image):
    """Every colour of a picture; empty where one is not literal."""
    colours = re.findall(r'(?:fill|stroke)="([^"]+)"', image)
    return colours if all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours) else []
