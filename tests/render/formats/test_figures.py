"""The pictures: well formed, inside their frame, drawn to scale, the same in every renderer, equal to their tables."""

import math
import re
import shutil
from itertools import combinations, pairwise, product

import pytest

from insitu_advisor import ask, certify, recommend
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.system import TEMPO_SECONDS
from insitu_advisor.engine.words.certainty import NAMES, percent
from insitu_advisor.engine.words.matrix import sign
from insitu_advisor.render.formats import figures, svg
from insitu_advisor.render.pages import pictures
from render.formats import drawing

SYSTEMS = list(product(("Li", "Na", "K"), ("intercalation", "alloy", "conversion")))
# The narrowest letters count for what a sans serif makes of them on average.
LETTER = 6.9
UNITS = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "nm": 1.0, "µm": 1e3, "mm": 1e6}
ASKED = {
    "anode": "silicon",
    "ion": "Li",
    "targets": ("fracture", "sei-composition"),
    "scale": "particle",
    "c_rate": "1C",
}


def _drawn(kb, **words):
    """An answer, its certificate, and each picture with its drawing."""
    advice = recommend(ask(kb, **words), kb)
    certificate = certify(advice, 200)
    made = {picture.name: picture for picture in pictures.all_of(advice, certificate)}
    return advice, certificate, {name: (picture, figures.draw(picture)) for name, picture in made.items()}


@pytest.fixture(scope="module", params=SYSTEMS, ids="-".join)
def drawn(request, kb):
    """Answers for every system."""
    ion, anode = request.param
    return _drawn(kb, ion=ion, anode=anode)


@pytest.fixture(scope="module")
def held(kb):
    """An answer in which scale and rate hold some techniques back."""
    return _drawn(kb, **ASKED)


def test_svg_is_well_formed_and_described(drawn):
    """Each picture is a standalone SVG with title and description first, and loads nothing."""
    for picture, image in drawn[2].values():
        root = drawing.ET.fromstring(image)
        found = [root.find(f"{drawing.SVG}{name}").text for name in ("title", "desc")]
        assert [picture.title, picture.note] == found
        assert "img" == root.get("role")
        assert [0.0, 0.0, *drawing.size_of(image)] == list(map(float, root.get("viewBox").split()))
        assert not re.search(r"href|url\(|<script|<image|<style|@import|var\(", image)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_are_literal(kb, dark):
    """Every shape carries its colour, so that a program that knows no style sheets draws it alike."""
    for picture in pictures.all_of(recommend(ask(kb, **ASKED), kb), None):
        image = figures.draw(picture, dark=dark)
        assert drawing.literal(image)
        for kind, colour in (("text", "fill"), ("rect", "fill"), ("circle", "fill"), ("line", "stroke")):
            assert all(shape.get(colour) for shape in drawing.shapes(image, kind))


def test_nothing_leaves_the_frame(drawn):
    """Text, by the width of an average letter, boxes, lines and dots stay inside the view box."""
    for name, (_, image) in drawn[2].items():
        width, height = drawing.size_of(image)
        for words in drawing.shapes(image, "text"):
            if words.get("transform"):
                continue
            x, y, long = float(words.get("x")), float(words.get("y")), LETTER * len(words.text or "")
            left = x - {"start": 0, "middle": long / 2, "end": long}[words.get("text-anchor")]
            assert (left >= 0, left + long <= width, 10 <= y <= height - 3) == (True,) * 3, (name, words.text)
        for box in drawing.shapes(image, "rect"):
            x, y, wide, high = (float(box.get(key)) for key in ("x", "y", "width", "height"))
            assert (x >= 0, y >= 0, x + wide <= width + 0.01, y + high <= height) == (True,) * 4, name
        ends = [
            (float(line.get(f"x{n}")), float(line.get(f"y{n}")))
            for line in drawing.shapes(image, "line")
            for n in (1, 2)
        ]
        ends += [(float(dot.get("cx")), float(dot.get("cy"))) for dot in drawing.shapes(image, "circle")]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in ends), name


