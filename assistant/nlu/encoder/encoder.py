"""Turns texts into sentence embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.nlu.encoder.weights import packaged_file

DIMENSION = 384
MAX_TOKENS = 256
_BATCH = 64


class EncoderMissingError(Exception):
    """The ONNX file has not been built yet."""


class SentenceEncoder:
    """all-MiniLM-L6-v2 on one thread, so that encoding never starves the server's loop."""

    def __init__(self, file: Path) -> None:
        """Load the graph.

        Args:
            file: the ONNX file that `assistant.nlu.encoder.build` writes.

        Raises:
            EncoderMissingError: if there is no such file.
        """
        if not file.exists():
            raise EncoderMissingError(
                f"{file} is missing; run `make encoder` (it is built from the packaged weights)"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(packaged_file("tokenizer.json")))
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Args:
            texts: any texts; beyond 256 word pieces they are cut.

        Returns:
            float32 (len(texts), 384), rows of length one.
        """
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        # Texts of like length together: the least padding.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            vectors[rows] = self._encode_batch([texts[i] for i in rows])
        return vectors

    def _encode_batch(self, texts: list[str]) -> NDArray[np.float32]:
        if len(texts) == 1:
            self._tokenizer.no_padding()
        else:
            self._tokenizer.enable_padding()
        encoded = self._tokenizer.encode_batch(texts)
        inputs = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int32),
        }
        embedding: NDArray[np.float32] = self._session.run(["embedding"], inputs)[0]
        return embedding


@lru_cache(maxsize=1)
def shared_encoder(file: Path) -> SentenceEncoder:
    """Return the encoder of this process, loaded once."""
    return SentenceEncoder(file)
