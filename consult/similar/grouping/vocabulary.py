"""What words mean to a comparison: each word as it is compared, and the words that are never taken one for another."""

import re
from hashlib import blake2b
from typing import NamedTuple

from consult.text import accented, folded

MASK = "#"
"""What every number, numeral and label of a clause is to the comparison of words: their values are compared apart."""
BREAK = ""
MOST_KEPT = 200_000


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


_SHORT_FORMS = {
    "ko": "khong", "k": "khong", "kg": "khong", "kh": "khong", "khg": "khong", "hok": "khong", "hong": "khong",
    "hk": "khong", "khum": "khong", "hem": "khong", "dc": "duoc", "đc": "duoc", "dk": "duoc", "đk": "duoc",
    "vs": "voi", "j": "gi", "ntn": "nhu", "mn": "moi", "ng": "nguoi", "wa": "qua", "wá": "qua", "r": "roi",
    "bik": "biet", "bit": "biet", "thik": "thich", "z": "vay", "v": "vay", "ah": "a", "tui": "toi", "nhju": "nhieu",
    "ns": "noi", "cx": "cung", "cug": "cung", "nc": "nuoc", "trc": "truoc", "đg": "dang", "rùi": "roi", "lm": "lam",
}  # fmt: skip
"""How people write who write messages; in the comparison alone, never in what is shown."""

LABEL_WORDS = _words(
    "dieu khoan diem chuong muc phan phu luc mau bang quyen nhom loai cap dot buoc to thon ban so vung khu"
)
"""Behind these a single letter, a numeral or a number in words names which one."""
_NUMERALS = _words("ii iii iv vii viii ix xii xiii xiv xv xvi xvii xviii xix xx xxi xxii")
_MAYBE_NUMERALS = _words("i v x vi xi l c")
NUMBER_WORDS = {accented(word): value for word, value in {
    "một": "1", "mot": "1", "hai": "2", "ba": "3", "bốn": "4", "bon": "4", "tư": "4", "năm": "5", "nam": "5",
    "sáu": "6", "sau": "6", "bảy": "7", "bay": "7", "bẩy": "7", "tám": "8", "tam": "8", "chín": "9", "chin": "9",
    "mười": "10", "muoi": "10", "nhất": "1", "nhat": "1", "nhì": "2",
}.items()}  # fmt: skip
NUMBERS_SAID = _words("mot hai ba bon nam sau bay tam chin muoi tram nghin ngan trieu ty ti chuc ruoi")

REFUSALS = frozenset({"phan doi", "bac bo", "tu choi", "tay chay", "huy bo", "bai bo"})
AGREEMENTS = frozenset(
    {"dong y", "dong tinh", "ung ho", "tan thanh", "nhat tri", "thong nhat", "chap nhan", "chap thuan"}
)
CRITICAL = _words(
    "khong chang chua cam bo huy bac choi phan tang giam them bot giu mien thieu truoc tren duoi ung tan tri chap "
    "thuan sai ngung hon kem cao thap mo thu tat ngoai tru "
    "not no never oppose support deny reject against accept approve agree disagree stop allow ban increase "
    "decrease"
)
"""A text that has one of these more or fewer, other than in a sentence of its own, says something else."""
NEGATIONS = _words("khong chang chua not no never")
STOPS = frozenset(accented(word) for word in ("đừng", "dừng", "chớ"))
"""Those of them that only their accents tell from other words."""
FILLERS = _words(
    "thi la ma va cac nhung cua rat xin qua lam nay do kia thoi nhe nha a oi voi cung se da dang nua roi day vay "
    "deu chi cho de o tai trong ve toi em chung minh ta nguoi dan ba con the a an and of to is in on that this"
)
"""Small words: one more or fewer of them makes no other opinion."""
KINDS_OF_PLACE = _words("xa thon ban to phuong huyen tinh khu pho xom lang ap")
"""Beside names they belong to them."""
SURNAMES = _words(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly nong trieu luong ma hua chu lo vang giang "
    "lu sung thao mua ha dinh trinh mai dao doan lam cao ta to luu quach cu tang la tong vi hau lanh loc ban dam phung "
    "kieu chau khong thach son truong than tu vuong bach quan"
)
CONTENT = _words(
    "dieu khoan chuong nghi kien xuat dong phan khong sua bo can phai nen thao dinh tang giam doi muc phi vi neu "
    "nhung tuy thue ho tro duoc chua lam"
)
"""Whoever thanks and signs uses none of these: what has one of them is no signature."""


class Word(NamedTuple):
    """One word: as it is compared exactly (`said`), without accents and with its short forms put right (`key`), a
    number for its key, whether it may be a label, and whether it is written as a name."""

    said: str
    key: str
    number: int
    label: bool
    capital: bool


class Vocabulary(dict[str, Word]):
    """Every word met so far, read once; forgotten when there are too many."""

    def __missing__(self, written: str) -> Word:
        if len(self) >= MOST_KEPT:
            self.clear()
        word = self[written] = _word(written)
        return word


def number_of(key: str) -> int:
    """The same 61 bits for the same word in every process."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 3


def _word(written: str) -> Word:
    if not written[0].isalnum():
        return Word(BREAK, BREAK, 0, False, False)
    if written[0].isdigit():
        return Word(_plain_number(written.casefold()), MASK, number_of(MASK), True, False)
    said, key = accented(written), folded(written)
    if key in _NUMERALS:
        return Word(key, MASK, number_of(MASK), True, False)
    key = _SHORT_FORMS.get(written.casefold(), key)
    maybe = len(said) == 1 or key in _MAYBE_NUMERALS or said in NUMBER_WORDS
    return Word(said, key, number_of(key), maybe, written[0].isupper() and not written.isupper())


def _plain_number(written: str) -> str:
    """1.000.000 and 1000000 are one number; 1.5 stays what it is."""
    return re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", written)


VOCABULARY = Vocabulary()
