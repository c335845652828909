"""What is public is documented: adding an outcome, a setting, a command or a table without its line fails here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlite_utils import Database

from contracts.source import ROOT, code_blocks, document, modules, project_files, rows, section, text_of, ticked
from newscrawler.archive.queue.frontier import next_due
from newscrawler.archive.schema import migrations
from newscrawler.browse.descriptions import TABLES
from newscrawler.browse.outcome_names import MEANINGS
from newscrawler.outcome import Outcome, all_outcomes, http_error

DOCUMENTS: Final = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "seeds/README.md")
"""Documents whose commands, targets, paths and links must be right."""

ITS_OWN: Final = frozenset({"_sqlite_migrations", "articles_fts"})
"""Tables that aren't described to readers of the archive: the migrations' record, the index."""

UNITS: Final = re.compile(
    r"\b(bytes?|seconds?|words?|processes|requests?|days?|units|similarity|0 to 1)\b", re.IGNORECASE
)


def _outcomes() -> list[str]:
    return [outcome.__name__ for outcome in all_outcomes()]


def _settings() -> dict[str, tuple[ast.expr, str | None]]:
    """Name of a setting of ours → the expression of its default, and the string under it."""
    body = next(m for m in modules() if m.name == "newscrawler.settings").tree.body
    found = {}
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = following.value if isinstance(following, ast.Expr) else None
            docstring = text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else None
            found[node.targets[0].id] = (node.value, docstring)
    return {name: value for name, value in found.items() if name.startswith("NEWS_")}


def _commands() -> list[str]:
    return [p.stem for p in sorted((ROOT / "newscrawler/commands").glob("*.py")) if p.stem != "__init__"]


def _tables() -> list[str]:
    db = Database(memory=True)
    migrations.apply(db)
    return [name for name in db.table_names() if not name.startswith(("articles_fts_", "sqlite_"))]


def _snippets() -> list[str]:
    """The blocks of CONTRIBUTING.md that begin with the name of a file."""
    text = document("CONTRIBUTING.md")
    blocks = [*code_blocks(text, "python"), *code_blocks(text, "sql")]
    return [block for block in blocks if re.match(r"(?:#|--) [\w/]+\.py\n", block)]


@pytest.mark.parametrize("outcome", _outcomes())
def test_every_outcome_is_explained(outcome: str) -> None:
    """A keeper of the archive can look up why a page isn't in it, and what to do."""
    assert outcome in rows(section(document("ARCHITECTURE.md"), "## Outcomes")), (
        f"add the row `| `{outcome}` | meaning | tried again? | what the keeper can do |` to ARCHITECTURE.md"
    )


@pytest.mark.parametrize("outcome", list(all_outcomes()), ids=lambda outcome: outcome.__name__)
def test_whether_an_outcome_is_tried_again_is_told_right(outcome: type[Outcome]) -> None:
    """The table says «no» exactly where the frontier closes the address for good."""
    cell = rows(section(document("ARCHITECTURE.md"), "## Outcomes"))[outcome.__name__][1]
    made = [http_error(404), http_error(503)] if outcome.__name__ == "HttpError" else [outcome()]
    now, ladder = datetime(2026, 11, 22, tzinfo=UTC), [timedelta(hours=1)]
    due = {next_due(each, tries=0, visits=0, now=now, revisit=ladder) is not None for each in made}
    assert due == {True, False} if cell.startswith("5xx") else due == {cell != "no"}


@pytest.mark.parametrize("outcome", _outcomes())
def test_every_outcome_has_its_arabic_meaning(outcome: str) -> None:
    """Readers of the reading room read Arabic."""
    assert outcome in MEANINGS, f"add {outcome} to newscrawler/browse/outcome_names.py"


@pytest.mark.parametrize("setting", list(_settings()))
def test_every_setting_is_in_the_readme(setting: str) -> None:
    """Whoever sets up the archive finds all that can be set in one table."""
    assert setting in rows(document("README.md")), f"add the row `| `{setting}` | default | meaning |` to README.md"


def test_the_readme_names_no_setting_that_is_gone() -> None:
    """A setting that does nothing is worse than none."""
    gone = set(re.findall(r"\bNEWS_[A-Z_]+[A-Z]\b", document("README.md"))) - _settings().keys() - {"NEWS_CORPUS"}
    assert not gone


@pytest.mark.parametrize("setting", list(_settings()))
def test_the_readme_states_the_default(setting: str) -> None:
    """A default in the table is the one in settings.py."""
    call = _settings()[setting][0]
    assert isinstance(call, ast.Call)
    stated, default = rows(document("README.md"))[setting][0].strip("`"), call.args[1]
    if not isinstance(default, ast.Constant):  # computed: the number of processors
        assert stated
    elif type(default.value) in (int, float):
        assert float(stated) == default.value
    else:
        assert stated == (str(default.value).lower() if isinstance(default.value, bool) else default.value)


