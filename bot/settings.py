"""The environment (and `.env`) -> Settings. Every setting is described in `.env.example`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All there is to set. An empty value means the default."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    knowledge_dir: Path = Path("knowledge")
    data_dir: Path = Path("data")
    data_key: SecretStr = SecretStr("")
    data_key_file: Path = Path("~/.config/career-advisor/data.key")
    retention_days: int = Field(default=90, ge=1, le=3650)
    admin_chat_ids: str = ""
    http_client: Literal["aiohttp", "httpx"] = "aiohttp"
    preview_port: int = 8080
    health_port: int = 0
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("admin_chat_ids")
    @classmethod
    def _numbers(cls, value: str) -> str:
        if not re.fullmatch(r"[\d,\s]*", value, re.ASCII):
            raise ValueError("write the numbers of people, separated by commas, for example 12345678,87654321")
        return value

    @property
    def operators(self) -> frozenset[int]:
        return frozenset(int(number) for number in re.split(r"[,\s]+", self.admin_chat_ids) if number)

    @property
    def database(self) -> Path:
        return self.data_dir / "advisor.db"
