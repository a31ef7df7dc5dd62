"""The incremental tree against the recursive definitions of RFC 6962, for every size and by random choice."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.ledger import merkle

unhurried = settings(deadline=None)
SIZES = st.integers(min_value=1, max_value=300)


class Store:
    """Subtree nodes as the site stores them; counts how many are asked for."""

    def __init__(self, size: int) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.loads = 0
        self.leaves = [merkle.leaf_hash(b"entry %d" % number) for number in range(size)]
        for number, leaf in enumerate(self.leaves):
            added = merkle.appended_nodes(number, leaf, self.load)
            assert not added.keys() & self.nodes.keys()
            self.nodes.update(added)

    def load(self, level: int, index: int) -> bytes:
        self.loads += 1
        return self.nodes[level, index]


def naive_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = largest_power_below(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:half]) + naive_root(leaves[half:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    half = largest_power_below(len(leaves))
    if index < half:
        return [*naive_path(index, leaves[:half]), naive_root(leaves[half:])]
    return [*naive_path(index - half, leaves[half:]), naive_root(leaves[:half])]


def naive_consistency(first: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    if first == len(leaves):
        return [] if whole else [naive_root(leaves)]
    half = largest_power_below(len(leaves))
    if first <= half:
        return [*naive_consistency(first, leaves[:half], whole), naive_root(leaves[half:])]
    return [*naive_consistency(first - half, leaves[half:], False), naive_root(leaves[:half])]


def largest_power_below(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


BIG = Store(300)


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.root(0, BIG.load) == hashlib.sha256(b"").digest() == merkle.root_of([])


def test_a_leaf_is_hashed_over_its_exact_bytes() -> None:
    assert merkle.leaf_hash(b"") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    assert merkle.leaf_hash(b"a") != merkle.leaf_hash(b"a ")


def test_roots_equal_the_recursive_definition_for_every_size_and_later() -> None:
    for size in range(0, 131):
        assert merkle.root(size, BIG.load) == naive_root(BIG.leaves[:size]) == merkle.root_of(BIG.leaves[:size])


def test_stored_nodes_are_exactly_the_complete_subtrees() -> None:
    size = len(BIG.leaves)
    expected = {(level, index) for level in range(10) for index in range(size >> level)}
    assert BIG.nodes.keys() == expected


@unhurried
@given(SIZES, st.data())
def test_inclusion_proofs_equal_the_definition_and_verify(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, BIG.load)
    root = merkle.root(size, BIG.load)
    assert proof == naive_path(index, BIG.leaves[:size])
    assert merkle.verify_inclusion(index, size, BIG.leaves[index], proof, root)


@unhurried
@given(SIZES, st.data())
def test_no_other_leaf_place_or_size_is_proved(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, BIG.load)
    root = merkle.root(size, BIG.load)
    other = data.draw(st.integers(0, 299).filter(lambda number: number != index))
    assert not merkle.verify_inclusion(other, size, BIG.leaves[index], proof, root)
    assert not merkle.verify_inclusion(index, size, BIG.leaves[other], proof, root)
    assert not merkle.verify_inclusion(index, size, BIG.leaves[index], [*proof, root], root)
    if proof:
        assert not merkle.verify_inclusion(index, size, BIG.leaves[index], proof[:-1], root)
        assert not merkle.verify_inclusion(index, size, BIG.leaves[index], [proof[0][:31], *proof[1:]], root)


@unhurried
@given(SIZES, st.data())
def test_consistency_proofs_equal_the_definition_and_verify(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, second))
    proof = merkle.consistency_proof(first, second, BIG.load)
    old, new = merkle.root(first, BIG.load), merkle.root(second, BIG.load)
    assert proof == naive_consistency(first, BIG.leaves[:second])
    assert merkle.verify_consistency(first, second, old, new, proof)


@unhurried
@given(SIZES, st.data())
def test_a_rewritten_beginning_is_not_consistent(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, second))
    proof = merkle.consistency_proof(first, second, BIG.load)
    new = merkle.root(second, BIG.load)
    rewritten = [*BIG.leaves[: first - 1], merkle.leaf_hash(b"another")]
    assert not merkle.verify_consistency(first, second, merkle.root_of(rewritten), new, proof)
    old = merkle.root(first, BIG.load)
    assert not merkle.verify_consistency(first, second, old, new, [*proof, old])
    if proof:
        assert not merkle.verify_consistency(first, second, old, new, proof[:-1])


@unhurried
@given(
    st.integers(-3, 70),
    st.integers(-3, 70),
    st.lists(st.binary(min_size=30, max_size=33), max_size=9),
    st.binary(max_size=33),
)
def test_verification_of_anything_at_all_only_says_no(
    first: int, second: int, proof: list[bytes], claimed: bytes
) -> None:
    assert not merkle.verify_inclusion(first, second, bytes(32), proof, claimed)
    assert first == second or not merkle.verify_consistency(first, second, bytes(32), claimed, proof)


def test_roots_and_proofs_ask_for_few_nodes() -> None:
    for act in (
        lambda: merkle.root(299, BIG.load),
        lambda: merkle.inclusion_proof(255, 299, BIG.load),
        lambda: merkle.consistency_proof(171, 299, BIG.load),
        lambda: merkle.appended_nodes(255, BIG.leaves[255], BIG.load),
    ):
        BIG.loads = 0
        act()
        assert BIG.loads <= 2 * (299).bit_length()


@pytest.mark.parametrize("index, size", [(0, 0), (3, 3), (-1, 3), (4, 3)])
def test_there_is_no_proof_of_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError):
        merkle.inclusion_proof(index, size, BIG.load)


@pytest.mark.parametrize("first, second", [(0, 0), (0, 3), (4, 3), (-1, 3)])
def test_there_is_no_proof_of_an_empty_or_later_beginning(first: int, second: int) -> None:
    with pytest.raises(ValueError):
        merkle.consistency_proof(first, second, BIG.load)


def test_a_tree_has_no_negative_size() -> None:
    with pytest.raises(ValueError):
        merkle.root(-1, BIG.load)
    with pytest.raises(ValueError):
        merkle.appended_nodes(-1, bytes(32), BIG.load)


def test_a_proof_that_ends_too_early_proves_nothing() -> None:
    """An inner node is no leaf, and a tree of two no tree of one: the hashes would lead to the root."""
    one, two, three, four = (merkle.leaf_hash(bytes([number])) for number in range(4))
    left, right = merkle.node_hash(one, two), merkle.node_hash(three, four)
    whole = merkle.node_hash(left, right)
    assert not merkle.verify_inclusion(0, 4, left, [right], whole)
    assert merkle.verify_inclusion(0, 4, one, [two, right], whole)
    assert not merkle.verify_consistency(1, 4, left, whole, [right])
    assert merkle.verify_consistency(2, 4, left, whole, [right])