@pytest.mark.parametrize("setting", list(_settings()))
def test_every_setting_has_a_unit_and_a_reason(setting: str) -> None:
    """A number without a unit is guessed at, a number without a reason is never changed."""
    default, docstring = _settings()[setting]
    assert docstring, f"write a string under {setting} in settings.py: unit, meaning, reason"
    number = isinstance(default, ast.Call) and any(
        isinstance(part, ast.Constant) and type(part.value) in (int, float) for part in ast.walk(default)
    )
    assert not number or UNITS.search(docstring), f"{setting} is a number: say of what"


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    """A command that the README doesn't name isn't found."""
    assert f"scrapy {command}" in document("README.md"), f"show `scrapy {command}` in README.md"


@pytest.mark.parametrize("table", sorted(set(_tables()) - {"_sqlite_migrations"}))
def test_every_table_is_explained(table: str) -> None:
    """Who queries the file with SQL knows what a table holds."""
    assert table in rows(section(document("ARCHITECTURE.md"), "## Tables")), (
        f"add the row `| `{table}` | what a row is | key columns |` to ARCHITECTURE.md"
    )


@pytest.mark.parametrize("table", sorted(set(_tables()) - ITS_OWN - {"signatures", "bands", "meta"}))
def test_every_table_is_described_in_the_reading_room(table: str) -> None:
    """Datasette shows a table's meaning above it."""
    assert TABLES.get(table), f"add {table} to newscrawler/browse/descriptions.py"


def test_every_migration_says_why() -> None:
    """The history of the schema is read in its docstrings; a migration's name is its number and its purpose."""
    module = next(m for m in modules() if m.name == "newscrawler.archive.schema")
    changes = [n for n in module.tree.body if isinstance(n, ast.FunctionDef) and n.decorator_list]
    assert [f.name[:5] for f in changes] == [f"m{number:04}" for number in range(1, len(changes) + 1)]
    assert not [f.name for f in changes if not ast.get_docstring(f)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_in_documents_exist(name: str) -> None:
    """A documented `make x` works."""
    targets = set(re.findall(r"^([a-z]+):", document("Makefile"), re.MULTILINE))
    assert not set(re.findall(r"\bmake ([a-z]+)\b(?=[`\n ]*(?:[`#;,.)|]|$))", _shown(name), re.MULTILINE)) - targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_in_documents_exist(name: str) -> None:
    """A documented `scrapy x` works."""
    scrapys = {"list", "settings", "shell", "version", "fetch"}
    assert not set(re.findall(r"\bscrapy ([a-z]+)", _shown(name))) - set(_commands()) - scrapys


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_in_documents_exist(name: str) -> None:
    """A module, a query or a folder that a document names is where it says: from the root or from the package."""
    known = set(project_files())
    folders = {"newscrawler", "pipelines", "tests"} | {p.parent.name for p in ROOT.glob("newscrawler/*/__init__.py")}
    named = [
        path
        for path in ticked(document(name))
        if re.fullmatch(r"[\w/-]+\.(?:py|sql|md)", path)
        or (path.split("/")[0] in folders and re.fullmatch(r"[\w/]+/", path))
    ]
    wrong = [path for path in named if not any(_exists(start + path, known) for start in ("", "newscrawler/"))]
    assert not wrong, f"{name} names what isn't there: {', '.join(wrong)}"


@pytest.mark.parametrize("snippet", _snippets(), ids=lambda snippet: " ".join(snippet.split()[1:5]))
def test_snippets_in_contributing_are_real(snippet: str) -> None:
    """An example of how we write is worth more when it can be looked up: each line stands in the file it names."""
    first, *lines = snippet.splitlines()
    path = first.split()[-1]
    source = {line.strip() for line in (text_of(path) or "").splitlines()}
    gone = [line for line in lines if line.strip() and line.strip() not in source]
    assert not gone, f"CONTRIBUTING.md quotes {path}, where these lines are no longer: {gone}; quote it anew"


@pytest.mark.parametrize("name", [n for n in project_files() if n.endswith(".md")])
def test_links_in_documents_lead_somewhere(name: str) -> None:
    """Relative links and anchors work where the document is read."""
    broken = []
    for target, anchor in re.findall(r"\]\(([^)#\s:]*)(?:#([^)\s]+))?\)", document(name)):
        path = (ROOT / name).parent / target if target else ROOT / name
        if not path.exists():
            broken.append(target)
        elif anchor and anchor not in _anchors(path):
            broken.append(f"{target}#{anchor}")
    assert not broken, f"{name} links to what isn't there: {', '.join(broken)}"


def _shown(name: str) -> str:
    """What a document shows as code: single backticks and blocks."""
    text = document(name)
    return "\n".join([*ticked(text), *re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)])


def _exists(path: str, known: set[str]) -> bool:
    return path in known or any(name.startswith(path.rstrip("/") + "/") for name in known)


def _anchors(path: Path) -> Iterator[str]:
    """The anchors that a Markdown file's headings make."""
    for heading in re.findall(r"^#+ (.+)$", text_of(path.relative_to(ROOT).as_posix()) or "", re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
