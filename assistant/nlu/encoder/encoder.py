"""Turns texts into sentence embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.nlu.encoder.packing import Pieces, packed, packs
from assistant.nlu.encoder.weights import packaged_file
from assistant.nlu.inference.session import session
from assistant.nlu.memory import Memory
from assistant.settings import settings

DIMENSION = 384
MAX_TOKENS = 256
_RECENT = 16_384


class EncoderMissingError(Exception):
    """The ONNX file has not been built yet."""


class SentenceEncoder:
    """all-MiniLM-L6-v2 in 8 bits, with a memory."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        """Load the graph.

        Args:
            file: the ONNX file that `assistant.nlu.encoder.build` writes.
            threads: more than one is for evaluations, which have the machine to themselves.

        Raises:
            EncoderMissingError: if there is no such file.
        """
        if not file.exists():
            raise EncoderMissingError(
                f"{file} is missing; run `make encoder` (it is built from the packaged weights)"
            )
        self._session = session(file, threads)
        self._tokenizer = Tokenizer.from_file(str(packaged_file("tokenizer.json")))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        # The topic classifier and the safety gate ask for the same text, one after the other.
        self._recent = Memory(_RECENT)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Args:
            texts: any texts; beyond 256 word pieces they are cut.

        Returns:
            float32 (len(texts), 384), rows of length one.
        """
        if not texts:
            return np.empty((0, DIMENSION), dtype=np.float32)
        return self._recent.rows(texts, self._encode)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # Not as a batch, for which threads of the tokenizer's own would start.
        pieces = [self._tokenizer.encode(text).ids for text in texts]
        return np.concatenate([self._embed(pack) for pack in packs(pieces)])

    def _embed(self, texts: Sequence[Pieces]) -> NDArray[np.float32]:
        embedding: NDArray[np.float32] = self._session.run(["embedding"], packed(texts))[0]
        return embedding


@lru_cache(maxsize=1)
def shared_encoder(file: Path) -> SentenceEncoder:
    """Return the encoder of this process, loaded once."""
    return SentenceEncoder(file, settings().encoder_threads)
