"""The Merkle tree of RFC 6962 and RFC 9162: hashes, roots and proofs, as pure arithmetic.

A log is a list of leaves that only grows. Every *complete subtree* (2**level leaves, the first of them a multiple of
2**level) never changes again, so it is stored once as the node (level, index), and everything else is computed from
such nodes. A root or a proof, for any size old or new, needs only about as many of them as the size has binary digits.
Hashes are 32 bytes of SHA-256 everywhere.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeAlias

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32

Node: TypeAlias = tuple[int, int]
"""(level, index): the complete subtree over the leaves index * 2**level up to (index + 1) * 2**level, exclusive."""

Load: TypeAlias = Callable[[int, int], bytes]
"""Gives the stored hash of the complete subtree (level, index); it is asked only for subtrees that are complete."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf over its exact bytes (RFC 6962, section 2.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over the hashes of its two children (RFC 6962, section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over a whole list of leaf hashes; EMPTY_ROOT for none."""
    nodes: dict[Node, bytes] = {}

    def load(level: int, index: int) -> bytes:
        return nodes[level, index]

    for size, leaf in enumerate(leaf_hashes):
        nodes.update(appended_nodes(size, leaf, load))
    return root(len(leaf_hashes), load)


def appended_nodes(size_before: int, leaf: bytes, load: Load) -> dict[Node, bytes]:
    """The subtrees that become complete when `leaf` (a leaf hash) joins a log of `size_before` leaves.

    The leaf itself is among them as (0, size_before). Store them all: the other functions load them again.
    """
    _require_size(size_before)
    level, index, current = 0, size_before, leaf
    completed = {(level, index): current}
    while index % 2 == 1:
        current = node_hash(load(level, index - 1), current)
        level, index = level + 1, index // 2
        completed[level, index] = current
    return completed


def peaks(size: int) -> list[Node]:
    """The complete subtrees that a log of `size` leaves consists of: one for each bit of it."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]


def root(size: int, load: Load) -> bytes:
    """The root of the first `size` leaves; EMPTY_ROOT for none."""
    _require_size(size)
    return _range_hash(0, size, load) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, load: Load) -> list[bytes]:
    """The audit path of leaf `index` (from 0) in the tree of the first `size` leaves (RFC 9162, section 2.1.3.1).

    Raises ValueError when there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, load))
            end = middle
        else:
            path.append(_range_hash(start, middle, load))
            start = middle
    return path[::-1]


def consistency_proof(first: int, second: int, load: Load) -> list[bytes]:
    """The proof that the tree of `first` leaves is the beginning of the tree of `second` (RFC 9162, section 2.1.4.1).

    It is empty when both are equal. Raises ValueError unless 0 < first <= second: nothing is to be proved about an
    empty beginning.
    """
    if not 0 < first <= second:
        raise ValueError(f"no consistency proof from {first} to {second}")
    path: list[bytes] = []
    start, end = 0, second
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_range_hash(middle, end, load))
            end = middle
        else:
            path.append(_range_hash(start, middle, load))
            start = middle
    # A beginning that is a complete subtree from leaf 0 is the old root itself, which the verifier already holds.
    if start:
        path.append(_range_hash(start, end, load))
    return path[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], expected_root: bytes) -> bool:
    """Whether `proof` leads from the leaf hash `leaf` at `index` to the root of `size` leaves (RFC 9162, 2.1.3.2).

    Never raises on values an attacker may choose; anything out of shape is simply not proved.
    """
    if not 0 <= index < size or not _are_hashes([leaf, *proof]):
        return False
    position, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position % 2 == 1 or position == last:
            current = node_hash(sibling, current)
            position, last = _up_past_right_edge(position, last)
        else:
            current = node_hash(current, sibling)
        position, last = position // 2, last // 2
    return last == 0 and current == expected_root


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows the tree (first, first_root) to be the beginning of (second, second_root).

    See RFC 9162, section 2.1.4.2. An empty first tree is never proved: it is the beginning of everything.
    """
    if not 0 < first <= second or not _are_hashes(proof):
        return False
    if first == second:
        return not proof and first_root == second_root
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    position, last = first - 1, second - 1
    while position % 2 == 1:
        position, last = position // 2, last // 2
    return _fold_consistency(position, last, path) == (first_root, second_root)


def _fold_consistency(position: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """The old and the new root that a consistency path leads to, or None when it is too long or too short."""
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if position % 2 == 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _up_past_right_edge(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position // 2, last // 2
    return (old, new) if last == 0 else None


def _up_past_right_edge(position: int, last: int) -> tuple[int, int]:
    """Climb while the node is an only child on the right edge, where no hash is made and the proof has no element."""
    while position % 2 == 0 and position != 0:
        position, last = position // 2, last // 2
    return position, last


def _range_hash(start: int, end: int, load: Load) -> bytes:
    """The hash over the leaves start..end, where start is a multiple of every subtree the range breaks into."""
    subtrees: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append(load(level, start >> level))
        start += 1 << level
    current = subtrees.pop()
    while subtrees:
        current = node_hash(subtrees.pop(), current)
    return current


def _split(count: int) -> int:
    """The largest power of two smaller than `count`, for count > 1: where RFC 6962 cuts a list in two."""
    return 1 << ((count - 1).bit_length() - 1)


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _require_size(size: int) -> None:
    if size < 0:
        raise ValueError(f"a tree cannot have {size} leaves")
