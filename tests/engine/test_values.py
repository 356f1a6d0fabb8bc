"""What answers are made of: values that nobody can change, and that are told apart in the right way."""

import dataclasses
import importlib
import inspect
import pkgutil
import re

import pytest

import insitu_advisor.engine
import insitu_advisor.knowledge

# Advice works out its exclusions when somebody looks, and keeps them.
KEEPS_SOMETHING = {"Advice"}
# These are filled step by step, inside one function.
WORKED_ON = {"engine.inquiry.interview._Trial", "engine.question.formula._Level"}
# Whoever holds one of these holds a whole answer, or a piece of the knowledge base as it was read.
WHOLE = {"Advice", "KnowledgeBase", "Technique"}


def _dataclasses():
    found = {}
    for package in (insitu_advisor.engine, insitu_advisor.knowledge):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for _, item in inspect.getmembers(importlib.import_module(module.name), dataclasses.is_dataclass):
                if inspect.isclass(item) and item.__module__.startswith("insitu_advisor."):
                    found[f"{item.__module__.removeprefix('insitu_advisor.')}.{item.__name__}"] = item
    return {name: found[name] for name in sorted(found)}


CLASSES = _dataclasses()
by_class = pytest.mark.parametrize("name", CLASSES)


@by_class
def test_nobody_can_change_it(name):
    """No field can be set anew and none can be added, but for what is filled step by step."""
    cls = CLASSES[name]
    assert cls.__dataclass_params__.frozen == (name not in WORKED_ON)
    assert ("__dict__" not in dir(cls)) == (cls.__name__ not in KEEPS_SOMETHING)


@by_class
def test_a_whole_answer_is_equal_to_itself_alone(name):
    """What holds an answer or a piece of the knowledge base is the same only as itself."""
    cls = CLASSES[name]
    words = {word for field in dataclasses.fields(cls) for word in re.findall(r"\w+", str(field.type))}
    if words & WHOLE:
        assert cls.__eq__ is object.__eq__
