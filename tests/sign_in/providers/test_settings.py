"""What a file of providers may say, and that nothing starts with one that says it wrongly."""

from pathlib import Path

import pytest

import config
from consult.command_line.setting_values import Misconfigured
from consult.sign_in.providers import settings

RIGHT = 'issuer = "https://id.vn"\nclient_id = "a"\nclient_secret = "bí mật"\n'


def read(folder: Path, text: str, production: bool = True) -> dict[str, settings.Provider]:
    path = folder / "providers.toml"
    path.write_text(text, encoding="utf-8")
    return settings.read(str(path), production)


def test_a_site_has_none_by_itself(tmp_path: Path) -> None:
    assert config.settings({"CONSULT_INSTANCE": str(tmp_path)})["IDENTITY_PROVIDERS"] == ""
    assert settings.read("", True) == {}


def test_profiles_name_the_button_and_what_is_asked_for(tmp_path: Path) -> None:
    text = f'[vneid]\nprofile = "vneid"\n{RIGHT}levels = ["muc-2"]\nboth_factors = true\n'
    found = read(tmp_path, f'{text}[mat-tran]\nprofile = "mat_tran_so"\nname_en = "Digital Front"\n{RIGHT}')
    assert found["vneid"].name("en") == "VNeID" and found["vneid"].both_factors
    assert [found["mat-tran"].name(one) for one in ("vi", "en")] == ["Mặt trận số", "Digital Front"]
    assert "bí mật" not in repr(found)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f'[vneid]\nprofile = "vneid"\n{RIGHT}', "levels"),
        (f"[khac]\n{RIGHT}", "name_vi"),
        (f'[a]\nname_vi = "A"\nboth_factors = true\n{RIGHT}', "levels"),
        ('[a]\nname_vi = "A"\nissuer = "http://id.vn"\nclient_id = "a"\nclient_secret = "b"', "issuer"),
        ('[a]\nname_vi = "A"\nissuer = "http://127.0.0.1"\nclient_id = "a"\nclient_secret = "b"', "issuer"),
        (f'[a]\nname_vi = "A"\nlogo = "x"\n{RIGHT}', "logo"),
        (f"[a]\nname_vi = 1\n{RIGHT}", "name_vi"),
        (f'["A B"]\nname_vi = "A"\n{RIGHT}', "A B"),
        (f'[a]\nprofile = "x"\nname_vi = "A"\n{RIGHT}', "profile"),
        ("[", "toml"),
    ],
)
def test_what_is_wrong_is_named_without_any_secret(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(Misconfigured, match=what) as told:
        read(tmp_path, text)
    assert "bí mật" not in told.value.message and "CONSULT_IDENTITY_PROVIDERS" in told.value.message


def test_a_package_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda _name: None)
    with pytest.raises(Misconfigured, match="authlib"):
        read(tmp_path, "")
