"""The figures: well formed, inside their frame, drawn to scale, readable in both themes, equal to their tables."""

import math
import re
from itertools import pairwise, product
from xml.etree import ElementTree as ET

import pytest

from insitu_advisor import ask, certify, recommend
from insitu_advisor.engine.certainty.certificate import percent
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.method.system import TEMPO_SECONDS
from insitu_advisor.knowledge.technique import RATING_WORDS
from insitu_advisor.render.formats import figures

SVG = "{http://www.w3.org/2000/svg}"
SYSTEMS = list(product(("Li", "Na", "K"), ("intercalation", "alloy", "conversion")))
LETTER = 6.85
UNITS = {"ms": 1e-3, "s": 1.0, "h": 3600.0, "nm": 1.0, "µm": 1e3, "mm": 1e6}


@pytest.fixture(scope="module", params=SYSTEMS, ids="-".join)
def drawn(request, kb):
    """An answer, its certificate and its drawings by kind."""
    ion, anode = request.param
    return _drawn(kb, ion=ion, anode=anode)


def _drawn(kb, **words):
    advice = recommend(ask(kb, **words), kb)
    certificate = certify(advice, 200)
    return advice, certificate, {kind: draw(advice, certificate) for kind, draw in figures.KINDS.items()}


def _of(picture, kind):
    return list(ET.fromstring(picture.image).iter(f"{SVG}{kind}"))


def _bars(picture):
    """Rectangles with a tip: the tip, its place and its size."""
    found = []
    for box in _of(picture, "rect"):
        if (tip := box.find(f"{SVG}title")) is not None:
            found.append((tip.text, *(float(box.get(key)) for key in ("x", "y", "width", "height"))))
    return found


def _printed(option):
    """Points of an option, rounded so that they add up to its printed score."""
    return rounded_parts([part.points for part in option.parts])


def test_svg_is_well_formed_and_described(drawn):
    """Each figure is a standalone SVG with title and description first, and loads nothing."""
    for picture in drawn[2].values():
        root = ET.fromstring(picture.image)
        assert f"{SVG}svg" == root.tag
        assert [picture.title, picture.description] == [root.find(f"{SVG}{name}").text for name in ("title", "desc")]
        assert "img" == root.get("role")
        assert [0.0, 0.0, float(root.get("width")), float(root.get("height"))] == list(
            map(float, root.get("viewBox").split())
        )
        assert not re.search(r"href|url\(|<script|<image|@import", picture.image)


def test_nothing_leaves_the_frame(drawn):
    """Text, by a generous width of a letter, boxes, lines and dots stay inside the view box."""
    for kind, picture in drawn[2].items():
        width, height = (float(ET.fromstring(picture.image).get(side)) for side in ("width", "height"))
        for words in _of(picture, "text"):
            x, y = float(words.get("x")), float(words.get("y"))
            long = LETTER * len(" ".join((words.text or "").split()))
            left = x - {"start": 0, "middle": long / 2, "end": long}[words.get("text-anchor")]
            assert (0 <= left, left + long <= width, 10 <= y <= height - 3) == (True,) * 3, (kind, words.text)
        for box in _of(picture, "rect"):
            x, y, wide, high = (float(box.get(key)) for key in ("x", "y", "width", "height"))
            assert (0 <= x, 0 <= y, x + wide <= width, y + high <= height) == (True,) * 4, kind
        ends = [(float(line.get(f"x{n}")), float(line.get(f"y{n}"))) for line in _of(picture, "line") for n in (1, 2)]
        ends += [(float(dot.get("cx")), float(dot.get("cy"))) for dot in _of(picture, "circle")]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in ends), kind


