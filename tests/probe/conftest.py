import pytest

from tests.probe.operator import YES, Operator


@pytest.fixture
def probing(settings_for):
    """Start an operator at a sandbox's shop; each ends with the test."""
    begun: list[Operator] = []

    def start(shop, answers=YES, **settings):
        engine = Operator(settings_for(shop, **{"SPECTER__REFUSES_DUPLICATES": "false", **settings}), answers)
        begun.append(engine)
        engine.__enter__()
        return engine

    yield start
    for engine in begun:
        engine.leave()