@pytest.mark.parametrize("name", ["scores", "places"])
def test_bars_are_proportional(drawn, name):
    """Each bar is as long as what it tells on the axis from 0 to 100, and follows the last without a gap."""
    picture, image = drawn[2][name]
    bars = drawing.tipped(image)
    told = [(amount, tip) for bar in picture.drawing.bars for amount, tip in zip(bar.parts, bar.tips, strict=True)]
    assert [tip for _, tip in told] == [tip for tip, _ in bars]
    ticks = {text.text: float(text.get("x")) for text in drawing.shapes(image, "text")}
    unit = (ticks["100"] - ticks["0"]) / 100
    for (amount, _), (_, box) in zip(told, bars, strict=True):
        assert float(box.get("width")) == pytest.approx(amount * unit, abs=0.01)
    for (_, one), (_, other) in pairwise(bars):
        if one.get("y") == other.get("y"):
            assert float(one.get("x")) + float(one.get("width")) == pytest.approx(float(other.get("x")), abs=0.02)


def test_scores_are_those_of_the_answer(drawn):
    """The bars of an option hold its points by criterion and end at its score, as the table does."""
    advice, _, made = drawn
    picture, _ = made["scores"]
    assert tuple(NAMES[criterion] for criterion in advice.shares) == picture.headers[1:-1]
    for option, bar, row in zip(advice.ranking, picture.drawing.bars, picture.rows, strict=True):
        assert [part.points for part in option.parts] == list(bar.parts)
        assert f"{option.score:.0f}" == bar.end == row[-1]
        assert sum(map(float, row[1:-1])) == pytest.approx(option.score, abs=0.06)


def test_places_are_those_of_the_certificate(drawn):
    """Bars and table give the shares of the first three ranks."""
    advice, certificate, made = drawn
    picture, _ = made["places"]
    for option, bar, row in zip(advice.ranking, picture.drawing.bars, picture.rows, strict=True):
        ranks = [*certificate.acceptability.ranks[option.id], 0.0, 0.0, 0.0][:3]
        assert [100 * share for share in ranks] == list(bar.parts)
        assert [percent(share) for share in ranks] == list(row[1:])


def test_axes_are_named_with_their_unit(drawn):
    """Axes have a title with the unit."""
    for name, title in (("scores", "points of 100"), ("places", "%"), ("resolution", "nm"), ("resolution", "ms")):
        texts = [text.text for text in drawing.shapes(drawn[2][name][1], "text")]
        assert any(f"({title}" in text for text in texts), (name, title)


def _shown(answer):
    """The cells of the coverage, after they were compared with the ratings of the answer."""
    advice, _, made = answer
    picture, image = made["coverage"]
    names = [advice.kb.goals[goal].name for goal in advice.goals]
    assert names == [row[0] for row in picture.rows[: len(names)]]
    assert len(advice.kb.goals) == len(picture.rows)
    signs = {"-": "0", "+": "1", "++": "2", "+++": "3", "(+)": "(1)", "(++)": "(2)", "(+++)": "(3)"}
    for column, outcome in enumerate((*advice.ranking, *advice.excluded)):
        for row, sighting in zip(picture.rows, seen(outcome.route, advice.problem), strict=False):
            assert signs[sign(sighting)] == row[column + 1]
    cells = [cell for row in picture.rows for cell in row[1:]]
    assert cells == [text.text for text in drawing.shapes(image, "text") if re.fullmatch(r"\(?\d\)?", text.text or "")]
    return cells


def test_coverage_shows_the_way_in_use(drawn):
    """The goals asked come first; each cell is the rating of the way in use."""
    assert set("0123") == set(_shown(drawn))


def test_coverage_brackets_what_is_held_back(held):
    """What scale or rate keep from answering is in brackets."""
    assert {"(2)", "(3)"} & set(_shown(held))


def test_coverage_names_what_is_out_and_how_to_read_it(kb):
    """Excluded options are marked, and the shades are explained within the picture."""
    advice, _, made = _drawn(kb, anode="alloy", ion="K")
    picture, image = made["coverage"]
    texts = [text.text for text in drawing.shapes(image, "text")]
    assert len(advice.excluded) == sum(header.endswith("(out)") for header in picture.headers) == texts.count("(out)")
    assert {"0 blind", "1 hint only", "2 good", "3 best", "Asked", "Not asked"} <= set(texts)