def test_score_bars_are_proportional_to_points(drawn):
    """Each bar is as long as its exact points, tells them as printed, and follows the last without a gap."""
    advice, _, drawings = drawn
    bars = _bars(drawings["scores"])
    parts = [
        (option, part, points)
        for option in advice.ranking
        for part, points in zip(option.parts, _printed(option), strict=True)
    ]
    scales = [bar[3] / part.points for bar, (_, part, _) in zip(bars, parts, strict=True) if part.points]
    assert max(scales) == pytest.approx(min(scales), rel=1e-4)
    for bar, (option, part, points) in zip(bars, parts, strict=True):
        told = f"{advice.kb.name(option.id)}, {part.criterion}: {points:.1f} of {part.max_points:.1f}"
        assert told == bar[0]
    for one, other in pairwise(bars):
        if one[2] == other[2]:
            assert one[1] + one[3] == pytest.approx(other[1], abs=0.01)


def test_scores_twin_holds_the_ranking(drawn):
    """The table beside the scores names every ranked option in order with its printed score."""
    advice, _, drawings = drawn
    rows = drawings["scores"].twin.rows
    assert [(advice.kb.name(o.id), f"{o.score:.1f}") for o in advice.ranking] == [(row[0], row[-1]) for row in rows]
    shown = [words.text for words in _of(drawings["scores"], "text") if words.get("class") == "soft"]
    assert [row[-1] for row in rows] == shown[len(advice.shares) :]


def test_scores_twin_has_the_points_of_the_report(drawn):
    """Points in the table add up to the printed score, rounded as everywhere else."""
    advice, _, drawings = drawn
    expected = [[f"{points:.1f}" for points in _printed(option)] for option in advice.ranking]
    assert expected == [list(row[1:-1]) for row in drawings["scores"].twin.rows]


def test_acceptability_agrees_with_the_certificate(drawn):
    """Bars and table give the shares of the first three ranks as the certificate has them."""
    advice, certificate, drawings = drawn
    shares = {option.id: certificate.acceptability.ranks[option.id][:3] for option in advice.ranking}
    bars = _bars(drawings["acceptability"])
    flat = [share for option in advice.ranking for share in shares[option.id]]
    scales = [bar[3] / share for bar, share in zip(bars, flat, strict=True) if share]
    assert max(scales) == pytest.approx(min(scales), rel=1e-4)
    assert [percent(share) for share in flat] == [bar[0].rsplit(" in ", 1)[1] for bar in bars]
    expected = [(advice.kb.name(key), *map(percent, ranks)) for key, ranks in shares.items()]
    assert expected == list(drawings["acceptability"].twin.rows)
    labels = [words.text for words in _of(drawings["acceptability"], "text") if words.get("class") == "soft"]
    assert [f"first in {row[1]}" for row in expected] == labels[3:]


def test_coverage_tells_what_its_twin_tells(drawn):
    """Each cell has the number, the shade and the word of the table; the targets asked come first and are marked."""
    advice, _, drawings = drawn
    picture = drawings["coverage"]
    words = [word for row in picture.twin.rows for word in row[1:]]
    assert words == [bar[0].rsplit(": ", 1)[1] for bar in _bars(picture)]
    shades = [int(box.get("class")[1:]) for box in _of(picture, "rect")]
    assert words == [RATING_WORDS[shade] for shade in shades]
    assert list(map(str, shades)) == [text.text for text in _of(picture, "text") if (text.text or "").isdigit()]
    asked = [advice.kb.targets[target].name for target in advice.question.target_ids]
    assert asked == [row[0] for row in picture.twin.rows][: len(asked)]
    assert [f"{name} *" for name in asked] == [t.text for t in _of(picture, "text") if (t.text or "").endswith(" *")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("rating", range(4))
def test_numbers_of_the_coverage_can_be_read(kb, theme, rating):
    """A number stands out from its cell by a contrast of at least 4.5 to 1, on light and on dark screens."""
    picture = _drawn(kb)[2]["coverage"]
    boxes, digits = _of(picture, "rect"), [t for t in _of(picture, "text") if (t.text or "").isdigit()]
    css = next(d.get("class") for b, d in zip(boxes, digits, strict=True) if f"r{rating}" == b.get("class"))
    ink, cell = (_colour(picture.image, name, theme) for name in (css, f"r{rating}"))
    assert 4.5 <= _contrast(ink, cell), (ink, cell)


def _colour(image, css, theme):
    """The fill of a class as six hexadecimal digits."""
    fill = re.search(rf"\.{css}\{{fill:([^;}}]+)", image)[1]
    variable = re.match(r"var\((--\w+),(#\w+)\)", fill)
    if variable:
        dark = re.search(rf"{variable[1]}:(#\w+)", image[image.index("@media(prefers-color-scheme:dark)") :])
        fill = dark[1] if theme == "dark" else variable[2]
    digits = fill.lstrip("#")
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)


