"""Things that take long to make and are asked for again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The last things that were asked for; what several ask for at once is made once.

    Parameters
    ----------
    most : int
        Things that are kept; the one that was asked for longest ago goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[K, Future[V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Give a thing.

        Parameters
        ----------
        key : hashable
            What tells it from others.
        make : callable
            Makes it where it is not there. What it raises comes through, to all who wait for it,
            and nothing is kept of it.

        Returns
        -------
        object
            As it was made.
        """
        with self._lock:
            thing = self._things.get(key)
            is_new = thing is None
            if thing is None:
                thing = self._things[key] = Future()
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        if is_new:
            self._make(key, thing, make)
        return thing.result()

    def _make(self, key: K, thing: Future[V], make: Callable[[], V]) -> None:
        try:
            thing.set_result(make())
        except BaseException as error:  # noqa: BLE001  (whoever waits is told, whatever it is)
            with self._lock:
                if self._things.get(key) is thing:
                    del self._things[key]
            thing.set_exception(error)