@pytest.mark.parametrize("theme", [svg.LIGHT, svg.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("rating", range(4))
def test_numbers_of_the_coverage_can_be_read(theme, rating):
    """A number stands out from its cell by a contrast of at least 4.5 to 1."""
    assert drawing.contrast(theme[f"r{rating}"], theme[f"i{rating}"]) >= 4.5


@pytest.mark.parametrize("theme", [svg.LIGHT, svg.DARK], ids=["light", "dark"])
def test_more_stands_out_more(theme):
    """On light and on dark paper a higher rating stands out more from the paper."""
    found = [drawing.contrast(theme["paper"], theme[f"r{rating}"]) for rating in range(4)]
    assert sorted(found) == found
    assert all(high / low > 1.15 for low, high in pairwise(found[1:]))


@pytest.mark.parametrize("theme", [svg.LIGHT, svg.DARK], ids=["light", "dark"])
def test_labels_can_be_read(theme):
    """Words, and the names in the colour of a technique, stand out from the paper."""
    for name in ("ink", "soft", *(f"t{number}" for number in range(svg.SERIES + 1))):
        assert drawing.contrast(theme["paper"], theme[name]) >= (4.5 if name in {"ink", "soft"} else 3.0), name


def test_every_technique_has_a_colour_of_its_own(drawn):
    """No two techniques share a colour on the map, and every point is labelled."""
    picture, image = drawn[2]["resolution"]
    colours = {}
    points = sorted(picture.drawing.points, key=lambda point: (point.size[0], -point.time[1]))
    for point, (_, dot) in zip(points, drawing.tipped(image, "circle"), strict=True):
        colours.setdefault(point.series, dot.get("stroke"))
    assert len(colours) == len(set(colours.values()))
    texts = [text.text for text in drawing.shapes(image, "text")]
    assert all(point.label in texts for point in picture.drawing.points)


def _simulated(colour, kind):
    """A colour as it looks without the red or the green cones (Viénot, Brettel and Mollon 1999), in linear light."""
    digits = colour.lstrip("#")
    red, green, blue = ((int(digits[place : place + 2], 16) / 255) ** 2.2 for place in (0, 2, 4))
    share = {"protan": 0.11238, "deutan": 0.29275}[kind]
    mixed = share * red + (1 - share) * green
    return mixed, mixed, {"protan": 0.004, "deutan": -0.02234}[kind] * (red - green) + blue


@pytest.mark.parametrize("theme", [svg.LIGHT, svg.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["protan", "deutan"])
def test_kinds_stay_apart_for_the_colour_blind(theme, kind):
    """The colours of the criteria and the shades of places differ also without red or green cones."""
    for series in ([f"c{number}" for number in range(4)], [f"p{number}" for number in range(3)]):
        seen_as = [_simulated(theme[name], kind) for name in series]
        assert all(math.dist(one, other) > 0.1 for one, other in combinations(seen_as, 2)), series


def _amount(words):
    number, unit = words.split(" ")
    return float(number) * UNITS[unit]


def _ticks(image, units, coordinate):
    """Values of the ticks of an axis with their places."""
    found = [text for text in drawing.shapes(image, "text") if re.fullmatch(r"[\d.]+ \S+", text.text or "")]
    return {_amount(t.text): float(t.get(coordinate)) for t in found if t.text.split(" ")[1] in units}


def test_map_places_its_points(drawn):
    """Each point is at its finest size and slowest time on logarithmic axes; a ring where the time is guessed."""
    picture, image = drawn[2]["resolution"]
    across, up = _ticks(image, {"nm", "µm", "mm"}, "x"), _ticks(image, {"ms", "s", "min", "h"}, "y")

    def place(ticks, value):
        (one, at), (other, there) = min(ticks.items()), max(ticks.items())
        return at + (there - at) * math.log(value / one) / math.log(other / one)

    dots = {tip.split(". Size")[0]: dot for tip, dot in drawing.tipped(image, "circle")}
    rows = [row for row in picture.rows if "not known" not in row]
    assert len(rows) == len(dots) == len(picture.drawing.points)
    for name, _, kind, size, _, time, _ in rows:
        (point,) = [point for point in picture.drawing.points if point.tip.startswith(f"{name}. Size ({kind})")]
        assert point.label.endswith(f", {kind}")
        guessed = time.endswith("(our guess)")
        word = re.sub(r"order of | \(our guess\)", "", time)
        slow = TEMPO_SECONDS[word] if guessed else float(time.removesuffix(" s").split(" to ")[-1])
        dot = dots[name]
        assert float(dot.get("cx")) == pytest.approx(place(across, float(size.split(" ")[0])), abs=0.1)
        assert float(dot.get("cy")) == pytest.approx(place(up, slow) - 4, abs=0.1)
        assert guessed == (dot.get("fill") != dot.get("stroke"))


def test_labels_of_the_map_do_not_collide(drawn):
    """No name is written over another."""
    image = drawn[2]["resolution"][1]
    boxes = []
    for text in drawing.shapes(image, "text"):
        if text.get("fill") in {svg.LIGHT[f"t{number}"] for number in range(svg.SERIES)}:
            long = LETTER * len(text.text)
            left = float(text.get("x")) - {"start": 0, "middle": long / 2, "end": long}[text.get("text-anchor")]
            boxes.append((left, float(text.get("y")), left + long, text.text))
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or abs(one[1] - other[1]) >= 11
        assert apart, (one[3], other[3])


def test_what_cannot_be_placed_is_listed(drawn):
    """Every way is on the map or among those that are not, with what is missing."""
    advice, _, made = drawn
    picture, image = made["resolution"]
    ways = [pictures.full_name(way) for found in advice.system.ways.values() for way in found]
    listed = {text.split(" (no ")[0] for text in picture.drawing.unknown}
    assert set(ways) == {row[0] for row in picture.rows} | listed
    ranked = {pictures.full_name(way) for option in advice.ranking for way in option.route.ways}
    assert ranked == {row[0] for row in picture.rows if row[1] == "yes"}
    assert ranked - listed == {point.tip.split(". Size")[0] for point in picture.drawing.points if point.in_use}
    assert "not comparable" in " ".join(text.text for text in drawing.shapes(image, "text"))
    shown = " ".join(text.text for text in drawing.shapes(image, "text"))
    assert all(text in shown for text in picture.drawing.unknown)


def test_nothing_ranked_draws_nothing(kb):
    """Where nothing passes the constraints there is no picture."""
    advice = recommend(ask(kb, targets=["crystalline-phase"], facilities=["potentiostat"]), kb)
    assert () == advice.ranking
    assert [] == pictures.all_of(advice, certify(advice, 200))


def test_drawings_repeat_to_the_byte(kb):
    """The same question gives the same bytes."""
    one, other = (_drawn(kb, ion="K", anode="alloy")[2] for _ in range(2))
    assert one == other


NEEDED = {"librsvg": "rsvg-convert", "chromium": drawing.BROWSER or "chromium"}


@pytest.fixture(scope="module", params=NEEDED)
def rendered(request, kb, tmp_path_factory):
    """Every picture, light and dark, as CairoSVG draws it and as another program does."""
    if shutil.which(NEEDED[request.param]) is None:
        pytest.skip(f"{NEEDED[request.param]} is not installed")
    advice = recommend(ask(kb, **ASKED), kb)
    certificate = certify(advice, 200)
    images = {
        (name, dark): figures.draw(kind(advice, certificate), dark=dark)
        for name, kind in pictures.KINDS.items()
        for dark in (False, True)
    }
    if request.param == "librsvg":
        others = [drawing.by_librsvg(image) for image in images.values()]
    else:
        others = drawing.by_chromium(list(images.values()), tmp_path_factory.mktemp("pictures"))
    return {
        key: (drawing.by_cairosvg(image), other) for (key, image), other in zip(images.items(), others, strict=True)
    }


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", pictures.KINDS)
def test_renderers_agree(rendered, name, dark):
    """CairoSVG, librsvg and Chromium draw the same areas in the same shades."""
    drawn_by_cairo, other = rendered[name, dark]
    assert drawn_by_cairo.shape == pytest.approx(other.shape, abs=1)
    assert drawing.differing(drawn_by_cairo, other) < 0.02


def test_difference_of_renderers_would_be_seen(kb):
    """A picture that loses its light cells, as style variables once made it, differs by far more than letters do."""
    advice = recommend(ask(kb, **ASKED), kb)
    image = figures.draw(pictures.coverage(advice, None))
    broken = re.sub(rf'(<rect[^>]*fill=")({svg.LIGHT["r0"]})', r"\g<1>#000000", image)
    assert drawing.differing(drawing.by_cairosvg(image), drawing.by_cairosvg(broken)) > 0.1


def test_heads_of_the_coverage_do_not_collide(drawn):
    """No name above a column reaches into the next column."""
    image = drawn[2]["coverage"][1]
    heads = [
        (float(text.get("x")), float(text.get("y")), text.text)
        for text in drawing.shapes(image, "text")
        if text.get("text-anchor") == "middle"
    ]
    for (x, y, words), (there, height, others) in combinations(heads, 2):
        if y == height:
            assert abs(x - there) >= LETTER * (len(words) + len(others)) / 2, (words, others)
