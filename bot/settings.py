"""The environment (and `.env`) -> Settings. Every setting is described in `.env.example`."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All there is to set. An empty value means the default."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    knowledge_dir: Path = Path("knowledge")
    data_dir: Path = Path("data")
    preview_port: int = 8080
    log_level: str = "INFO"
