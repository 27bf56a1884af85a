"""The files in deploy/ are what Docker Compose, Kubernetes and nginx accept."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assistant.serving import free_port
from assistant.settings import ROOT
from bench.processes.nginx import configure, find_nginx

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
# Their dependencies do not go together with Rasa's.
COMPOSE_CHECKER = ("check-jsonschema==0.37.0", "check-jsonschema")
KUBERNETES_CHECKER = ("kubernetes-validate==1.33.1", "kubernetes-validate")

pytestmark = pytest.mark.server


def run_tool(tool: tuple[str, str], *arguments: str | Path) -> None:
    package, program = tool
    uv = ROOT / ".tools" / "bin" / "uv"
    command = [uv, "tool", "run", "--python", "3.10", "--from", package, program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if "dns error" in done.stderr:
        pytest.skip(f"{package} cannot be fetched: no network")
    assert done.returncode == 0, done.stdout + done.stderr


def documents(kind: str) -> list[dict[str, Any]]:
    yaml = YAML(typ="rt")
    every = [document for file in MANIFESTS for document in yaml.load_all(file)]
    return [document for document in every if document["kind"] == kind]


def test_the_compose_file_keeps_to_its_schema() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    run_tool(COMPOSE_CHECKER, *schema, DEPLOY / "compose.yaml")


def test_only_nginx_has_a_port_outside() -> None:
    services = YAML(typ="rt").load(DEPLOY / "compose.yaml")["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]


def test_the_manifests_keep_to_their_schemas() -> None:
    run_tool(KUBERNETES_CHECKER, "--strict", "--quiet", *MANIFESTS)


def test_only_the_web_port_takes_connections() -> None:
    policies = documents("NetworkPolicy")
    assert {"podSelector": {}, "policyTypes": ["Ingress"]} in [one["spec"] for one in policies]
    ports = [
        port["port"]
        for policy in policies
        for rule in policy["spec"].get("ingress", ())
        for port in rule["ports"]
    ]
    assert ports == [5005]


def test_every_container_has_limits_and_no_secret_in_its_manifest() -> None:
    for deployment in documents("Deployment"):
        for container in deployment["spec"]["template"]["spec"]["containers"]:
            assert set(container["resources"]["limits"]) == {"cpu", "memory"}
            assert container["envFrom"] == [{"secretRef": {"name": "assistant"}}]


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = find_nginx()
    if nginx is None:
        pytest.skip("nginx is not installed")
    file = configure(tmp_path, free_port(), [free_port(), free_port()])
    command = [nginx, "-t", "-e", tmp_path / "error.log", "-c", file]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