def _contrast(one, other):
    """Contrast of two colours as WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(digits):
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _amount(words):
    number, unit = words.split(" ")
    return float(number) * UNITS[unit]


def _axis(picture, units, coordinate):
    """Decades along one axis, from the words at its ends: the place of a value."""
    ticks = {}
    for words in _of(picture, "text"):
        if words.get("class") == "soft" and words.text.split(" ")[-1] in units:
            ticks[round(math.log10(_amount(words.text)))] = float(words.get(coordinate))
    steps = {ticks[power + 1] - ticks[power] for power in ticks if power + 1 in ticks}
    assert max(steps) == pytest.approx(min(steps), abs=0.01)
    start = min(ticks)
    return lambda value: ticks[start] + (math.log10(value) - start) * next(iter(steps))


def test_resolution_map_places_its_points(drawn):
    """Each point stands at its finest size and slowest time on decades of equal width; a ring where time is judged."""
    picture = drawn[2]["resolution"]
    x_of, y_of = _axis(picture, {"nm", "µm", "mm"}, "x"), _axis(picture, {"ms", "s", "h"}, "y")
    dots = _of(picture, "circle")
    for dot, (_, size, _, time, _) in zip(dots, picture.twin.rows, strict=True):
        judged = time.endswith("(judgement)")
        tempo = re.sub(r"order of | \(judgement\)", "", time)
        slow = TEMPO_SECONDS[tempo] if judged else float(time.removesuffix(" s").split(" to ")[-1])
        assert float(dot.get("cx")) == pytest.approx(x_of(float(size.split(" ")[0])), abs=0.01)
        assert float(dot.get("cy")) - 4 == pytest.approx(y_of(slow) - 8, abs=0.01)
        assert judged == ("ring" in dot.get("class"))


def test_resolution_map_knows_small_angle_scattering(kb):
    """Pinhole SANS starts at 0.5 nm, between the lines of 0.1 nm and 1 nm, at 70 % of the decade."""
    picture = _drawn(kb, ion="Na")[2]["resolution"]
    row = next(index for index, row in enumerate(picture.twin.rows) if "pinhole" in row[0])
    left, right = (
        next(float(t.get("x")) for t in _of(picture, "text") if t.text == word) for word in ("0.1 nm", "1 nm")
    )
    assert 0.699 == pytest.approx((float(_of(picture, "circle")[row].get("cx")) - left) / (right - left), abs=0.001)


def test_legend_of_the_map_numbers_its_points(drawn):
    """Every number beside a point is explained by the name in the table."""
    picture = drawn[2]["resolution"]
    texts = [words.text for words in _of(picture, "text")]
    for number, row in enumerate(picture.twin.rows, 1):
        assert str(number) in texts
        assert f"{number}  {row[0]}" in texts


def test_nothing_ranked_draws_nothing(kb):
    """Where nothing passes the constraints there is no figure."""
    advice = recommend(ask(kb, targets=["crystalline-phase"], facilities=["potentiostat"]), kb)
    assert () == advice.ranking
    assert [] == figures.drawings(advice, certify(advice, 200))


def test_drawings_repeat_to_the_byte(kb):
    """The same question gives the same bytes."""
    one, other = (_drawn(kb, ion="K", anode="alloy")[2] for _ in range(2))
    assert one == other
