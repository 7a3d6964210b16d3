"""The project's rules about its own code: import contracts that hold and can fail, SQL, output, secrets."""

import ast
import copy
import re
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

PACKAGE = Path(__file__).parent.parent / "specter_tui"
LINTER = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
KINDS = {"forbidden": ForbiddenContract, "layers": LayersContract}
CONTRACTS: dict[str, dict[str, Any]] = {one["name"]: one for one in LINTER["contracts"]}
BREACHES = {
    "Arrows go down only": [
        ("specter_tui.engine.service", "specter_tui.console.app"),
        ("specter_tui.text.sanitize", "specter_tui.config.settings"),
        ("specter_tui.abicart.shop", "specter_tui.specter.client"),
        ("specter_tui.console.app", "specter_tui.sandbox.sandbox"),
    ],
    "The rules know documents and forms, and nothing else of the two wires": [
        ("specter_tui.planning.orders.plan", "specter_tui.abicart.shop"),
        ("specter_tui.planning.money", "specter_tui.specter.errors"),
        ("specter_tui.planning.orders.plan", "specter_tui.journal.models"),
        ("specter_tui.planning.orders.shop_facts", "httpx"),
    ],
    "Documents and forms are free of HTTP and of settings": [
        ("specter_tui.abicart.models", "specter_tui.abicart.jsonrpc"),
        ("specter_tui.specter.order_forms", "httpx"),
    ],
    "The journal knows no other room": [
        ("specter_tui.journal.repositories.claims", "specter_tui.config.settings"),
        ("specter_tui.journal.models", "specter_tui.planning.orders.plan"),
        ("specter_tui.journal.journal", "specter_tui.abicart.models"),
    ],
    "The sandbox is written from the facts, and shares nothing with what it tests": [
        ("specter_tui.sandbox.sandbox", "specter_tui.config.settings"),
        ("specter_tui.sandbox.specter.signature", "specter_tui.specter.signing"),
        ("specter_tui.sandbox.arithmetic", "specter_tui.planning.money"),
        ("specter_tui.sandbox.server.http_front", "specter_tui.text.sanitize"),
    ],
    "Only the two wires speak HTTP": [
        ("specter_tui.engine.specter_circuit", "httpx"),
        ("specter_tui.cli.session", "httpx"),
    ],
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    configure()
    return grimp.build_graph("specter_tui", include_external_packages=True, cache_dir=None)


def keeps(name: str, graph: grimp.ImportGraph) -> bool:
    about = {key: str(value) if isinstance(value, bool) else value for key, value in CONTRACTS[name].items()}
    session = {"root_packages": ["specter_tui"], "include_external_packages": True}
    contract = KINDS[about["type"]](name=name, session_options=session, contract_options=about)
    return contract.check(copy.deepcopy(graph), verbose=False).kept


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_imports_keep_the_contract(graph, name):
    assert keeps(name, graph)


def test_every_contract_has_a_breach_that_is_tried():
    assert CONTRACTS.keys() == BREACHES.keys()


@pytest.mark.parametrize(
    ("name", "importer", "imported"), [(n, *breach) for n, some in BREACHES.items() for breach in some]
)
def test_a_breach_breaks_the_contract(graph, name, importer, imported):
    assert not graph.direct_import_exists(importer=importer, imported=imported)
    broken = copy.deepcopy(graph)
    broken.add_import(importer=importer, imported=imported)
    assert not keeps(name, broken)


def test_a_new_room_must_find_its_floor(graph):
    larger = copy.deepcopy(graph)
    larger.add_module("specter_tui.shed")
    assert not keeps("Arrows go down only", larger)


def circle(graph: grimp.ImportGraph) -> list[str]:
    """Return modules that import each other in a circle, type-only and deferred imports included; empty if none do."""
    imports = {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_modules_import_each_other_in_a_circle(graph):
    assert circle(graph) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("specter_tui.console.renderer", "specter_tui.console.app"),
        ("specter_tui.engine.runtime.shop_assignment", "specter_tui.engine.context"),
        ("specter_tui.sandbox.control.control_api", "specter_tui.sandbox.sandbox"),
        ("specter_tui.cli.commands.demo", "specter_tui.cli.commands.console"),
    ],
)
def test_a_circle_is_found(graph, importer, imported):
    larger = copy.deepcopy(graph)
    larger.add_import(importer=importer, imported=imported)
    assert {importer, imported} <= set(circle(larger))


SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(UNIQUE\s+)?(TABLE|INDEX)"
    r"|DROP\s+(TABLE|INDEX)|ALTER\s+TABLE)\b",
    re.IGNORECASE | re.DOTALL,
)


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for file in PACKAGE.rglob("*.py"):
        yield file.relative_to(PACKAGE), ast.parse(file.read_text(encoding="utf-8"))


def text_in(node: ast.AST) -> str:
    """Return the whole text, with question marks for values."""
    parts = [part.value if isinstance(part, ast.Constant) else "?" for part in getattr(node, "values", [node])]
    return "".join(str(part) for part in parts)


def put_together(node: ast.AST) -> bool:
    """Return whether a text is filled with values: an f-string, `%` or `.format`."""
    match node:
        case ast.JoinedStr():
            return bool(SQL.search(text_in(node)))
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
            return bool(SQL.search(text))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format" | "format_map")):
            return bool(SQL.search(text))
    return False


@pytest.mark.parametrize(
    ("code", "bad"),
    [
        ('f"SELECT * FROM orders WHERE uid = {uid}"', True),
        ('f"""\n  UPDATE orders SET state = \'{state}\'"""', True),
        ('"DELETE FROM orders WHERE uid = %s" % uid', True),
        ('"INSERT INTO orders VALUES ({})".format(uid)', True),
        ('f"selected {n} from {m}"', False),
        ('"SELECT * FROM orders WHERE uid = ?"', False),
    ],
)
def test_sql_that_is_put_together_would_be_found(code, bad):
    assert any(put_together(node) for node in ast.walk(ast.parse(code))) is bad


