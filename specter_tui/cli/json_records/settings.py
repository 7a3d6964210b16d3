"""The objects about settings and the account: findings, settings, steps of the probe."""

from typing import Annotated, Any, Literal, TypedDict

from specter_tui.cli.json_records.orders import ChangeOfSettingRecord


class FindingRecord(TypedDict):
    """One finding of `check`."""

    level: Annotated[Literal["ok", "note", "problem"], "problem: something would be blocked"]
    what: Annotated[str, "what was tested"]
    text: Annotated[str, "the finding"]
    out_of_reach: Annotated[bool, "true if shop or Specter could not be reached"]


class SettingRecord(TypedDict):
    """One setting, as `config show` prints it."""

    name: Annotated[str, "name without the prefix"]
    value: Annotated[str, "value in use; keys are struck out"]
    origin: Annotated[Literal["environment", "file", "fact", "default"], "where the value comes from"]
    where: Annotated[str, "the variable, the file and line, or the step that found the fact"]
    fact: Annotated[str | int | None, "what the account was found to do, where it is known"]


class FactRecord(TypedDict):
    """Something that the account was found to do."""

    name: Annotated[str, "name of the fact"]
    value: Annotated[Any, "what was found"]
    sure: Annotated[bool, "false where the account has too little to prove it"]


class ProbeStepRecord(TypedDict):
    """One step, as `probe` prints it when the step ends."""

    step: Annotated[str, "name of the step"]
    does: Annotated[Literal["reads", "writes the same value", "writes"], "its effect"]
    calls: Annotated[int, "number of calls"]
    result: Annotated[Literal["done", "refused", "skipped", "broken_off"], "how it ended"]
    facts: Annotated[list[FactRecord], "what it found"]
    settings: Annotated[list[ChangeOfSettingRecord], "settings to change"]
    for_developers: Annotated[list[str], "sentences to send to the developers"]
    text: Annotated[str, "what it found"]


class ProbeEndRecord(TypedDict):
    """The last object of `probe`."""

    step: Annotated[Literal["end"], "not a step"]
    set_now: Annotated[list[str], "lines for the settings file"]
    for_developers: Annotated[list[str], "sentences to send to the developers"]
    open: Annotated[list[str], "what is not settled"]
    files: Annotated[list[str], "the files of the protocol"]
