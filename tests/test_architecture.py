"""The shape of the package: who may import whom, what is loaded when, and how long a module may be."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import insitu_advisor

PACKAGE = Path(insitu_advisor.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
BELOW = {
    "knowledge": {"knowledge"},
    "engine": {"knowledge", "engine"},
    "lab": {"knowledge", "engine", "lab"},
    "batch": {"knowledge", "engine", "batch"},
    "curation": {"knowledge", "engine", "curation"},
    "render": {"knowledge", "engine", "lab", "curation", "render"},
    "display": {"engine", "render"},
    "cli": {"knowledge", "engine", "lab", "batch", "curation", "render", "cli"},
}
LAYERS = set(BELOW) - {"display"}
# Inside a layer of several rooms: what each room may import from the others. Whatever is not named lies in no room.
ROOMS = {
    "engine": {
        "question": set(),
        "method": {"question"},
        "certainty": {"question", "method"},
        "inquiry": {"question", "method"},
        "words": {"question", "method", "certainty", "inquiry"},
    },
    "render": {"pages": set(), "formats": {"pages"}},
}
# Modules beside the rooms of a layer, which every room may import and which import none.
BESIDE = {"engine": {"shown"}, "render": set()}
HEAVY = {"rich", "yaml", "markdown_it"}
QUESTION = ("recommend", "--anode", "alloy", "--ion", "K", "--samples", "100")


def name_of(path):
    """A module as it is written in a message."""
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path):
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree, package):
    """Full names of everything a tree imports, relative imports resolved."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def layers_imported(tree, package=("insitu_advisor",)):
    """The layers of this package that a tree imports from."""
    names = (name.split(".") for name in imported(tree, list(package)))
    return {parts[1] for parts in names if parts[0] == "insitu_advisor" and len(parts) > 1}


def package_of(path):
    """The package a module lies in, part by part."""
    return ["insitu_advisor", *path.relative_to(PACKAGE).parent.parts]


def layer_of(path):
    """The folder a module lies in, or the module itself where it lies in none."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", [path for path in MODULES if layer_of(path) in BELOW], ids=name_of)
def test_import_arrows(path):
    """Knowledge, engine, render, command line: a module imports from its own layer and those below only."""
    assert layers_imported(tree_of(path), package_of(path)) & {*BELOW} <= BELOW[layer_of(path)]


def test_arrows_go_one_way():
    """Two layers never import each other."""
    assert tuple(TopologicalSorter({layer: below - {layer} for layer, below in BELOW.items()}).static_order())


def room_of(path):
    """The layer and the room a module lies in; None for a module in no room."""
    parts = path.relative_to(PACKAGE).parts
    return parts[:2] if parts[0] in ROOMS and len(parts) > 2 else None


def rooms_imported(tree, layer, package):
    """The rooms of a layer that a tree imports from, the layer itself where it is imported whole."""
    names = (name.split(".") for name in imported(tree, package))
    found = {parts[2] for parts in names if parts[:2] == ["insitu_advisor", layer] and len(parts) > 2}
    return found - BESIDE[layer]


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path)], ids=name_of)
def test_arrows_between_rooms(path):
    """Question, method, certainty, inquiry, words; pages, formats: a module imports from rooms before its own."""
    layer, room = room_of(path)
    assert rooms_imported(tree_of(path), layer, package_of(path)) <= {room} | ROOMS[layer][room]


@pytest.mark.parametrize("layer", ROOMS)
def test_arrows_between_rooms_go_one_way(layer):
    """Two rooms never import each other, not even by way of a third."""
    assert tuple(TopologicalSorter(ROOMS[layer]).static_order())


@pytest.mark.parametrize("layer", ROOMS)
def test_every_room_is_known(layer):
    """A new folder inside a layer of rooms has to be given its place among them, and a room holds all its modules."""
    places = {path.relative_to(PACKAGE / layer).with_suffix("").parts[0] for path in (PACKAGE / layer).rglob("*.py")}
    assert set(ROOMS[layer]) == places - {"__init__"} - BESIDE[layer]


@pytest.mark.parametrize("layer", ROOMS)
def test_what_lies_beside_the_rooms_looks_into_none(layer):
    """A module in no room imports from no room, so that every room may use it."""
    for path in MODULES:
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] == layer and len(parts) == 2 and parts[1] in BESIDE[layer]:
            assert set() == rooms_imported(tree_of(path), layer, package_of(path)), parts


@pytest.mark.parametrize("layer", ROOMS)
def test_every_arrow_between_rooms_is_used(layer):
    """No arrow is allowed that nobody needs, so that the drawing is that of the house as it stands."""
    used = {room: set() for room in ROOMS[layer]}
    for path in (path for path in MODULES if room_of(path) and room_of(path)[0] == layer):
        room = room_of(path)[1]
        used[room] |= rooms_imported(tree_of(path), layer, package_of(path)) - {room}
    assert ROOMS[layer] == used


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from insitu_advisor.engine.words import sentences", {"words"}),
        ("from insitu_advisor.engine.words.sentences import listed", {"words"}),
        ("from insitu_advisor.engine import words, method", {"words", "method"}),
        ("from ..words import sentences", {"words"}),
        ("from . import plan", {"inquiry"}),
        ("def f():\n    import insitu_advisor.engine.certainty.certificate", {"certainty"}),
        ("from insitu_advisor.render.pages import plan", set()),
    ],
)
def test_arrows_between_rooms_are_seen(text, expected):
    """Every way of writing an import from another room is seen, also inside functions."""
    assert expected == rooms_imported(ast.parse(text), "engine", ["insitu_advisor", "engine", "inquiry"])


def module_name(path):
    """The name under which a module is imported."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(["insitu_advisor", *(part for part in parts if part != "__init__")])


