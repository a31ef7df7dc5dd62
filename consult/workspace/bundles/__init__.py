"""The Front puts proposals of a quarter before a body in one letter of its own: chosen, covered by a text, and from
then on a draft letter like any other, which one person writes and another sends."""
