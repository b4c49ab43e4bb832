"""The environment (and `.env`) -> Settings. Every setting is described in `.env.example`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv.parser import Binding, parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.load_knowledge.problems import did_you_mean

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
ENV_FILE = Path(".env")
ENCODING = "utf-8-sig"  # with or without the mark that Windows puts first
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


TOLD = {
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_parsing": "write a number",
    "greater_than_equal": "write {ge} or more",
    "greater_than": "write more than {gt}",
    "less_than_equal": "write {le} or less",
    "literal_error": "write {expected}",
}


def what_is_wrong(error: ValidationError) -> list[str]:
    """A line for each setting that can't be used. None holds what was given: it may be a secret."""
    return [f"{'.'.join(map(str, one['loc'])).upper()}: {_what(one)}" for one in error.errors()]


def _what(one: Mapping[str, Any]) -> str:
    given = one.get("ctx", {})
    if isinstance(given.get("error"), ValueError):  # one of our own, without pydantic's words before it
        return str(given["error"])
    return TOLD[one["type"]].format(**given) if one["type"] in TOLD else str(one["msg"])


class Unusable(Exception):
    """`.env` can't be read; says which line, and never what stands there: it may be a secret."""


def probable_slips(file: Path = ENV_FILE) -> list[str]:
    """A line for each name in `.env` that is no setting of ours but close to one. Raises Unusable."""
    known = [name.upper() for name in Settings.model_fields]
    names = {one.key.upper(): one.key for one in _lines_of(file) if one.key}
    slips = {name: did_you_mean(upper, known) for upper, name in names.items() if upper not in known}
    return [f"{file}: unknown setting {name}{meant}" for name, meant in slips.items() if meant]


def _lines_of(file: Path) -> list[Binding]:
    if not file.is_file():
        return []
    try:
        with file.open(encoding=ENCODING) as text:
            bindings = list(parse_stream(text))
    except OSError as error:
        raise Unusable(f"{file}: can't be read ({error.strerror})") from None
    except UnicodeError:
        raise Unusable(f"{file}: is no plain text; save it as UTF-8") from None
    bad = [one for one in bindings if one.error or (one.key and one.value is None)]
    if bad:
        raise Unusable("\n".join(f"{file} line {_line_of(one)}: write NAME=value" for one in bad))
    return bindings


def _line_of(binding: Binding) -> int:
    """The line where it begins, past the empty lines that the parser counts to it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


class Settings(BaseSettings):
    """All there is to set. An empty value means the default."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding=ENCODING, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    knowledge_dir: Path = Path("knowledge")
    data_dir: Path = Path("data")
    database_url: SecretStr = SecretStr("")
    data_key: SecretStr = SecretStr("")
    data_key_file: Path = Path("~/.config/career-advisor/data.key")
    retention_days: int = Field(default=90, ge=1, le=3650)
    admin_chat_ids: str = ""
    http_client: Literal["reqwest", "httpx"] = "reqwest"
    messages_per_second: float = Field(default=29, gt=0, le=1000)
    webhook_url: str = ""
    webhook_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    adviser_chat_id: int = 0
    preview_port: int = Field(default=8080, ge=0, le=65535)
    health_port: int = Field(default=0, ge=0, le=65535)
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
        return value.upper()

    @field_validator("admin_chat_ids")
    @classmethod
    def _numbers(cls, value: str) -> str:
        if not re.fullmatch(r"[\d,\s]*", value, re.ASCII):
            raise ValueError("write the numbers of people, separated by commas, for example 12345678,87654321")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"https", "http"} or not urlsplit(value).hostname:
            raise ValueError("write an address with its beginning, like https://api.telegram.org")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, value: str) -> str:
        url = urlsplit(value)
        near = url.hostname in THIS_MACHINE
        if value and not (url.hostname and (url.scheme == "https" or (url.scheme == "http" and near))):
            raise ValueError("write the whole address, beginning with https://, for example https://bot.example.org/in")
        if url.query or url.fragment or "{" in url.path:
            raise ValueError("the address can't have ?, # or { in it")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _locked(cls, value: SecretStr, given: ValidationInfo) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("1 to 256 of the characters A-Z a-z 0-9 _ - are allowed")
        if given.data.get("webhook_url") and not value.get_secret_value():
            raise ValueError(
                "WEBHOOK_URL needs it, so that nobody else can deliver messages. Make one with: "
                'python -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        return value

    @field_validator("database_url")
    @classmethod
    def _server(cls, value: SecretStr) -> SecretStr:
        if not re.match(r"postgres(ql)?://|$", value.get_secret_value()):
            raise ValueError("write it like postgresql://user:password@host:5432/name, or leave it empty for a file")
        return value

    @property
    def operators(self) -> frozenset[int]:
        return frozenset(int(number) for number in re.split(r"[,\s]+", self.admin_chat_ids) if number)

    @property
    def database(self) -> Path:
        return self.data_dir / "advisor.db"
