"""Reads the settings from a YAML file and the environment, and names the key and its source when one is wrong."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from lookback.errors import InvalidConfiguration
from lookback.settings import Settings, secret_keys

FILE_VARIABLE = "LOOKBACK_CONFIG"
DEFAULT_FILE = Path("config.yaml")
PREFIX = "LOOKBACK_"
SEPARATOR = "__"

KeyPath = tuple[str, ...]


def read_settings(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `file`, overridden by variables such as `LOOKBACK_DATABASE__URL`.

    Without `file`, `LOOKBACK_CONFIG` names it, else `config.yaml` is read when there is one. Raises
    InvalidConfiguration naming every wrong key with the file or variable it stands in.
    """
    source = file or _default_file(environment)
    written = _read_file(source) if source else {}
    misplaced = [f"{source}: {_dotted(path)}: {_SECRET.format(_variable(path))}" for path in _secrets_in(written)]
    if misplaced:
        raise InvalidConfiguration(misplaced)
    overrides = {_path(variable): value for variable, value in environment.items() if _is_setting(variable)}
    for path, value in overrides.items():
        _put(written, path, value)
    try:
        return Settings.model_validate(written)
    except ValidationError as invalid:
        raise InvalidConfiguration(list(_problems(invalid, source, overrides))) from None


_SECRET = "a secret does not belong in the file; set {}"
_PLAIN = {"extra_forbidden": "there is no such key", "model_type": "this is a section; give its keys below it"}


def _default_file(environment: Mapping[str, str]) -> Path | None:
    named = environment.get(FILE_VARIABLE)
    if named:
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.exists() else None


def _read_file(file: Path) -> dict[str, Any]:
    try:
        # The loader is a SafeLoader: it builds plain values only.
        content = yaml.load(file.read_text("utf-8"), _Loader)
    except OSError as unreadable:
        raise InvalidConfiguration([f"{file}: cannot be read: {unreadable.strerror}"]) from unreadable
    except yaml.YAMLError as malformed:
        raise InvalidConfiguration([f"{file}: {malformed}"]) from malformed
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise InvalidConfiguration([f"{file}: the file must hold sections such as `database:`"])
    return {key: section for key, section in content.items() if section is not None}


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key} is given twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _secrets_in(written: Mapping[str, Any]) -> Iterator[KeyPath]:
    for path in secret_keys():
        section: Any = written
        for key in path[:-1]:
            section = section.get(key) if isinstance(section, dict) else None
        if isinstance(section, dict) and section.get(path[-1]) is not None:
            yield path


def _is_setting(variable: str) -> bool:
    return variable.startswith(PREFIX) and variable != FILE_VARIABLE


def _path(variable: str) -> KeyPath:
    return tuple(variable.removeprefix(PREFIX).lower().split(SEPARATOR))


def _variable(path: KeyPath) -> str:
    return PREFIX + SEPARATOR.join(path).upper()


def _dotted(path: KeyPath) -> str:
    return ".".join(path)


def _put(written: dict[str, Any], path: KeyPath, value: str) -> None:
    section = written
    for key in path[:-1]:
        inner = section.get(key)
        section[key] = dict(inner) if isinstance(inner, dict) else {}
        section = section[key]
    section[path[-1]] = value


def _problems(invalid: ValidationError, file: Path | None, overrides: Mapping[KeyPath, str]) -> Iterator[str]:
    for error in invalid.errors(include_url=False):
        keys = tuple(str(key) for key in error["loc"])
        variable = next((_variable(path) for path in overrides if path[: len(keys)] == keys), None)
        message = _PLAIN.get(error["type"]) or error["msg"].removeprefix("Value error, ")
        yield f"{variable or file or 'the defaults'}: {_dotted(keys)}: {message}"
