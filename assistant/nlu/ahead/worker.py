"""The second process: `python -m assistant.nlu.ahead.worker SOCKET`.

It is given a key of digests and the models, says that it is ready, then answers each text with
what was judged of it, and ends when nobody is left at the other end.
"""

from __future__ import annotations

import pickle
import signal
import socket
import sys
from typing import Any, BinaryIO

from assistant.nlu.ahead.frames import framed
from assistant.rasa import without_tensorflow


def work(source: BinaryIO, target: BinaryIO) -> None:
    """Judge the texts that come until there are no more to come."""
    from assistant.digests import share_digests
    from assistant.nlu.encoder.encoder import shared_encoder
    from assistant.settings import settings

    def answer(value: Any) -> None:
        target.write(framed(value))
        target.flush()

    key, models = pickle.load(source)  # noqa: S301
    share_digests(key)
    encode = shared_encoder(settings().encoder_file).encode
    answer(None)
    while True:
        answer(models.judge(pickle.load(source), encode))  # noqa: S301


if __name__ == "__main__":
    # Who stops the first process by Ctrl-C stops this one by its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    without_tensorflow()
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        try:
            work(connection.makefile("rb"), connection.makefile("wb"))
        except (EOFError, ConnectionError):
            sys.exit()
