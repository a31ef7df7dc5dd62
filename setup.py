"""The packages of an installed Consult; all else about it stands in pyproject.toml, which cannot add to those found."""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["consult", "consult.*"]),
        "consult.templates",
        "consult.static",
        "consult.migrations",
        "consult.docs",
    ]
)
