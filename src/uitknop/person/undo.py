"""Taking an import back: what it brought no longer counts, and what it had replaced counts again."""

from __future__ import annotations

from uitknop.store import BatchInfo, Store


def undo_last(store: Store, *, now_ms: int) -> tuple[BatchInfo, ...]:
    """Withdraw every file of the last import that counts; taps and live recordings are no imports.

    Args:
        store: the person's file.
        now_ms: the present.
    Returns: the batches that no longer count; none when there is no import to take back.
    """
    batches = store.batches()
    counting = [each for each in batches if each.withdrawn_ms is None and each.origin.sha256]
    if not counting:
        return ()
    made_ms = counting[-1].origin.added_ms
    last = tuple(each for each in counting if each.origin.added_ms == made_ms)
    digests = {each.origin.sha256 for each in last}
    for each in last:
        store.withdraw(each.id, now_ms)
    for each in batches:
        if each.withdrawn_ms == made_ms and each.origin.sha256 in digests:
            store.reinstate(each.id, now_ms)
    return last
