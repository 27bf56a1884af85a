"""The files in deploy/ are what Docker Compose, Kubernetes and nginx accept."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assistant.serving import free_port
from assistant.settings import ROOT, Settings
from bench.processes.nginx import configure, find_nginx

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
# Their dependencies do not go together with Rasa's.
COMPOSE_CHECKER = ("check-jsonschema==0.37.0", "check-jsonschema")
KUBERNETES_CHECKER = ("kubernetes-validate==1.33.1", "kubernetes-validate")

pytestmark = pytest.mark.server


PUBLIC = (
    "/",
    "/article",
    "/health",
    "/page/style.css",
    "/widget/clinic-chat.js",
    "/widget-0123456789ab/clinic-chat.js",
    "/socket.io/",
    "/webhooks/rest/webhook",
    "/webhooks/telegram/webhook",
    "/webhooks/messenger/webhook",
)
INSIDE = ("/metrics", "/metrics/", "/ready", "/ready/", "/conversations/a/tracker", "/articles")


def run_tool(tool: tuple[str, str], *arguments: str | Path) -> None:
    """Run a checker that brings its schemas along; only the package has to be fetched, once."""
    package, program = tool
    uv = ROOT / ".tools" / "bin" / "uv"
    python = ("--python", sys.executable)
    command = [uv, "tool", "run", *python, "--from", package, program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if "dns error" in done.stderr:
        pytest.skip(f"{package} cannot be fetched: no network")
    assert done.returncode == 0, done.stdout + done.stderr


def documents(kind: str) -> list[dict[str, Any]]:
    yaml = YAML(typ="rt")
    every = [document for file in MANIFESTS for document in yaml.load_all(file)]
    return [document for document in every if document["kind"] == kind]


def pods() -> list[dict[str, Any]]:
    templates = [one["spec"]["template"] for one in documents("Deployment")]
    templates += [one["spec"]["jobTemplate"]["spec"]["template"] for one in documents("CronJob")]
    return [template["spec"] for template in templates]


def services() -> dict[str, dict[str, Any]]:
    return dict(YAML(typ="rt").load(DEPLOY / "compose.yaml")["services"])


def test_the_compose_file_keeps_to_its_schema() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    run_tool(COMPOSE_CHECKER, *schema, DEPLOY / "compose.yaml")


def test_only_nginx_has_a_port_outside_and_only_for_this_machine() -> None:
    ports = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert ports == {"nginx": ["127.0.0.1:${PORT:-8080}:8080"]}


def test_every_service_has_limits_and_a_log_that_rotates() -> None:
    for name, service in services().items():
        assert service["mem_limit"], name
        assert service["logging"] == {"driver": "local"}, name
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert service["restart"] == "unless-stopped", name


def test_nginx_has_every_process_in_both_lists() -> None:
    processes = sorted(name for name in services() if name.startswith("assistant-"))
    listed = re.findall(r"server (\S+):5005 ", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert listed == 2 * processes


def test_compose_passes_on_every_variable_that_has_no_default() -> None:
    names = set(services()["assistant-1"]["environment"])
    own = {name.upper() for name, field in Settings.__fields__.items() if field.default is None}
    assert own - names == set()


def test_a_container_gets_the_time_that_its_programs_need_to_end() -> None:
    patience = ConfigParser(interpolation=None)
    patience.read(ROOT / "supervisord.conf")
    programs = [name for name in patience.sections() if name.startswith("program:")]
    needed = {name: patience.getint(name, "stopwaitsecs", fallback=10) for name in programs}
    grace = services()["assistant-1"]["stop_grace_period"]
    assert int(grace.removesuffix("s")) > sum(needed.values())
    (assistant,) = [pod for pod in pods() if pod["containers"][0]["name"] == "assistant"]
    pause = int(assistant["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert assistant["terminationGracePeriodSeconds"] >= pause + needed["program:assistant"]


def test_the_manifests_keep_to_their_schemas() -> None:
    run_tool(KUBERNETES_CHECKER, "--strict", "--quiet", *MANIFESTS)


def test_only_the_web_port_takes_connections() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in documents("NetworkPolicy")}
    (selected,) = policies["nothing-comes-in"]["podSelector"]["matchExpressions"]
    workloads = {one["metadata"]["name"] for one in documents("Deployment") + documents("CronJob")}
    assert set(selected["values"]) == workloads
    assert "ingress" not in policies["nothing-comes-in"]
    ports = [
        port["port"]
        for policy in policies.values()
        for rule in policy.get("ingress", ())
        for port in rule["ports"]
    ]
    assert ports == [5005]


def test_the_ingress_lets_in_what_visitors_need_and_no_more() -> None:
    (ingress,) = documents("Ingress")
    names = {service["metadata"]["name"] for service in documents("Service")}
    paths = [path for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]]
    assert {path["backend"]["service"]["name"] for path in paths} <= names
    # As the controller writes its locations.
    patterns = [re.compile(f"^{path['path']}", re.IGNORECASE) for path in paths]
    let_in = [path for path in PUBLIC + INSIDE if any(one.match(path) for one in patterns)]
    assert let_in == list(PUBLIC)


def test_a_missing_database_neither_restarts_pods_nor_takes_them_out() -> None:
    """The assistant helps in danger without it; /ready is for alerts."""
    probes = [
        probe
        for pod in pods()
        for container in pod["containers"]
        for name, probe in container.items()
        if name.endswith("Probe")
    ]
    paths = {probe["httpGet"]["path"] for probe in probes if "httpGet" in probe}
    assert paths == {"/health"}


def test_every_container_is_limited_and_locked_down_and_has_no_secret_in_its_manifest() -> None:
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            assert set(container["resources"]["limits"]) == {"cpu", "memory"}
            assert container["envFrom"] == [{"secretRef": {"name": "assistant"}}]
            assert "env" not in container
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = find_nginx()
    if nginx is None:
        pytest.skip("nginx is not installed")
    file = configure(tmp_path, free_port(), [free_port(), free_port()])
    command = [nginx, "-t", "-e", tmp_path / "error.log", "-c", file]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
