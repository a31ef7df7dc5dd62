"""The bill of materials of a release as CycloneDX 1.6: what requirements.txt pins, from its text alone.

Run by deploy/release:  git show VERSION:requirements.txt | bill_of_materials.py VERSION MOMENT
Standard library only, and the same bytes for the same release: no clock, nothing of the machine that makes it.
"""

import json
import re
import sys
import uuid
from typing import Any

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([0-9][0-9A-Za-z.+!-]*)$")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/consult")


def pins(text: str) -> list[tuple[str, str]]:
    """Name and version of every package that a requirements file pins, sorted. Raises ValueError for a line that asks
    for anything else: a bill that leaves something out is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [PIN.match(line) for line in lines]
    wrong = [line for line, pin in zip(lines, found, strict=True) if pin is None]
    if wrong or not found:
        raise ValueError(f"no exact pin: {wrong or 'nothing is pinned'}")
    return sorted((re.sub(r"[-_.]+", "-", pin[1]).lower(), pin[2]) for pin in found if pin)


def bill(text: str, version: str, moment: str) -> dict[str, Any]:
    """The bill of the release `version`, committed at `moment` (ISO 8601), for the requirements file `text`."""
    parts = [_component(name, of) for name, of in pins(text)]
    own = {"type": "application", "bom-ref": f"consult@{version}", "name": "consult", "version": version}
    serial = uuid.uuid5(NAMESPACE, json.dumps([version, moment, parts], sort_keys=True))
    refs = [part["bom-ref"] for part in parts]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"timestamp": moment, "component": own},
        "components": parts,
        "dependencies": [{"ref": own["bom-ref"], "dependsOn": refs}, *({"ref": ref} for ref in refs)],
    }


def _component(name: str, version: str) -> dict[str, str]:
    address = f"pkg:pypi/{name}@{version}"
    return {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}


if __name__ == "__main__":
    json.dump(bill(sys.stdin.read(), *sys.argv[1:3]), sys.stdout, indent=1)
    print()
