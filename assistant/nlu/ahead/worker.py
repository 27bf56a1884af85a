"""The second process: `python -m assistant.nlu.ahead.worker SOCKET MODELS`, two open files.

It says that it is ready when it has read a key of digests and the models, then answers each text
with what was judged of it, and ends when nobody is left at the other end of the socket.
"""

from __future__ import annotations

import pickle
import signal
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO

from assistant.nlu.ahead.frames import framed
from assistant.rasa import without_tensorflow


def work(models_file: Path, source: BinaryIO, target: BinaryIO) -> None:
    """Judge the texts that come from `source` until there are no more to come."""
    from assistant.digests import share_digests
    from assistant.nlu.encoder.encoder import shared_encoder
    from assistant.settings import settings

    def answer(value: Any) -> None:
        target.write(framed(value))
        target.flush()

    with models_file.open("rb") as file:
        key, models = pickle.load(file)  # noqa: S301
    share_digests(key)
    encode = shared_encoder(settings().encoder_file).encode
    answer(None)
    while True:
        text = pickle.load(source)  # noqa: S301
        try:
            judged = models.judge(text, encode)
        except Exception:  # the first process will see, and log without the text
            judged = models.hand_over()
        answer(judged)


if __name__ == "__main__":
    # It ends with the first process, whoever stops that and all of its group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    without_tensorflow()
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        # Under this name it is opened anew, to be read from its beginning.
        models_file = Path(f"/proc/self/fd/{sys.argv[2]}")
        try:
            work(models_file, connection.makefile("rb"), connection.makefile("wb"))
        except (EOFError, ConnectionError, pickle.UnpicklingError):
            sys.exit()
