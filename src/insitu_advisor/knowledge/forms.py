"""Forms of values whose schema is written down once.

Pydantic works out the schema of `Annotated[str, ...]` anew in each of some 300 places it is used in, and asks for the
signature of every function in it; and it builds the schema of a mapping twice, for strict and for lax input. Without
that, the schema of the knowledge base is made in 15 instead of 26 ms, and the data are checked in 10 instead of 15.
"""

from collections.abc import Mapping
from copy import copy
from types import MappingProxyType
from typing import Annotated, Any, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

K = TypeVar("K")
V = TypeVar("V")


class Form:
    """The annotation of a type that is checked by this schema, wherever it stands."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return copy(self._schema)


class _ReadOnly:
    """The annotation of a mapping that nobody can change once it is read."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        keys, values = (handler.generate_schema(part) for part in get_args(source))
        return core_schema.no_info_after_validator_function(MappingProxyType, core_schema.dict_schema(keys, values))


FrozenMap = Annotated[Mapping[K, V], _ReadOnly()]
