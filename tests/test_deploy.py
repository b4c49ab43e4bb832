"""No engine runs here, so the files in deploy/ are read: what they name must be there in the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from bot.handlers.service import LAST_WORDS
from bot.handlers.webhook import LAST_REQUESTS
from bot.settings import Settings
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
SETTINGS = {name.upper() for name in Settings.model_fields}
PROBES = {"/livez", "/healthz"}  # of bot/handlers/webhook.py


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return read


def kubernetes() -> dict[str, dict[str, Any]]:
    return {part["kind"]: part for part in yaml.safe_load_all(text("kubernetes.yaml"))}


def container() -> dict[str, Any]:
    spec: dict[str, Any] = kubernetes()["Deployment"]["spec"]["template"]["spec"]
    (only,) = spec["containers"]
    return {**only, "grace": spec["terminationGracePeriodSeconds"]}


def kubernetes_environment() -> dict[str, str]:
    return {**kubernetes()["Secret"]["stringData"], **{one["name"]: one["value"] for one in container()["env"]}}


def given_in_a_unit(name: str) -> dict[str, str]:
    lines = re.findall(r"^Environment=(.*)$", text(name), re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in line.split())


def given_in_the_image() -> dict[str, str]:
    lines = re.findall(r"^ENV (.*)$", text("Dockerfile"), re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in line.split())


ENVIRONMENTS: dict[str, Callable[[], dict[str, str]]] = {
    "compose.yaml": lambda: compose()["services"]["worker"]["environment"],
    "kubernetes.yaml": kubernetes_environment,
    "career-advisor.service": lambda: given_in_a_unit("career-advisor.service"),
    "career-advisor-worker@.service": lambda: given_in_a_unit("career-advisor-worker@.service"),
    "Dockerfile": lambda: {k: v for k, v in given_in_the_image().items() if not k.startswith("PYTHON")},
}


@pytest.mark.parametrize("file", ENVIRONMENTS)
def test_every_name_in_an_environment_is_a_setting(file: str) -> None:
    given = ENVIRONMENTS[file]()
    assert given
    assert set(given) <= SETTINGS


def test_every_file_with_an_environment_is_looked_at() -> None:
    looked_at = {*ENVIRONMENTS, "Caddyfile", "compose.env.example", "README.md"}
    assert {path.name for path in DEPLOY.iterdir()} == looked_at


@pytest.mark.parametrize("file", ["compose.yaml", "kubernetes.yaml"])
def test_a_worker_could_start_with_the_environment_once_it_is_filled_in(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENTS[file]().items():
        filled = re.sub(r"\$\{(\w+)[^}]*\}", lambda found: "" if found[1] == "ADMIN_CHAT_IDS" else "filled", value)
        monkeypatch.setenv(name, filled)
    settings = Settings()
    assert settings.webhook_url.startswith("https://")
    assert settings.webhook_host == "0.0.0.0"
    assert settings.messages_per_second * 2 < 30, "two workers share Telegram's 30 a second"


def test_what_compose_asks_for_is_in_its_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", text("compose.yaml")))
    offered = set(re.findall(r"^(\w+)=", text("compose.env.example"), re.MULTILINE))
    assert asked == offered


def test_caddy_passes_the_webhook_on_to_where_the_workers_listen() -> None:
    services, caddy = compose()["services"], text("Caddyfile")
    worker = services["worker"]["environment"]
    (path,) = re.findall(r"handle (/\S+) ", caddy)
    assert worker["WEBHOOK_URL"].endswith(f"}}{path}")
    assert f"reverse_proxy worker:{worker['WEBHOOK_PORT']}\n" in caddy
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in services["caddy"]["volumes"]
    assert {volume.split(":")[0] for volume in (*services["caddy"]["volumes"], *services["postgres"]["volumes"])} == {
        "./Caddyfile",
        *compose()["volumes"],
    }


def test_the_address_of_the_database_fits_its_service() -> None:
    services = compose()["services"]
    server, url = services["postgres"]["environment"], services["worker"]["environment"]["DATABASE_URL"]
    user, name = server["POSTGRES_USER"], server["POSTGRES_DB"]
    assert url == f"postgresql://{user}:${{POSTGRES_PASSWORD}}@postgres:5432/{name}"


def test_in_kubernetes_ports_names_and_probes_fit_together() -> None:
    parts, worker = kubernetes(), container()
    environment = kubernetes_environment()
    (port,) = worker["ports"]
    assert str(port["containerPort"]) == environment["WEBHOOK_PORT"]
    (service_port,) = parts["Service"]["spec"]["ports"]
    assert service_port["targetPort"] == port["name"]
    (rule,) = parts["Ingress"]["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    url = urlsplit(environment["WEBHOOK_URL"])
    assert (rule["host"], path["path"]) == (url.hostname, url.path)
    assert path["backend"]["service"] == {"name": "career-advisor", "port": {"name": service_port["name"]}}
    probes = [worker[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")]
    assert {probe["path"] for probe in probes} == PROBES
    assert {probe["port"] for probe in probes} == {port["name"]}
    labels = parts["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert parts["Service"]["spec"]["selector"] == labels
    assert parts["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels


@pytest.mark.parametrize("path", sorted(PROBES))
def test_probes_ask_for_what_the_program_answers(path: str) -> None:
    assert f'"{path}"' in (ROOT / "bot/handlers/webhook.py").read_text("utf-8")


def test_whoever_stops_a_worker_waits_as_long_as_it_needs() -> None:
    needed = LAST_REQUESTS * 2 + LAST_WORDS
    (before,) = re.findall(r"\d+", container()["lifecycle"]["preStop"]["exec"]["command"][1])
    assert container()["grace"] - int(before) > needed
    assert int(compose()["services"]["worker"]["stop_grace_period"].rstrip("s")) > needed
    (unit,) = re.findall(r"^TimeoutStopSec=(\d+)$", text("career-advisor-worker@.service"), re.MULTILINE)
    assert int(unit) > needed


def test_the_worker_unit_is_named_by_its_port() -> None:
    given = given_in_a_unit("career-advisor-worker@.service")
    assert given["WEBHOOK_PORT"] == "%i"
    assert Path(given["DATA_DIR"]).name == "%i", "each with a folder of its own"