def needed(tree, package, known):
    """The known modules that a tree imports when it runs, at its top or inside its functions."""
    for node in running(tree):
        for full in imported(ast.Module([node], []), package):
            name = full
            while name and name not in known:
                name = name.rpartition(".")[0]
            if name:
                yield name


def running(tree):
    """The imports that ever run: not those for type checkers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from running(ast.Module(node.orelse, []))
        else:
            yield from running(node)


def graph(trees):
    """Which module needs which, of (name, package, tree); everything needs the package itself, which needs nothing."""
    known = {name for name, _, _ in trees}
    return {name: set(needed(tree, package, known)) - {name, "insitu_advisor"} for name, package, tree in trees}


def test_no_import_cycles():
    """No module needs itself by way of others, not even inside its functions."""
    TopologicalSorter(graph([(module_name(path), package_of(path), tree_of(path)) for path in MODULES])).prepare()


def circle(text):
    """The graph of a module `a` that needs a module `b` that holds this text."""
    package = ["insitu_advisor", "engine"]
    texts = {"a": "from insitu_advisor.engine.b import y", "b": text}
    return graph([(f"insitu_advisor.engine.{name}", package, ast.parse(text)) for name, text in texts.items()])


@pytest.mark.parametrize(
    "text",
    [
        "from insitu_advisor.engine import a",
        "import insitu_advisor.engine.a as other",
        "from . import a",
        "def f():\n    from .a import x",
        "class C:\n    from . import a",
    ],
)
def test_cycles_are_seen(text):
    """Every way of importing in a circle is seen."""
    with pytest.raises(CycleError):
        TopologicalSorter(circle(text)).prepare()


def test_imports_for_type_checkers_are_no_cycle():
    """What only a type checker imports does not count."""
    TopologicalSorter(circle("if TYPE_CHECKING:\n    from insitu_advisor.engine.a import x")).prepare()


@pytest.mark.parametrize(
    "text",
    [
        "from insitu_advisor.cli import output",
        "from insitu_advisor import cli",
        "import insitu_advisor.cli.main",
        "from ..cli import main",
        "def f():\n    from insitu_advisor.cli.output import write",
        "if TYPE_CHECKING:\n    from insitu_advisor.cli.app import app",
    ],
)
def test_arrows_are_seen(text):
    """Every way of writing an import is seen, also inside functions and for type checkers."""
    assert "cli" in layers_imported(ast.parse(text), ["insitu_advisor", "engine"])


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent == PACKAGE], ids=name_of)
def test_nothing_imports_the_command_line(path):
    """Only `python -m insitu_advisor` reaches for the command line."""
    allowed = {"cli"} if path.name == "__main__.py" else set()
    assert {"cli"} & layers_imported(tree_of(path)) <= allowed


def test_every_layer_is_known():
    """A new folder has to be given its place among the layers."""
    folders = {path.relative_to(PACKAGE).parts[0] for path in MODULES if path.parent != PACKAGE}
    assert folders == LAYERS


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_heavy_import_at_module_level(path):
    """Rich, YAML and Markdown are imported by the functions that need them."""
    names = {name.split(".")[0] for node in statements(tree_of(path)) for name in imported(node, ["insitu_advisor"])}
    assert set() == HEAVY & names


def statements(tree):
    """The imports that run when a module is imported: not those inside functions or for type checkers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from statements(node)


# The command leaves by os._exit, which would skip what has to follow it here.
UNHURRIED = "import os as _o, sys as _s; _o._exit = _s.exit\n"


