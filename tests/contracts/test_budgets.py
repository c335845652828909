"""Code stays easy to enter: small modules, short functions, few names, and everything public says what it means."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import Final

from contracts.source import Module, imports_of, modules, unwrapped

LINES_MAX: Final = 250
FUNCTION_P90: Final = 30
FUNCTION_MAX: Final = 60
NAMES_MAX: Final = 6

MIGRATIONS: Final = "newscrawler/archive/schema.py"
LONG_MODULES: Final = {
    MIGRATIONS: "migrations are never edited once released, so their history can only grow",
}
"""Modules that may be longer, each with its reason."""

LONG_FUNCTIONS: Final = {
    MIGRATIONS: "a migration is SQL that is read from top to bottom; cutting it up would hide the tables",
}
"""Modules whose functions may be longer, each with its reason."""

MANY_NAMES: Final = {
    MIGRATIONS: "one function for each change, and changes only ever come to it",
    "newscrawler/settings.py": "Scrapy reads every setting as a name of this module",
    "newscrawler/outcome.py": "one class for each way to end; that all stand in one place is the idea of it",
    "newscrawler/browse/__init__.py": "one function for each hook; Datasette finds them by their names",
    "newscrawler/archive/queue/frontier.py": "all SQL on one table: when a row is open is checked in one place",
}
"""Modules that may have more public names, each with its reason."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_modules_are_short() -> None:
    """A module holds one idea and is read in one go: 250 lines at most."""
    long = [f"{m.path}: {_lines(m)} lines" for m in modules() if _lines(m) > LINES_MAX and m.path not in LONG_MODULES]
    assert not long, unwrapped(
        long, f"More than {LINES_MAX} lines: move one of the module's ideas to a file of its own:"
    )


def test_functions_are_short() -> None:
    """No function is longer than 60 lines, and nine of ten have 30 at most, docstring included."""
    lengths = sorted(_length(function) for m in modules() for function in _functions(m.tree))
    long = [
        f"{m.path}:{function.lineno}: {function.name} has {_length(function)} lines"
        for m in modules()
        if m.path not in LONG_FUNCTIONS
        for function in _functions(m.tree)
        if _length(function) > FUNCTION_MAX
    ]
    assert not long, unwrapped(long, f"More than {FUNCTION_MAX} lines: give the function's steps names of their own:")
    p90 = lengths[int(len(lengths) * 0.9)]
    assert p90 <= FUNCTION_P90, f"one function in ten has more than {p90} lines, the budget is {FUNCTION_P90}"


def test_modules_offer_few_names() -> None:
    """Six public names are what a reader can keep in mind: functions, classes, and constants others import."""
    many = []
    for module in modules():
        names = _public_names(module)
        if len(names) > NAMES_MAX and module.path not in MANY_NAMES:
            many.append(f"{module.path}: {len(names)}: {', '.join(names)}")
    assert not many, unwrapped(
        many, f"More than {NAMES_MAX} public names: underscore what nobody imports, or split the module:"
    )


def test_exemptions_are_needed() -> None:
    """An exemption that is no longer needed goes, so that the module can't grow back unseen."""
    by_path = {m.path: m for m in modules()}
    stale = [f"LONG_MODULES: {p}" for p in LONG_MODULES if p not in by_path or _lines(by_path[p]) <= LINES_MAX]
    stale += [
        f"LONG_FUNCTIONS: {p}"
        for p in LONG_FUNCTIONS
        if p not in by_path or all(_length(f) <= FUNCTION_MAX for f in _functions(by_path[p].tree))
    ]
    stale += [f"MANY_NAMES: {p}" for p in MANY_NAMES if p not in by_path or len(_public_names(by_path[p])) <= NAMES_MAX]
    assert not stale, unwrapped(stale, "These modules keep the budget (or are gone): take them off the table:")


def test_everything_public_has_a_docstring() -> None:
    """Whoever calls a function learns from its docstring what it gives and what it raises; modules say their idea."""
    bare = [f"{m.path}:1: the module" for m in modules() if not ast.get_docstring(m.tree)]
    for module in modules():
        for name, node in _public_definitions(module.tree):
            if not ast.get_docstring(node):
                bare.append(f"{module.path}:{node.lineno}: {name}")
    assert not bare, unwrapped(bare, "No docstring: say the meaning, units, what None means, what is raised:")


def test_every_field_has_a_docstring() -> None:
    """The fields of a public value are its contract: a string under each says meaning, unit and what None means."""
    bare = [
        f"{module.path}:{field.lineno}: {cls.name}.{_target(field)}"
        for module in modules()
        for cls in module.tree.body
        if isinstance(cls, ast.ClassDef) and not cls.name.startswith("_") and _has_fields(cls)
        for field, following in _fields(cls)
        if not _is_docstring(following)
    ]
    assert not bare, unwrapped(bare, "No docstring under the field: add a string literal on the next line:")


def _lines(module: Module) -> int:
    return len(module.text.splitlines())


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _length(function: Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


@cache
def _imported() -> frozenset[tuple[str, str | None]]:
    return frozenset(found for module in modules() for found in imports_of(module))


def _public_names(module: Module) -> list[str]:
    """Functions and classes without an underscore, and the constants and types that other modules import."""
    names = []
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef | Function):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            every = module.path.endswith("/settings.py")
            names += [name for name in _assigned(node) if every or (module.name, name) in _imported()]
    return [name for name in names if not name.startswith("_")]


def _assigned(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]


def _public_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef | Function]]:
    """Public functions and classes, and the public methods of the latter."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        yield node.name, node
        for member in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(member, Function) and not member.name.startswith("_") and not _is_setter(member):
                yield f"{node.name}.{member.name}", member


def _is_setter(function: Function) -> bool:
    return any(isinstance(d, ast.Attribute) and d.attr in ("setter", "deleter") for d in function.decorator_list)


def _has_fields(cls: ast.ClassDef) -> bool:
    """Whether its annotations are fields: a dataclass, a pydantic model, a named tuple or a typed dictionary."""
    decorators = {_word(d.func if isinstance(d, ast.Call) else d) for d in cls.decorator_list}
    bases = {_word(base) for base in cls.bases}
    return "dataclass" in decorators or bool(bases & _RECORDS)


_RECORDS: Final = frozenset({"BaseModel", "_Seed", "_Checked", "NamedTuple", "TypedDict"})
"""Bases whose annotations are fields; the two with an underscore are this project's pydantic models."""


def _word(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _fields(cls: ast.ClassDef) -> Iterator[tuple[ast.AnnAssign, ast.stmt | None]]:
    for node, following in zip(cls.body, [*cls.body[1:], None], strict=True):
        if (
            isinstance(node, ast.AnnAssign)
            and not _target(node).startswith("_")
            and "ClassVar" not in ast.unparse(node.annotation)
        ):
            yield node, following


def _target(field: ast.AnnAssign) -> str:
    return field.target.id if isinstance(field.target, ast.Name) else ast.unparse(field.target)


def _is_docstring(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
