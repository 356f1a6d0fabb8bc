"""Numbers of a sentence: which are C-rates, which are temperatures, and which are neither."""

import pytest

from insitu_advisor.engine.question.amounts import fastest, harshest, rates, temperatures, to_add


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("C/20", 0.05), ("C / 4", 0.25), ("1/10 C", 0.1), ("2C", 2.0), ("20C", 20.0), ("24 C", 24.0), (".5C", 0.5),
        ("30 C-rate", 30.0), ("C-rate of 0.2", 0.2), ("c rate = 3", 3.0), ("1000C", 1000.0), ("C/10000", 1e-4),
    ],
)  # fmt: skip
def test_rates(text, rate):
    """In the ways people write them, up to both ends of the range."""
    (found,) = rates(f"cycled at {text}, then stopped")
    assert rate == pytest.approx(found.value)


@pytest.mark.parametrize(
    "text",
    ["25 C", "-10 C", "minus 10 C", "1001C", "C/10001", "C/0", "1/0 C", "C60", "LiC6", "20 °C", "0C", "10 CV", "SiC/3"],
)
def test_no_rates(text):
    """Temperatures, formulas and what no cell can do are no rate."""
    assert [] == rates(f"cycled at {text}, then stopped")


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("60 °C", 60.0), ("-20°C", -20.0), ("minus 10 degrees", -10.0), ("+5 °C", 5.0), ("25 C", 25.0), ("0 C", 0.0),
        ("-10 C", -10.0), ("298 K", 24.85), ("150 K", -123.15), ("773 K", 499.85), ("500 °C", 500.0),
        ("-150 °C", -150.0), ("80 Celsius", 80.0), ("45 deg", 45.0),
    ],
)  # fmt: skip
def test_temperatures(text, celsius):
    """In the ways people write them, up to both ends of the range; a bare C where it can be no rate."""
    if text.endswith("deg"):
        text += " C"
    (found,) = temperatures(f"stored at {text}, then opened")
    assert celsius == pytest.approx(found.value)


@pytest.mark.parametrize(
    "text", ["24 C", "1 C", "20C", "149 K", "774 K", "501 °C", "-151 °C", "4 Kelvins", "300 Kbar", "2C-rate"]
)
def test_no_temperatures(text):
    """Rates, other units and what no cell meets are no temperature."""
    assert [] == temperatures(f"stored at {text}, then opened")


def test_each_number_is_one_thing():
    """No number of a sentence is both, and each is told with its place and in order."""
    text = "at C/10 and 2C, at 25 C and -10 C, at 30 °C and 298 K, at 5 C-rate"
    speeds, heats = rates(text), temperatures(text)
    assert [0.1, 2.0, 5.0] == [each.value for each in speeds]
    assert [25.0, -10.0, 30.0, 24.85] == [each.value for each in heats]
    taken = [set(range(each.start, each.end)) for each in (*speeds, *heats)]
    assert sum(map(len, taken)) == len(set().union(*taken))
    assert ["C/10", "2C", "5 C-rate"] == [text[each.start : each.end].strip() for each in speeds]


@pytest.mark.parametrize("other", ["C/0", "5000C", "25 C"])
def test_a_rate_behind_something_else_is_found(other):
    """What is no rate does not hide the one behind it."""
    assert [2.0] == [each.value for each in rates(f"at {other}, then at 2C")]


@pytest.mark.parametrize("other", ["5 K", "24 C", "900 °C"])
def test_a_temperature_behind_something_else_is_found(other):
    """What is no temperature does not hide the one behind it."""
    assert [60.0] == [each.value for each in temperatures(f"at {other}, then at 60 °C")]


@pytest.mark.parametrize(
    ("text", "rate", "celsius"),
    [
        ("graphite at 45C and C/5", [0.2], [45.0]),
        ("5C fast charge at 25C", [5.0], [25.0]),
        ("stored at 55C, then opened", [], [55.0]),
        ("50C pulses of charge", [50.0], []),
        ("charged at 30C", [30.0], []),
    ],
)
def test_a_number_with_c_is_what_it_can_be(text, rate, celsius):
    """`45C` is warm beside another C-rate, or where nobody charges; else it is a rate."""
    assert (rate, celsius) == ([each.value for each in rates(text)], [each.value for each in temperatures(text)])


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("at 10-40 °C", [10.0, 40.0]),
        ("between 25 and -20 °C", [25.0, -20.0]),
        ("from -10 to 60°C", [-10.0, 60.0]),
        ("2 cells at 60 °C", [60.0]),
        ("C/2 at 60 °C", [60.0]),
    ],
)
def test_ends_of_a_range(text, celsius):
    """The number that shares its unit with the temperature behind it is one as well."""
    assert celsius == [each.value for each in temperatures(text)]


@pytest.mark.parametrize(
    ("text", "told"), [("fast charge in winter", 2), ("fast charging at 3C", 1), ("low temperature", 1), ("25 °C", 0)]
)
def test_what_to_add(text, told):
    """Who charges fast or in the cold hears that the numbers count."""
    rate = fastest(rates(text), text)
    assert told - (text == "fast charging at 3C") == len(to_add(text, rate, harshest(temperatures(text), text)))


def test_the_harshest_counts():
    """Of several temperatures the one farthest from that of a room, and the colder of two."""
    for text, celsius in (("25 and -20 °C", -20.0), ("10-40 °C", 10.0), ("25 to 60 °C", 60.0)):
        assert celsius == harshest(temperatures(text), text).value
    assert harshest([], "") is None
    assert harshest(temperatures("at 60 °C"), "at 60 °C").note is None


@pytest.mark.parametrize(
    ("text", "rate"), [("charged in 15 minutes", 4.0), ("charging in 2 h", 0.5), ("discharged it in 30 min", 2.0)]
)
def test_a_time_of_charging(text, rate):
    """A whole charge in so much time is a C-rate; other times are none."""
    assert [rate] == [each.value for each in rates(text)]
    assert [] == rates("a scan in 15 minutes, charged in 0 min")