def loaded_after(program):
    """The modules a short program leaves loaded; what the program prints is thrown away."""
    ending = "import sys as _s; _s.stderr.write(' '.join(_s.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"{UNHURRIED}try:\n    {program}\nfinally:\n    {ending}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return set(done.stderr.split())


def command(*words):
    """A program that runs the command line with these words."""
    return f"import sys; sys.argv = ['insitu-advisor', *{words!r}]; from insitu_advisor.cli.main import main; main()"


class TestWhatIsLoaded:
    def test_by_the_package(self):
        """Importing the package loads nothing but itself."""
        loaded = loaded_after("import insitu_advisor")
        assert {"insitu_advisor"} == {name for name in loaded if name.startswith("insitu_advisor")}
        assert set() == {"yaml", "rich", "pydantic", "typer"} & loaded

    @pytest.mark.parametrize("words", [("--version",), ("--help",), ("recommend", "--help")])
    def test_by_version_and_help(self, words):
        """Version and help come without the knowledge base, the engine, YAML or Rich."""
        loaded = loaded_after(command(*words))
        own = {name.split(".")[1] for name in loaded if name.startswith("insitu_advisor.")}
        assert {"cli"} == own
        assert set() == HEAVY & loaded

    @pytest.mark.parametrize("form", ["text", "json", "markdown"])
    def test_by_a_piped_answer(self, form):
        """An answer in a pipe comes without Rich."""
        loaded = loaded_after(command(*QUESTION, "--format", form))
        assert "insitu_advisor.engine.method.ranking" in loaded
        assert set() == {"rich", "markdown_it"} & loaded

    def test_by_an_answer_from_python(self):
        """The functions of the package come without the command line."""
        program = "import insitu_advisor as i; kb = i.load_knowledge_base(); i.recommend(i.ask(kb, ion='K'), kb)"
        loaded = loaded_after(program)
        assert "insitu_advisor.engine.method.ranking" in loaded
        assert set() == {name for name in loaded if name.startswith(("insitu_advisor.cli", "typer", "rich"))}


class TestPublicNames:
    @pytest.mark.parametrize("name", insitu_advisor.__all__)
    def test_resolves(self, name):
        """Every public name can be had."""
        assert getattr(insitu_advisor, name) is not None

    def test_sorted_and_single(self):
        """The list of public names holds each once, and `dir` shows it."""
        assert sorted(set(insitu_advisor.__all__)) == sorted(insitu_advisor.__all__)
        assert set() == set(insitu_advisor.__all__) - set(dir(insitu_advisor))

    def test_unknown_name(self):
        """A name that is not public is an AttributeError, as for any module."""
        with pytest.raises(AttributeError, match="recomend"):
            _ = insitu_advisor.recomend

    def test_functions_are_no_modules(self):
        """`from insitu_advisor import recommend` gives the function, whatever was imported before."""
        program = (
            "import insitu_advisor.cli.main\n"
            "import insitu_advisor.engine.inquiry.plan, insitu_advisor.engine.inquiry.precedents\n"
            "import insitu_advisor, types\n"
            "print([n for n in insitu_advisor.__all__ if isinstance(getattr(insitu_advisor, n), types.ModuleType)])\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert "[]\n" == done.stdout


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_length(path):
    """No module grows to 300 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_docstrings(path):
    """Every module, public function, class and method says what it is."""
    tree = tree_of(path)
    missing = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
    assert [] == missing + list(undocumented(tree))


def undocumented(tree):
    """Public definitions without a docstring, those inside functions left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            if isinstance(node, ast.ClassDef):
                yield from undocumented(node)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_all_arguments_are_typed(path):
    """Every function names the types of its arguments and of its result."""
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    bare = [
        f"{node.name}({argument.arg})"
        for node in functions
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if argument.annotation is None and argument.arg not in {"self", "cls"}
    ]
    assert [] == bare + [node.name for node in functions if node.returns is None]


@pytest.mark.parametrize("layer", sorted(LAYERS - {"cli"}))
def test_no_printing_below_the_command_line(layer):
    """Only the command line prints; below it text is returned."""
    calls = [
        f"{name_of(path)}:{node.lineno}"
        for path in sorted((PACKAGE / layer).rglob("*.py"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.stdout.write", "sys.stderr.write"}
    ]
    assert [] == calls


def test_no_clock_no_dice_in_the_engine():
    """The engine knows neither the time nor unseeded chance, so the same question has the same answer."""
    found = [
        f"{name_of(path)}: {name}"
        for layer in ("knowledge", "engine")
        for path in sorted((PACKAGE / layer).rglob("*.py"))
        for name in imported(tree_of(path), ["insitu_advisor", layer])
        if name.split(".")[0] in {"time", "datetime", "secrets", "uuid"}
    ]
    assert [] == found
