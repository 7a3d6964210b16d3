"""Golden files: each scenario's plan in full.

`python -m tests.planning.orders.golden` writes them again; read the difference.
"""

import json
from pathlib import Path
from typing import Any

from specter_tui.planning.orders.plan import Plan
from tests.planning.scenarios import SCENARIOS

FOLDER = Path(__file__).parent / "golden"


def as_json(made: Plan) -> dict[str, Any]:
    assert made.customer is not None
    assert made.form is not None
    return {
        "external_no": made.external_no,
        "customer": {"query": made.customer.query(), "key": made.customer.key_value, "fields": made.customer.fields()},
        "order": {"query": made.form.query(), "fields": made.form.fields()},
        "kinds": [row.kind for row in made.form.rows],
        "currency": made.currency,
        "expected": str(made.expected),
        "modelled": str(made.modelled),
        "rates": {str(rate.vat_percent): [str(rate.net), str(rate.vat)] for rate in made.rates},
        "problems": [problem.code for problem in made.problems],
        "warnings": [[warning.code, warning.field, *map(list, warning.values)] for warning in made.warnings],
    }


def text_of(name: str) -> str:
    return json.dumps(as_json(SCENARIOS[name]()), ensure_ascii=False, indent=2) + "\n"


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


if __name__ == "__main__":
    for scenario in SCENARIOS:
        file_of(scenario).write_text(text_of(scenario), encoding="utf-8")
