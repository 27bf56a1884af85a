"""`python -m actions.server`: the action server, on loopback unless ACTION_HOST says otherwise."""

from __future__ import annotations

from assistant.operations.action_token import action_tokens
from assistant.operations.logs import log_json_lines
from assistant.rasa import without_tensorflow
from assistant.settings import settings


def main() -> None:
    """Serve until SIGTERM; actions that run then are finished first."""
    log_json_lines()
    without_tensorflow()
    from actions.server.app import create_app  # spaCy looks for TensorFlow

    own = settings()
    app = create_app(action_tokens(own))
    app.run(own.action_host, own.action_port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