def test_no_sql_is_put_together_from_values():
    found = [f"{file}:{node.lineno}" for file, tree in trees() for node in ast.walk(tree) if put_together(node)]
    assert found == []


def test_only_the_command_line_prints_and_the_console_once_its_screen_is_gone():
    prints = {
        str(file)
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert prints
    assert {file for file in prints if Path(file).parts[0] != "cli"} <= {"console/run.py"}


def test_a_certificate_is_always_looked_at():
    """No switch turns TLS off: nothing is called with verify=False or a context that does not check."""
    for file, tree in trees():
        source = ast.unparse(tree)
        for word in ("verify=False", "CERT_NONE", "check_hostname = False", "_create_unverified_context"):
            assert word not in source, file


WIDGETS = ("Label", "Static", "Button", "Digits", "Markdown")
MARKUP_LETS = (
    ('Label(f"{name}")', True),
    ("Static(text)", True),
    ("Static()", False),
    ('Static(id="x")', False),
    ("Label(name, markup=False)", False),
    ("Static(Content(name))", False),
    ('self.notify(f"{name}")', True),
    ("self.notify(name, markup=False)", False),
    ('Text.from_markup("[b]x[/b]")', True),
    ('self.border_title = f"{name}"', True),
    ("self.border_title = Content(name)", False),
)


def reads_markup(node: ast.AST) -> bool:
    """Return whether shown text could be read as markup: passed to a widget, toast or title as a plain str."""
    match node:
        case ast.Call(func=ast.Attribute(attr="from_markup")):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in (*WIDGETS, "notify"):
            plain = any(one.arg == "markup" and ast.unparse(one.value) == "False" for one in node.keywords)
            return bool(node.args) and not plain and not is_content(node.args[0])
        case ast.Assign(targets=[ast.Attribute(attr="border_title" | "border_subtitle" | "tooltip")]):
            return not is_content(node.value)
    return False


def is_content(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("Content", "Text", "paint", "Content.assemble")


@pytest.mark.parametrize(("code", "bad"), MARKUP_LETS)
def test_12_text_that_could_be_markup_would_be_found(code, bad):
    assert any(reads_markup(node) for node in ast.walk(ast.parse(code))) is bad


def test_12_no_widget_reads_markup():
    found = [
        f"{file}:{node.lineno}"
        for file, tree in trees()
        if file.parts[0] == "console"
        for node in ast.walk(tree)
        if reads_markup(node)
    ]
    assert found == []


def test_what_the_shop_or_specter_says_is_never_run():
    for file, tree in trees():
        for node in ast.walk(tree):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            assert called not in ("eval", "exec", "__import__"), file
            assert not (isinstance(node, ast.keyword) and node.arg == "shell"), file


SEAMS: dict[str, dict[str, set[str]]] = {
    "the first frame": {
        "__main__.py": {"specter_tui.cli.app", "specter_tui.cli.commands.console", "specter_tui.cli.importing"},
        "cli/commands/console.py": {
            "specter_tui.cli.commands.console_shops",
            "specter_tui.cli.commands.demo",
            "specter_tui.cli.commands.setup",
            "specter_tui.cli.each_shop",
            "specter_tui.cli.session",
            "specter_tui.config.sources",
            "specter_tui.engine.events",
        },
        "cli/commands/console_run.py": {"specter_tui.engine.runtime.engine_thread"},
        "cli/commands/setup.py": {
            "datetime",
            "dotenv",
            "pydantic",
            "specter_tui.config.setting_problems",
            "specter_tui.config.settings",
            "specter_tui.engine.checks.connection_test",
        },
        "console/__init__.py": {"specter_tui.console.run"},
        "console/app.py": {"specter_tui.console", "zoneinfo"},
        "console/engine_bridge.py": {"specter_tui.console"},
        "console/run.py": {"specter_tui.console.setup.setup_app"},
        "console/screens/full_screen.py": {"specter_tui.console.widgets.filter_bar"},
        "console/screens/main_screen.py": {"specter_tui.console.widgets.filter_bar"},
        "console/viewmodel/activity_chart.py": {"specter_tui.engine.orders.hourly_activity"},
        "console/viewmodel/detail/finding_texts.py": {
            "specter_tui.errors",
            "specter_tui.planning.problem_texts",
            "specter_tui.planning.problems",
        },
    },
    "a command's group": {
        "cli/options.py": {"specter_tui.cli.each_shop", "specter_tui.cli.session"},
    },
    "the extras": {
        "engine/monitoring/alerting.py": {"apprise"},
        "journal/opening.py": {
            "specter_tui.journal.postgres.greenlet_bridge",
            "specter_tui.journal.postgres.postgres_store",
        },
    },
}
"""The modules that may import these inside functions."""


def deferred(tree: ast.Module) -> set[str]:
    """Return the modules that are imported inside functions."""
    inside = [
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    ]
    found = {name.name for node in inside if isinstance(node, ast.Import) for name in node.names}
    return found | {node.module or "" for node in inside if isinstance(node, ast.ImportFrom)}


def test_imports_are_deferred_at_the_listed_seams_alone():
    found = {file.as_posix(): modules for file, tree in trees() if (modules := deferred(tree))}
    assert found == {file: modules for seam in SEAMS.values() for file, modules in seam.items()}


def test_a_deferred_import_is_found():
    source = (
        "import a\nasync def f():\n    from b.c import d\n    class E:\n        def g(self):\n            import e.f\n"
    )
    assert deferred(ast.parse(source)) == {"b.c", "e.f"}
