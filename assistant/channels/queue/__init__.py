"""Messages that a platform was told are received, kept until they are answered."""

from assistant.channels.queue.runner import Deliver, DeliveryFailed, QueuedRunner
from assistant.channels.queue.table import QueueUnavailable

__all__ = ["Deliver", "DeliveryFailed", "QueueUnavailable", "QueuedRunner"]
